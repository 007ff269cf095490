package dev.billing.domain.pricing.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.money.Money;
import dev.billing.domain.notation.JsonTrees;
import dev.billing.domain.notation.NotationProblem;
import dev.billing.domain.notation.NotationReader;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.MeterNotation;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.RuleNotation;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendNotation;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules as people write them, and what they are told of those that are wrong. */
class RuleNotationTest {

    private static final RuleNotation IN_USD = RuleNotation.in(DomainArbitraries.USD);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {flat: 20}                          | USD 20 flat
                    {perUnit: USD 0.09}                 | USD 0.09 per unit
                    {graduated: {tiers: [{upTo: 10, unit: 2, flat: 5}, {unit: 1}]}} | graduated: up to 10: USD 2 per unit + USD 5, beyond: USD 1 per unit
                    {graduated: {tiers: [{above: 0, upTo: 10, unit: 2}, {above: 10, unit: 1}], freeAtZero: true}} | graduated: up to 10: USD 2 per unit, beyond: USD 1 per unit, free at zero
                    {volume: {tiers: [{upTo: 10, flat: 2}, {unit: 1}]}} | volume: up to 10: USD 0 per unit + USD 2, beyond: USD 1 per unit
                    {stairStep: {steps: [{upTo: 0, price: 0}, {upTo: 10, price: 100}, {price: 150}]}} | stair steps: up to 0: USD 0, up to 10: USD 100, beyond: USD 150
                    {packages: {size: 1000, price: 5}}  | USD 5 per package of 1000
                    {packages: {size: 10, price: 100, included: 5, round: down}} | USD 100 per package of 10 after 5 included, full ones only
                    {blocks: {tiers: [{size: 100, max: 10, price: 1}, {size: 1000, price: 1}]}} | up to 10 blocks of 100 at USD 1, then blocks of 1000 at USD 1
                    {blocks: {charge: topTier, tiers: [{size: 1, price: 1}]}} | all in the tier reached: blocks of 1 at USD 1
                    {dynamic: {}}                       | value in USD × 1
                    {dynamic: {multiplier: 1.33333}}    | value in USD × 1.33333
                    {convert: {divideBy: 1000, round: {decimals: 0, mode: ceiling}, price: {perUnit: 0.09}}} | quantity ÷ 1000, CEILING to 0 decimals, then USD 0.09 per unit
                    {freeUnits: {units: 10, price: {perUnit: 2}}} | 10 units free, then USD 2 per unit
                    {costPlus: {}}                      | cost, in USD
                    {costPlus: {percent: 25}}           | cost + 25 %, in USD
                    {costPlus: {fixed: 5}}              | cost + USD 5, in USD
                    {costPlus: {price: 5}}              | USD 5 whatever the cost, in USD
                    """)
    void a_rule_is_read(String json, String rule) {
        assertThat(IN_USD.read(JsonTrees.read(json)).map(PricingRule::toString)).containsExactly(rule);
    }

    private static Seq<String> problems(RuleNotation notation, String json) {
        return notation.read(JsonTrees.read(json))
                .fold(problems -> problems.map(NotationProblem::message), rule -> Array.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {perHour: 1}                        | perHour: There is no such field; there are
                    {perunit: 1}                        | perunit: There is no such field; did you mean perUnit?
                    {perUnit: -1}                       | perUnit: A unit price must not be negative, but was -1
                    {perUnit: EUR 1}                    | perUnit: A price must be in the currency of its book, USD, but was in EUR [EUR 1]
                    {perUnit: EURO 1}                   | perUnit: A currency must be an ISO 4217 code [EURO 1]
                    {perUnit: 1E400}                    | perUnit: A decimal's exponent must be
                    {graduated: {tiers: []}}            | graduated.tiers: must not be empty
                    {graduated: {tiers: [{upTo: 10, unit: 1}]}} | graduated.tiers[0].upTo: must be open, because it is the last one, but was 10
                    {graduated: {tiers: [{unit: 1}, {unit: 1}]}} | graduated.tiers[0].upTo: must have a bound, because only the last one is open
                    {graduated: {tiers: [{upTo: 10, unit: 1}, {upTo: 5, unit: 1}, {unit: 1}]}} | graduated.tiers[1].upTo: must be above 10, but was 5
                    {graduated: {tiers: [{upTo: 10, unit: -1}, {flat: -2}]}} | graduated.tiers[0].unit: must not be negative, but was USD -1; graduated.tiers[1].flat: must not be negative, but was USD -2
                    {volume: {tiers: [{upTo: 10, unit: 1}, {above: 11, unit: 1}]}} | volume.tiers[1].above: A tier must begin where the one before ends, at 10, and leave no gap [11]
                    {volume: {tiers: [{upTo: 10, unit: 1}, {above: 9, unit: 1}]}} | volume.tiers[1].above: A tier must begin where the one before ends, at 10, and leave no overlap [9]
                    {volume: {tiers: [{}]}}             | volume.tiers[0].unit: A value is required
                    {volume: {tiers: [{unit: 1}], freeAtZero: 1}} | volume.freeAtZero: It must be true or false [1]
                    {stairStep: {steps: [{upTo: 5, price: EUR 5}, {price: 6}]}} | stairStep.steps[0].price: A price must be in the currency of its book, USD, but was in EUR [EUR 5]
                    {packages: {size: 0, price: 5}}     | packages.size: must be above 0, but was 0
                    {packages: {size: 1, price: 5, round: half}} | packages.round: It must be up or down [half]
                    {blocks: {tiers: [{size: 1, max: 0, price: 1}]}} | blocks.tiers[0].max: must be above 0, but was 0
                    {blocks: {tiers: [{size: 1, max: 1.5, price: 1}]}} | blocks.tiers[0].max: It must be a whole number [1.5]
                    {blocks: {charge: all, tiers: [{size: 1, price: 1}]}} | blocks.charge: It must be one of allTiers, topTier [all]
                    {percentage: {percent: 1, minimum: 5, maximum: 4}} | percentage.maximum: must not be below the minimum of USD 5, but was USD 4
                    {percentage: {percent: 1, currency: EUR}} | percentage.currency: A price must be in the currency of its book
                    {graduatedPercentage: {tiers: [{percent: -1}]}} | graduatedPercentage.tiers[0].percent: must not be negative, but was -1
                    {dynamic: {multiplier: -1}}         | dynamic.multiplier: must not be negative, but was -1
                    {matrix: {by: [region], cells: [{at: [eu, x], price: {flat: 1}}]}} | must have a value for each of
                    {matrix: {by: [r], cells: [{at: [eu], price: {flat: 1}}, {at: [eu], price: {flat: 2}}]}} | matrix.cells[1].at: A matrix must have each cell once
                    {matrix: {by: [], cells: [], otherwise: {flat: 1}}} | matrix.by: must not be empty
                    {matrix: {by: [r], cells: [{at: [eu], price: {flot: 1}}]}} | matrix.cells[0].price.flot: There is no such field; did you mean flat?
                    {capacity: {tiers: [{limits: {GB: 5}, price: 1}, {limits: {GB: 4}, price: 2}]}} | capacity.tiers[1].limits.GB: must not be below that of the tier before, but was 4
                    {convert: {price: {flat: 1}}}       | convert: A conversion must either divideBy or multiplyBy a number
                    {convert: {divideBy: 2, multiplyBy: 2, price: {flat: 1}}} | convert: A conversion must either divideBy or multiplyBy a number
                    {convert: {divideBy: 3, price: {flat: 1}}} | convert.divideBy: A conversion: factor must be made of twos and fives
                    {freeUnits: {units: -1, price: {flat: 1}}} | freeUnits.units: must not be negative, but was -1
                    {freeUnits: {units: 1, price: {matrix: {by: [r], cells: [], otherwise: {flat: 1}}}}} | freeUnits.price: must price one quantity
                    {costPlus: {percent: 1, fixed: 2}}  | costPlus: A markup must be one of percent, fixed and price
                    {costPlus: {fixed: -2}}             | costPlus.fixed: must not be negative, but was USD -2
                    {costPlus: {percent: -101}}         | costPlus.percent: must not be below -100, but was -101
                    """)
    void a_wrong_rule_is_told_with_its_path(String json, String message) {
        assertThat(problems(IN_USD, json).mkString("; ")).contains(message);
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        String json = """
                {matrix: {by: [region], cells: [
                  {at: [eu], price: {graduated: {tiers: [{upTo: x, unit: 1}, {above: 7, unit: -1}]}}},
                  {at: [us], price: {packages: {price: 5, include: 2}}}], others: {flat: 1}}}
                """;
        assertThat(problems(IN_USD, json).map(message -> message.substring(0, message.indexOf(':'))))
                .containsExactly(
                        "matrix.cells[0].price.graduated.tiers[0].upTo",
                        "matrix.cells[0].price.graduated.tiers[1].above",
                        "matrix.cells[1].price.packages.size",
                        "matrix.cells[1].price.packages.include",
                        "matrix.others");
    }

    @Test
    void stored_rules_of_before_are_read() {
        RuleNotation stored = RuleNotation.naming(CurrencyUnit::getCurrencyCode, Monetary::getCurrency);
        assertThat(stored.read(JsonTrees.read("{\"flat\":\"USD 20\"}")))
                .containsExactly(new Flat(Money.of("USD", "20")));
        assertThat(stored.write(new Flat(Money.of("USD", "20.00"))).toJson()).isEqualTo("{\"flat\":\"USD 20.00\"}");
        assertThat(problems(stored, "{flat: 20}")).containsExactly("flat: Money must be written like 'USD 1.10' [20]");
        assertThat(problems(stored, "{volume: {tiers: [{upTo: 5, unit: USD 5}, {unit: EUR 6}]}}"))
                .containsExactly(
                        "volume.tiers[1].unit: must be in USD as the rest, but was in EUR",
                        "volume.tiers[1].flat: must be in USD as the rest, but was in EUR");
    }

    @Test
    void packages_are_rounded_up_where_that_is_said_too() {
        assertThat(IN_USD.read(JsonTrees.read("{packages: {size: 10, price: 100, round: up}}")))
                .isEqualTo(IN_USD.read(JsonTrees.read("{packages: {size: 10, price: 100}}")));
    }

    @Test
    void cells_are_written_in_one_order() {
        String cells = "{\"at\":[\"eu\"],\"price\":{\"flat\":\"1\"}},{\"at\":[\"us\"],\"price\":{\"flat\":\"2\"}}";
        Matrix matrix = new Matrix(
                Array.of("region"),
                LinkedHashMap.of(
                        Array.of("us"), new Flat(Money.of("USD", "2")), Array.of("eu"), new Flat(Money.of("USD", "1"))),
                Option.none());
        assertThat(IN_USD.write(matrix).toJson()).contains("[" + cells + "]");
    }

    @Test
    void every_rule_has_a_name() {
        assertThat(IN_USD.names())
                .hasSize(PricingRule.class.getPermittedSubclasses().length)
                .doesNotHaveDuplicates()
                .contains("perUnit", "flat", "costPlus");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {name: m, aggregation: summ}        | aggregation: It must be one of
                    {name: m, aggregation: {weightedSum: {}}} | aggregation.weightedSum.carryOver: A value is required
                    {name: m, aggregation: sum, where: [{property: p}]} | where[0]: A filter must have either in or notIn
                    {name: m, aggregation: sum, where: [{property: p, in: [a], notIn: [b]}]} | where[0]: A filter must have either in or notIn
                    {name: m, aggregation: sum, round: {decimals: 101, mode: up}} | round: A quantity's decimals must be between -100 and 100
                    """)
    void a_wrong_meter_is_told_with_its_path(String json, String message) {
        assertThat(NotationReader.read(JsonTrees.read(json), MeterNotation::read)
                        .getLeft()
                        .map(NotationProblem::message)
                        .mkString("; "))
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {id: a, category: c, amount: 5, skus: [s], categories: [c]} | must be about skus or about categories, but was about both
                    {id: a, category: c, amount: 5, skus: []} | skus: At least one name is required
                    {id: a, category: c, amount: -5}    | must not be negative, but was USD -5
                    {id: a, category: c, amount: EUR 5} | amount: A price must be in the currency of its book, USD
                    """)
    void a_wrong_minimum_or_maximum_is_told_with_its_path(String json, String message) {
        SpendNotation inUsd = SpendNotation.in(DomainArbitraries.USD);
        assertThat(NotationReader.read(JsonTrees.read(json), inUsd::minimum)
                        .getLeft()
                        .map(NotationProblem::message)
                        .mkString("; "))
                .contains(message);
        assertThat(NotationReader.read(JsonTrees.read(json), inUsd::maximum)
                        .getLeft()
                        .map(NotationProblem::message)
                        .mkString("; "))
                .contains(message);
    }

    @Test
    void a_stored_minimum_names_its_currency() {
        SpendNotation stored = SpendNotation.naming(CurrencyUnit::getCurrencyCode, Monetary::getCurrency);
        Commitment least = new Commitment("a", Scope.skus("s"), "usage", Money.of("JPY", "500"), true);
        assertThat(stored.write(least).toJson()).contains("JPY 500");
        assertThat(NotationReader.read(stored.write(least), stored::minimum)).containsExactly(least);
    }

    @Test
    void a_rule_of_another_currency_is_not_written() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IN_USD.write(new Flat(Money.of("JPY", "20"))))
                .withMessage("A price must be in the currency of its book, USD, but was in JPY");
    }
}

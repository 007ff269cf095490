package dev.billing.domain.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.meter.Aggregation;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PriceHistory;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Rater;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which facts an amount is of, where a meter groups them or a matrix prices them by what they say. */
class ExplainedUsageTest {

    private static final Instant START = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-03-01T00:00:00Z");
    private static final Matrix BY_REGION_AND_SIZE = new Matrix(
            Array.of("region", "size"),
            HashMap.of(
                    Array.of("eu", "large"), new PerUnit(usd("3")),
                    Array.of("eu", ""), new PerUnit(usd("2"))),
            Option.some(new Flat(usd("7"))));

    @Test
    void a_line_of_a_matrix_names_dimensions_and_values() {
        Seq<Explanation> said =
                explained(BY_REGION_AND_SIZE, Meter.sum("calls"), HashMap.of("region", "eu", "size", "large"));
        assertThat(said.map(Explanation::toString)).containsExactly("""
                counted: 2 facts on calls (sum) where region = eu, size = large
                  quantity: 5
                    rule: USD 3 per unit under main@1
                      whole period: USD 15
                        units: 5 × USD 3 = USD 15
                        share: 1/1 (EXACT_TIME)
                          rounded: HALF_UP to the minor unit: USD 15.00
                            remainder: none
                              net: USD 15.00""");
        assertThat(said.head().toJson())
                .startsWith("{\"counted\":{\"facts\":\"2\",\"meter\":\"calls\",\"aggregation\":\"sum\","
                        + "\"group\":{\"region\":\"eu\",\"size\":\"large\"}},\"quantity\":{\"quantity\":\"5\"},");
    }

    @Test
    void a_value_that_facts_do_not_say_is_told_as_missing() {
        assertThat(explained(BY_REGION_AND_SIZE, Meter.sum("calls"), HashMap.of("region", "eu"))
                        .head()
                        .toString())
                .startsWith("counted: 2 facts on calls (sum) where region = eu, no size\n")
                .contains("rule: USD 2 per unit under main@1");
    }

    @Test
    void what_a_meter_groups_by_is_told_with_what_a_matrix_prices_by() {
        Meter byTeam = Meter.of("calls", "calls", new Aggregation.Sum()).by("team");
        assertThat(explained(BY_REGION_AND_SIZE, byTeam, HashMap.of("team", "core", "region", "us", "size", "small"))
                        .head()
                        .toString())
                .startsWith("counted: 2 facts on calls (sum) where region = us, size = small, team = core\n");
        assertThat(explained(new Flat(usd("1")), byTeam, HashMap.of("team", "core"))
                        .head()
                        .toString())
                .startsWith("counted: 2 facts on calls (sum) where team = core\n");
    }

    @Test
    void the_values_find_the_rule_of_the_line_in_the_matrix_again() {
        for (Array<String> values : Array.of(Array.of("eu", "large"), Array.of("eu", ""), Array.of("us", "large"))) {
            Derivation why = lines(
                            BY_REGION_AND_SIZE,
                            Meter.sum("calls"),
                            HashMap.of("region", values.get(0), "size", values.get(1)))
                    .map(line -> ((Origin.Rated) line.origin()).why())
                    .head();
            Map<String, String> group = why.count().get().group();
            assertThat(BY_REGION_AND_SIZE.at(BY_REGION_AND_SIZE
                            .dimensions()
                            .map(dimension -> group.get(dimension).get())))
                    .contains(why.rule());
        }
    }

    private static Seq<Explanation> explained(PricingRule rule, Meter meter, Map<String, String> properties) {
        return lines(rule, meter, properties).map(LineItem::explain);
    }

    /** Of two facts that say the same. */
    private static Seq<LineItem> lines(PricingRule rule, Meter meter, Map<String, String> properties) {
        PriceBook book = PriceBook.of(
                new PriceBookVersion("main", 1),
                DomainArbitraries.USD,
                Instant.EPOCH,
                Array.of(new Product("egress", "usage", "GB", rule, Option.some(meter.name()))),
                Array.of(meter));
        return new Rater(Standard.profile(), Period.of(START, END), END)
                .rate(
                        Array.empty(),
                        Array.of(record("1", "2", properties), record("2", "3", properties)),
                        PriceHistory.of(book));
    }

    private static UsageRecord record(String id, String quantity, Map<String, String> properties) {
        return new UsageRecord(
                new FactId(id),
                new AccountId("acme"),
                "calls",
                new BigDecimal(quantity),
                START,
                HashMap.empty(),
                properties,
                START);
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

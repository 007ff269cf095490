package dev.billing.domain.pricing.rules;

import static dev.billing.domain.pricing.rules.RuleArbitraries.usd;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Blocks;
import dev.billing.domain.pricing.Capacity;
import dev.billing.domain.pricing.GraduatedPercentage;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PriceTier;
import dev.billing.domain.pricing.StairStep;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;

/** Rules as the tables of these tests write them, in US dollars; {@code *} is no bound, {@code -} is none. */
final class Written {

    private Written() {}

    static BigDecimal number(String text) {
        return new BigDecimal(text.strip());
    }

    static Money money(String text) {
        return usd(number(text));
    }

    private static Option<BigDecimal> bound(String text) {
        return Option.of(text.strip()).filter(bound -> !bound.equals("*")).map(BigDecimal::new);
    }

    private static Option<Money> optional(String text) {
        return Option.of(text.strip()).filter(money -> !money.equals("-")).map(Written::money);
    }

    private static Array<String> split(String text, String by) {
        return Array.of(text.split(by, -1)).map(String::strip);
    }

    /** {@code 10: 2 + 5 | *: 1 + 0} has a bound, a unit price and a fee. */
    static Seq<PriceTier> tiers(String text) {
        return split(text, "\\|")
                .map(tier -> split(tier, "[:+]"))
                .map(tier -> new PriceTier(bound(tier.get(0)), money(tier.get(1)), money(tier.get(2))));
    }

    /** {@code 10: 2 + 5 | *: 1 + 0} has a bound, a percentage and a fee. */
    static GraduatedPercentage percentages(String text) {
        return new GraduatedPercentage(
                DomainArbitraries.USD,
                split(text, "\\|")
                        .map(tier -> split(tier, "[:+]"))
                        .map(tier -> new GraduatedPercentage.PercentTier(
                                bound(tier.get(0)), number(tier.get(1)), money(tier.get(2)))));
    }

    /** {@code 10: 100 | *: 150} has a bound and a price. */
    static StairStep steps(String text) {
        return new StairStep(split(text, "\\|")
                .map(step -> split(step, ":"))
                .map(step -> new StairStep.Step(bound(step.get(0)), money(step.get(1)))));
    }

    /** {@code 100 x 10: 1 | 1000 x *: 1 down} has a size, a maximum of blocks and a price. */
    static Blocks blocks(String policy, String text) {
        return new Blocks(
                split(text, "\\|")
                        .map(tier -> split(tier.replace("down", ""), "[:x]"))
                        .zipWithIndex((tier, i) -> new Blocks.BlockTier(
                                number(tier.get(0)),
                                bound(tier.get(1)).map(BigDecimal::longValueExact),
                                money(tier.get(2)),
                                split(text, "\\|").get(i).endsWith("down"))),
                Blocks.Policy.valueOf(policy));
    }

    /** {@code members=10 GB=*: 20 | …} has limits and a price. */
    static Capacity capacity(String text) {
        return new Capacity(split(text, "\\|")
                .map(tier -> split(tier, ":"))
                .map(tier -> new Capacity.Limits(pairs(tier.get(0)).mapValues(Written::bound), money(tier.get(1)))));
    }

    /** {@code members=10 GB=5}. */
    static Map<String, String> pairs(String text) {
        return HashMap.ofEntries(
                split(text, " ").map(pair -> split(pair, "=")).map(pair -> new Tuple2<>(pair.get(0), pair.get(1))));
    }

    static Percentage percentage(
            String percent, String fee, long freeEvents, String freeAmount, String minimum, String maximum) {
        return new Percentage(
                DomainArbitraries.USD,
                number(percent),
                optional(fee),
                freeEvents,
                number(freeAmount),
                optional(minimum),
                optional(maximum));
    }

    /** {@code 10 80 100}. */
    static Array<BigDecimal> numbers(String text) {
        return text.isBlank() ? Array.empty() : split(text, " ").map(BigDecimal::new);
    }
}

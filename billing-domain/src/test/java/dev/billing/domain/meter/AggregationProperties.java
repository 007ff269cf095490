package dev.billing.domain.meter;

import static dev.billing.domain.meter.Event.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.TextOrder;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Every aggregation against one that looks at everything again, and more slowly. */
class AggregationProperties {

    private static final int LENGTH = 90;
    private static final Period PERIOD = Period.of(START, START.plusSeconds(LENGTH));

    /** Law 6: neither the order nor the grouping of the facts matters. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void any_order_and_grouping_gives_what_a_slow_look_at_everything_gives(
            @ForAll("aggregations") Aggregation aggregation,
            @ForAll("events") List<Event> events,
            @ForAll @IntRange(min = -1, max = LENGTH + 1) int asOf,
            @ForAll("roundings") Option<QuantityRounding> rounding,
            @ForAll Random random) {
        Instant until = START.plusSeconds(asOf);
        Accumulator merged = merged(aggregation, until, DomainArbitraries.shuffled(events, random), random);
        assertThat(merged.result(rounding))
                .isEqualByComparingTo(cut(oracle(aggregation, Array.ofAll(events), asOf), aggregation, rounding));
        assertThat(merged.count()).isEqualTo(events.size());
    }

    /** What threads would make of them: each its own part, put together in some order. */
    private static Accumulator merged(Aggregation aggregation, Instant asOf, Seq<Event> events, Random random) {
        if (events.size() < 2 || random.nextInt(4) == 0) {
            Accumulator part = aggregation.accumulator(PERIOD, asOf, CustomAggregations.NONE);
            events.forEach(part::add);
            return part;
        }
        int cut = random.nextInt(events.size() + 1);
        Accumulator one = merged(aggregation, asOf, events.take(cut), random);
        Accumulator other = merged(aggregation, asOf, events.drop(cut), random);
        Accumulator first = random.nextBoolean() ? one : other;
        first.merge(first == one ? other : one);
        return first;
    }

    private static Fraction oracle(Aggregation aggregation, Seq<Event> events, int asOf) {
        if (aggregation instanceof Aggregation.Count) {
            return Fraction.of(events.size(), 1);
        }
        if (aggregation instanceof Aggregation.UniqueCount unique) {
            return Fraction.of(
                    events.flatMap(event -> event.property(unique.property()))
                            .distinct()
                            .size(),
                    1);
        }
        if (aggregation instanceof Aggregation.WeightedSum weighted) {
            return secondBySecond(
                    events.filter(event -> weighted.carryOver() || !event.at().isBefore(START)), asOf);
        }
        Seq<BigDecimal> quantities = events.map(Event::quantity);
        if (quantities.isEmpty()) {
            return Fraction.ZERO;
        }
        if (aggregation instanceof Aggregation.Max) {
            return Fraction.of(quantities.sorted().last());
        }
        if (aggregation instanceof Aggregation.Min) {
            return Fraction.of(quantities.sorted().head());
        }
        if (aggregation instanceof Aggregation.Latest) {
            return Fraction.of(events.sortBy(TextOrder.CODE_POINTS, Event::key)
                    .sortBy(Event::at)
                    .last()
                    .quantity());
        }
        Fraction sum = DomainArbitraries.sum(quantities.map(Fraction::of));
        return aggregation instanceof Aggregation.Average ? sum.times(Fraction.of(1, events.size())) : sum;
    }

    /** The level of each second that has passed, added up. */
    private static Fraction secondBySecond(Seq<Event> changes, int asOf) {
        Fraction total = Fraction.ZERO;
        for (int second = 0; second < Math.min(asOf, LENGTH); second++) {
            Instant now = START.plusSeconds(second);
            total = total.plus(DomainArbitraries.sum(
                    changes.filter(change -> !change.at().isAfter(now)).map(change -> Fraction.of(change.quantity()))));
        }
        return total.times(Fraction.of(1, LENGTH));
    }

    private static BigDecimal cut(Fraction exact, Aggregation aggregation, Option<QuantityRounding> rounding) {
        boolean divides = aggregation instanceof Aggregation.Average || aggregation instanceof Aggregation.WeightedSum;
        return rounding.orElse(() -> Option.when(divides, Aggregation.QUOTIENTS))
                .map(how -> new BigDecimal(exact.numerator())
                        .divide(new BigDecimal(exact.denominator()), how.decimals(), how.mode()))
                .getOrElse(() -> new BigDecimal(exact.numerator()).divide(new BigDecimal(exact.denominator())));
    }

    @Provide
    Arbitrary<Aggregation> aggregations() {
        return Arbitraries.of(
                new Aggregation.Count(),
                new Aggregation.UniqueCount("user"),
                new Aggregation.Sum(),
                new Aggregation.Max(),
                new Aggregation.Min(),
                new Aggregation.Latest(),
                new Aggregation.Average(),
                new Aggregation.WeightedSum(false),
                new Aggregation.WeightedSum(true));
    }

    @Provide
    Arbitrary<Option<QuantityRounding>> roundings() {
        Arbitrary<RoundingMode> modes =
                Arbitraries.of(RoundingMode.class).filter(mode -> mode != RoundingMode.UNNECESSARY);
        return Combinators.combine(Arbitraries.integers().between(-3, 25), modes)
                .as(QuantityRounding::new)
                .optional(0.5)
                .map(Option::ofOptional);
    }

    /** At whole seconds before, in and after the period; several at one instant. */
    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Map<String, String>> properties =
                Arbitraries.of("ann", "bob", "").map(user -> HashMap.of("user", user));
        return Combinators.combine(
                        Arbitraries.strings().withChars("ab\uFF61\uD83D\uDE00").ofMaxLength(3),
                        Arbitraries.integers().between(-30, LENGTH + 5).map(START::plusSeconds),
                        quantities(),
                        Arbitraries.oneOf(Arbitraries.just(HashMap.<String, String>empty()), properties))
                .as(Event::new)
                .list()
                .uniqueElements(Event::key)
                .ofMaxSize(12);
    }

    /** Beside ordinary ones those that no 64 bits hold, alone or added up. */
    static Arbitrary<BigDecimal> quantities() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, decimals(1_000, 0)),
                Tuple.of(4, decimals(100_000, 2)),
                Tuple.of(2, decimals(Long.MAX_VALUE, 0)),
                Tuple.of(2, decimals(999_999_999_999_999_999L, 18)),
                Tuple.of(1, decimals(Long.MAX_VALUE, 19)),
                Tuple.of(1, decimals(1_000, -3)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                        "999999999999999999",
                                        "-999999999999999999",
                                        "9223372036854775807",
                                        "-9223372036854775808",
                                        "0.000000000000000001",
                                        "1234567890123456789012345678901234.5678",
                                        "12345678901234567890.12",
                                        "-999999999999999999999",
                                        "1E-30")
                                .map(BigDecimal::new)));
    }

    private static Arbitrary<BigDecimal> decimals(long max, int scale) {
        return Arbitraries.longs().between(-max, max).map(unscaled -> BigDecimal.valueOf(unscaled, scale));
    }
}

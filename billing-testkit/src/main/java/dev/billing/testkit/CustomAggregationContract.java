package dev.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.meter.Accumulator;
import dev.billing.domain.meter.Aggregation;
import dev.billing.domain.meter.CustomAggregation;
import dev.billing.domain.meter.CustomAggregations;
import dev.billing.domain.meter.Reading;
import dev.billing.domain.period.Period;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link CustomAggregation} keeps: at least one test for each number in its Javadoc. Extend it in your tests and
 * return yours; override {@link #readings} where it counts something of its own.
 */
public abstract class CustomAggregationContract {

    /** The month in which readings are counted. */
    protected static final Period MONTH = Period.ofMonth(YearMonth.of(2024, 3), ZoneOffset.UTC);

    private static final int SHUFFLES = 50;

    /** The aggregation. */
    protected abstract CustomAggregation aggregation();

    /** Readings that it counts: several at one instant, some alike, some that take back. */
    protected Seq<Reading> readings() {
        return Array.of("3", "0.25", "3", "-1.5", "12345678901234567890.5", "0", "7", "7", "-2", "0.000000000000000001")
                .zipWithIndex(CustomAggregationContract::reading);
    }

    /** A reading of a user, ann or bob, in the region that each is in; two of them at each instant, the later ones reported first. */
    protected static Reading reading(String quantity, int number) {
        Instant at = MONTH.end().minusSeconds(3_600L * (1 + number / 2));
        String user = number % 3 == 0 ? "ann" : "bob";
        return new UsageRecord(
                new FactId("fact " + (99 - number)),
                new AccountId("account"),
                "meter",
                new BigDecimal(quantity),
                at,
                HashMap.empty(),
                HashMap.of("user", user, "region", user.equals("ann") ? "eu" : "us"),
                at);
    }

    @Test
    void g1_the_order_of_readings_does_not_matter() {
        Seen one = seen(counting(readings()));
        shuffled()
                .forEach(readings -> assertThat(seen(counting(readings)))
                        .as(
                                "G1: readings arrive in any order; is the last one taken that arrives, and not the last that happened?")
                        .isEqualTo(one));
    }

    @Test
    void g2_parts_make_what_one_pass_makes_however_they_are_put_together() {
        Seen one = seen(counting(readings()));
        Random random = new Random(2);
        shuffled()
                .forEach(readings -> assertThat(seen(merged(readings, random)))
                        .as(
                                "G2: parts that were counted apart must be put together without loss, in any order and grouping; "
                                        + "is a mean of means taken, or a count forgotten?")
                        .isEqualTo(one));
    }

    @Test
    void g2_a_part_without_readings_changes_nothing() {
        Seen one = seen(counting(readings()));
        Accumulator full = counting(readings());
        full.merge(counting(Array.empty()));
        Accumulator empty = counting(Array.empty());
        empty.merge(counting(readings()));
        assertThat(seen(full))
                .as("G2: is something lost or added where the other part is empty?")
                .isEqualTo(one);
        assertThat(seen(empty))
                .as("G2: is something lost or added where a part was empty?")
                .isEqualTo(one);
    }

    @Test
    void g3_only_its_own_parts_are_taken() {
        Accumulator other = new Aggregation.Count().accumulator(MONTH, MONTH.end(), CustomAggregations.NONE);
        Accumulator own = counting(readings());
        assertThatIllegalArgumentException()
                .as("G3: a part of another aggregation must be refused")
                .isThrownBy(() -> own.merge(other));
    }

    @Test
    void g4_each_accumulator_has_its_own_state() {
        Seen one = seen(counting(readings()));
        Accumulator first = counting(readings());
        counting(readings());
        assertThat(seen(first))
                .as("G4: accumulators are used by different threads; is something shared by all of them?")
                .isEqualTo(one);
    }

    @Test
    void g5_asking_for_the_result_changes_nothing() {
        Accumulator asked = counting(readings().take(4));
        Seen before = seen(asked);
        assertThat(seen(asked))
                .as("G5: the same question has the same answer; is something used up by it?")
                .isEqualTo(before);
        readings().drop(4).forEach(asked::add);
        assertThat(seen(asked))
                .as("G5: readings may come after the result was asked for; is it kept from the first time?")
                .isEqualTo(seen(counting(readings())));
    }

    @Test
    void g6_every_reading_is_counted() {
        assertThat(counting(readings()).count())
                .as(
                        "G6: the count is shown to customers: it must be of all readings, those that do not move the quantity too")
                .isEqualTo(readings().size());
        assertThat(counting(Array.empty()).count()).as("G6: nothing was read").isZero();
    }

    /** What can be seen of an accumulator. */
    private record Seen(BigDecimal quantity, long count) {}

    private static Seen seen(Accumulator accumulator) {
        return new Seen(accumulator.result(Option.none()).stripTrailingZeros(), accumulator.count());
    }

    private Accumulator counting(Seq<Reading> readings) {
        Accumulator accumulator = aggregation().accumulator(MONTH, MONTH.end());
        readings.forEach(accumulator::add);
        return accumulator;
    }

    private Seq<Seq<Reading>> shuffled() {
        Random random = new Random(1);
        return Array.range(0, SHUFFLES).map(again -> {
            List<Reading> readings = readings().toJavaList();
            Collections.shuffle(readings, random);
            return Array.ofAll(readings);
        });
    }

    private Accumulator merged(Seq<Reading> readings, Random random) {
        if (readings.size() < 2) {
            return counting(readings);
        }
        int cut = random.nextInt(readings.size() + 1);
        boolean whole = cut == 0 || cut == readings.size();
        Accumulator one = whole ? counting(readings.take(cut)) : merged(readings.take(cut), random);
        Accumulator other = whole ? counting(readings.drop(cut)) : merged(readings.drop(cut), random);
        Accumulator first = random.nextBoolean() ? one : other;
        first.merge(first == one ? other : one);
        return first;
    }
}

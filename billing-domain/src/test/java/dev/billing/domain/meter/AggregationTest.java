package dev.billing.domain.meter;

import static dev.billing.domain.meter.Event.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggregationTest {

    /** Ten seconds. */
    private static final Period TEN = Period.of(START, START.plusSeconds(10));

    /** Each change is {@code second:quantity}. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            count;         '';                       0
            count;         0:5;                      1
            count;         0:5 1:0 2:-3;             3
            sum;           '';                       0
            sum;           0:1.5 1:2.25 2:-0.75;     3
            sum;           0:1.5 1:-1.5;             0
            sum;           0:9223372036854775807 1:9223372036854775807; 18446744073709551614
            sum;           0:0.1 1:9000000000000000000; 9000000000000000000.1
            sum;           0:0.1 1:500000000000000000 2:500000000000000000; 1000000000000000000.1
            sum;           0:-0.1 1:-500000000000000000 2:-500000000000000000; -1000000000000000000.1
            sum;           0:1E+3 1:0.001;           1000.001
            max;           '';                       0
            max;           0:3 1:7 2:7.00 3:5;       7
            max;           0:-3 1:-7;                -3
            min;           '';                       0
            min;           0:3 1:7 2:5;              3
            min;           0:-3 1:-7;                -7
            latest;        '';                       0
            latest;        5:2 1:9 3:4;              2
            latest;        0:2 1:0;                  0
            average;       '';                       0
            average;       0:1 1:2;                  1.5
            average;       0:1 1:1 2:3;              1.66666666666666666667
            average;       0:-1 1:-1 2:-3;           -1.66666666666666666667
            weighted;      '';                       0
            weighted;      0:4;                      4
            weighted;      5:4;                      2
            weighted;      0:4 5:-4;                 2
            weighted;      9:1;                      0.1
            weighted;      10:4;                     0
            weighted;      -1:4;                     0
            weighted;      0:-3 5:1;                 -2.5
            carried;       '';                       0
            carried;       -1000:4;                  4
            carried;       -1000:4 -1:-1 5:-1;       2.5
            carried;       -5:4 10:100;              4
            """)
    void a_quantity_is_what_a_person_works_out(String name, String readings, BigDecimal expected) {
        Accumulator all = aggregation(name).accumulator(TEN, TEN.end(), CustomAggregations.NONE);
        Seq<Event> events = events(readings);
        events.forEach(all::add);
        assertThat(all.result(Option.none()))
                .isEqualTo(expected.stripTrailingZeros().scale() < 0 ? expected.setScale(0) : expected);
        assertThat(all.count()).isEqualTo(events.size());
    }

    private static Aggregation aggregation(String name) {
        return HashMap.<String, Aggregation>of(
                        "count", new Aggregation.Count(),
                        "sum", new Aggregation.Sum(),
                        "max", new Aggregation.Max(),
                        "min", new Aggregation.Min(),
                        "latest", new Aggregation.Latest(),
                        "average", new Aggregation.Average(),
                        "weighted", new Aggregation.WeightedSum(false),
                        "carried", new Aggregation.WeightedSum(true))
                .get(name)
                .get();
    }

    private static Seq<Event> events(String readings) {
        return readings.isEmpty()
                ? Array.empty()
                : Array.of(readings.split(" ", -1)).map(reading -> {
                    String[] parts = reading.split(":", -1);
                    return Event.at(Long.parseLong(parts[0]), parts[1]);
                });
    }

    @ParameterizedTest
    @CsvFileSource(resources = "weighted_sum.csv", delimiter = ';', useHeadersInDisplayName = true)
    void weighted_sums_are_those_of_lago(String id, long seconds, String changes, int decimals, BigDecimal expected) {
        Period month = Period.of(START, START.plusSeconds(seconds));
        for (boolean carryOver : new boolean[] {false, true}) {
            Accumulator all =
                    new Aggregation.WeightedSum(carryOver).accumulator(month, month.end(), CustomAggregations.NONE);
            events(changes).forEach(all::add);
            assertThat(all.result(Option.some(new QuantityRounding(decimals, RoundingMode.HALF_UP))))
                    .as(id)
                    .isEqualByComparingTo(expected);
        }
    }

    @Test
    void a_weighted_sum_is_cut_once_as_the_meter_says() {
        Accumulator third = new Aggregation.WeightedSum(false)
                .accumulator(Period.of(START, START.plusSeconds(3)), START.plusSeconds(3), CustomAggregations.NONE);
        third.add(Event.at(2, "1"));
        assertThat(third.result(Option.none())).isEqualTo("0.33333333333333333333");
        assertThat(third.result(Option.some(Aggregation.LAGO_WEIGHTED_SUMS))).isEqualTo("0.33333333333333333334");
        assertThat(third.result(Option.some(new QuantityRounding(0, RoundingMode.UP))))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.4", "5, 2", "7, 2.2", "10, 2.5", "99, 2.5", "-5, 0"})
    void there_is_no_level_after_the_instant_of_the_document(long second, BigDecimal expected) {
        Accumulator all =
                new Aggregation.WeightedSum(true).accumulator(TEN, START.plusSeconds(second), CustomAggregations.NONE);
        events("-7:4 5:-3").forEach(all::add);
        assertThat(all.result(Option.none())).isEqualTo(expected);
    }

    @Test
    void of_readings_at_one_instant_the_one_with_the_highest_id_is_the_latest() {
        Accumulator latest = new Aggregation.Latest().accumulator(TEN, TEN.end(), CustomAggregations.NONE);
        latest.add(Event.at(1, "2").named("b"));
        latest.add(Event.at(1, "1").named("a"));
        assertThat(latest.result(Option.none())).isEqualTo("2");
        latest.add(Event.at(1, "3").named("\uFF61"));
        latest.add(Event.at(1, "4").named("\uD83D\uDE00")); // a higher code point, but lower UTF-16 units
        latest.add(Event.at(0, "5").named("z"));
        assertThat(latest.result(Option.none())).isEqualTo("4");
    }

    @Test
    void a_unique_count_is_of_different_values_character_by_character() {
        Accumulator users = new Aggregation.UniqueCount("user").accumulator(TEN, TEN.end(), CustomAggregations.NONE);
        Array.of("ann", "bob", "ann", "Ann", "").forEach(user -> users.add(Event.of("user", user)));
        users.add(Event.of("team", "ann"));
        assertThat(users.result(Option.none())).isEqualTo("4");
        assertThat(users.count()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"HALF_UP, 2, 123.46", "HALF_UP, -2, 100", "UP, -3, 1000", "DOWN, 0, 123", "CEILING, 5, 123.456"})
    void an_exact_quantity_is_cut_as_the_meter_says(RoundingMode mode, int decimals, BigDecimal expected) {
        Accumulator sum = new Aggregation.Sum().accumulator(TEN, TEN.end(), CustomAggregations.NONE);
        sum.add(Event.at(0, "123.456"));
        assertThat(sum.result(Option.some(new QuantityRounding(decimals, mode))))
                .isEqualTo(expected);
    }

    @Test
    void a_custom_aggregation_is_found_by_its_name() {
        CustomAggregations custom = CustomAggregations.NONE
                .with("plain", (period, asOf) -> new Summed(new Aggregation.Sum()))
                .with("first", (period, asOf) -> new Extreme(new Aggregation.Min(), -1));
        Accumulator plain = new Aggregation.Custom("plain").accumulator(TEN, TEN.end(), custom);
        events("0:3 1:4").forEach(plain::add);
        assertThat(plain.result(Option.none())).isEqualTo("7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Aggregation.Custom("median").accumulator(TEN, TEN.end(), custom))
                .withMessageContaining("median")
                .withMessageContaining("first, plain");
        assertThatIllegalArgumentException().isThrownBy(() -> CustomAggregations.NONE.with(" ", custom.get("plain")));
    }

    @Test
    void only_accumulators_of_one_kind_and_time_merge() {
        Instant end = TEN.end();
        Seq<Accumulator> kinds = Array.of(
                        new Aggregation.Count(),
                        new Aggregation.Sum(),
                        new Aggregation.Max(),
                        new Aggregation.Min(),
                        new Aggregation.Latest(),
                        new Aggregation.Average(),
                        new Aggregation.UniqueCount("user"),
                        new Aggregation.UniqueCount("team"),
                        new Aggregation.WeightedSum(true),
                        new Aggregation.WeightedSum(false))
                .map(kind -> kind.accumulator(TEN, end, CustomAggregations.NONE))
                .append(new Aggregation.WeightedSum(true).accumulator(TEN, START, CustomAggregations.NONE))
                .append(new Aggregation.WeightedSum(true)
                        .accumulator(Period.of(START, end.plusMillis(1)), end, CustomAggregations.NONE));
        kinds.forEach(one -> kinds.filter(other -> other != one)
                .forEach(other -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> one.merge(other))
                        .withMessageContaining("one kind")));
    }

    @Test
    void what_does_not_merge_is_named() {
        Accumulator sum = new Summed(new Aggregation.Sum());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sum.merge(new Counted(new Aggregation.Count())))
                .withMessageContaining("sum and count");
    }

    @ParameterizedTest
    @ValueSource(ints = {-100, 100})
    void the_limits_of_a_quantity_s_decimals_are_decimals(int decimals) {
        assertThat(new QuantityRounding(decimals, RoundingMode.DOWN)).hasToString("DOWN to " + decimals + " decimals");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuantityRounding(decimals + Integer.signum(decimals), RoundingMode.DOWN))
                .withMessageContaining("between -100 and 100");
    }

    @Test
    void only_levels_take_what_is_negative_and_only_carried_ones_what_was_before() {
        assertThat(new Aggregation.Latest().takesNegative()).isTrue();
        assertThat(new Aggregation.WeightedSum(false).takesNegative()).isTrue();
        assertThat(new Aggregation.Sum().takesNegative()).isFalse();
        assertThat(new Aggregation.Max().takesNegative()).isFalse();
        assertThat(new Aggregation.WeightedSum(true).carriesOver()).isTrue();
        assertThat(new Aggregation.WeightedSum(false).carriesOver()).isFalse();
        assertThat(new Aggregation.Latest().carriesOver()).isFalse();
    }

    @Test
    void an_aggregation_is_shown_by_its_name() {
        assertThat(Array.of(
                                new Aggregation.Count(),
                                new Aggregation.UniqueCount("user"),
                                new Aggregation.Sum(),
                                new Aggregation.Max(),
                                new Aggregation.Min(),
                                new Aggregation.Latest(),
                                new Aggregation.Average(),
                                new Aggregation.WeightedSum(false),
                                new Aggregation.WeightedSum(true),
                                new Aggregation.Custom("median"))
                        .mkString(", "))
                .isEqualTo("count, unique count of user, sum, max, min, latest, average, weighted sum,"
                        + " weighted sum with carry-over, median");
        assertThatIllegalArgumentException().isThrownBy(() -> new Aggregation.Custom(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> new Aggregation.UniqueCount(""));
    }
}

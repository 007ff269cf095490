package dev.billing.domain.meter;

import static dev.billing.domain.meter.Event.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.TreeSet;
import io.vavr.control.Option;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest {

    private static final Meter TRAFFIC = Meter.of("traffic", "bytes", new Aggregation.Sum());
    private static final Period DAY = Period.of(START, START.plusSeconds(86_400));

    @Test
    void without_a_definition_a_name_is_the_sum_of_its_facts() {
        assertThat(Meter.sum("bytes"))
                .isEqualTo(new Meter(
                        "bytes", "bytes", new Aggregation.Sum(), Array.empty(), Array.empty(), Option.none(), false));
    }

    @ParameterizedTest
    @CsvSource({
        "eu, small, true",
        "us, small, true",
        "eu, large, false",
        "asia, small, false",
        ", small, false",
        "eu, , true"
    })
    void what_all_filters_accept_counts(String region, String model, boolean counts) {
        Meter meter = TRAFFIC.where(Filter.in("region", "eu", "us")).where(Filter.notIn("model", "large", "huge"));
        Event event = new Event(
                "e",
                START,
                BigDecimal.ONE,
                HashMap.of("region", Option.of(region), "model", Option.of(model))
                        .filterValues(Option::isDefined)
                        .mapValues(Option::get));
        assertThat(meter.accepts(event)).isEqualTo(counts);
        assertThat(TRAFFIC.accepts(event)).isTrue();
        assertThat(TRAFFIC.where(Filter.in("region", "eu")).accepts(event)).isEqualTo("eu".equals(region));
    }

    @Test
    void a_filter_names_different_values_and_is_equal_by_them() {
        assertThat(Filter.in("region", "us", "eu", "us"))
                .isEqualTo(Filter.in("region", "eu", "us"))
                .hasToString("region in (eu, us)");
        assertThat(Filter.notIn("region", "eu"))
                .isNotEqualTo(Filter.in("region", "eu"))
                .hasToString("region not in (eu)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Filter("region", true, TreeSet.empty()))
                .withMessageContaining("region");
        assertThatIllegalArgumentException().isThrownBy(() -> Filter.in(" ", "eu"));
        assertThatIllegalArgumentException().isThrownBy(() -> Filter.in("region", "e\0u"));
    }

    @Test
    void a_group_is_what_the_reading_has_of_each_property_in_the_order_of_the_meter() {
        Event event = new Event("e", START, BigDecimal.ONE, HashMap.of("region", "eu", "model", "large", "zone", "1"));
        assertThat(TRAFFIC.by("model", "customer", "region").groupOf(event)).containsExactly("large", "", "eu");
        assertThat(TRAFFIC.groupOf(event)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TRAFFIC.by("region", "model", "region"))
                .withMessageContaining("once")
                .withMessageContaining("traffic");
    }

    @Test
    void a_quantity_is_cut_as_the_meter_says() {
        Meter exact = Meter.of("level", "level", new Aggregation.WeightedSum(false));
        Accumulator level = exact.accumulator(DAY, DAY.end(), CustomAggregations.NONE);
        level.add(Event.at(86_400 / 3 * 2, "1"));
        assertThat(exact.quantity(level)).isEqualTo("0.33333333333333333333");
        assertThat(exact.rounded(new QuantityRounding(1, RoundingMode.UP)).quantity(level))
                .isEqualTo("0.4");
    }

    @Test
    void what_is_negative_is_taken_by_levels_and_where_it_is_allowed() {
        assertThat(TRAFFIC.takesNegative()).isFalse();
        assertThat(TRAFFIC.allowingNegative().takesNegative()).isTrue();
        assertThat(Meter.of("disk", "disk", new Aggregation.WeightedSum(true)).takesNegative())
                .isTrue();
        assertThat(Meter.of("seats", "seats", new Aggregation.Latest()).takesNegative())
                .isTrue();
    }

    @Test
    void each_part_of_a_meter_can_be_changed_alone() {
        QuantityRounding whole = new QuantityRounding(0, RoundingMode.UP);
        assertThat(TRAFFIC.where(Filter.in("region", "eu"))
                        .by("model")
                        .rounded(whole)
                        .allowingNegative()
                        .where(Filter.notIn("zone", "1")))
                .isEqualTo(new Meter(
                        "traffic",
                        "bytes",
                        new Aggregation.Sum(),
                        Array.of(Filter.in("region", "eu"), Filter.notIn("zone", "1")),
                        Array.of("model"),
                        Option.some(whole),
                        true));
        assertThatIllegalArgumentException().isThrownBy(() -> Meter.sum(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> Meter.of("a", "", new Aggregation.Sum()));
        assertThatIllegalArgumentException().isThrownBy(() -> TRAFFIC.by(""));
    }

    @ParameterizedTest
    @CsvSource({"sum, 0", "sum, 2", "sum, 18", "count, 0", "max, 2", "latest, 2", "average, 2", "weighted, 2"})
    void counting_a_reading_allocates_little_or_nothing(String name, int scale) {
        assertThat(allocatedByEach(aggregation(name), number -> BigDecimal.valueOf(number, scale)))
                .isLessThanOrEqualTo(scale == 0 ? 1 : 40);
    }

    @Test
    void adding_and_taking_back_numbers_of_18_digits_allocates_nothing() {
        long large = 100_000_000_000_000_000L;
        assertThat(allocatedByEach(
                        new Aggregation.Sum(),
                        number -> BigDecimal.valueOf(number % 2 == 0 ? large + number : -large - number)))
                .isLessThanOrEqualTo(1);
    }

    private static Aggregation aggregation(String name) {
        return HashMap.<String, Aggregation>of(
                        "sum", new Aggregation.Sum(),
                        "count", new Aggregation.Count(),
                        "max", new Aggregation.Max(),
                        "latest", new Aggregation.Latest(),
                        "average", new Aggregation.Average(),
                        "weighted", new Aggregation.WeightedSum(false))
                .get(name)
                .get();
    }

    private static long allocatedByEach(Aggregation aggregation, IntFunction<BigDecimal> quantity) {
        Meter meter = Meter.of("meter", "counted", aggregation);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            events.add(new Event("e" + i, START.plusSeconds(i), quantity.apply(i), HashMap.empty()));
        }
        Accumulator all = meter.accumulator(DAY, DAY.end(), CustomAggregations.NONE);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (Event event : events) {
            if (meter.accepts(event) && meter.groupOf(event).isEmpty()) {
                all.add(event);
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(all.count()).isEqualTo(events.size());
        return allocated / events.size();
    }
}

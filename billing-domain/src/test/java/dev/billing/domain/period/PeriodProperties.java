package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PeriodProperties {

    private static final int HOURS = 12;

    @Property(tries = 1_000)
    void a_period_contains_its_start_and_not_its_end(
            @ForAll("periods") Period period, @ForAll @IntRange(max = HOURS) int hour) {
        assertThat(period.contains(at(hour))).isEqualTo(hours(period).contains(hour));
    }

    @Property(tries = 1_000)
    void periods_relate_as_the_hours_in_them_do(@ForAll("periods") Period one, @ForAll("periods") Period other) {
        Set<Integer> shared = hours(one).stream().filter(hours(other)::contains).collect(Collectors.toSet());
        assertThat(one.overlaps(other)).isEqualTo(!shared.isEmpty());
        assertThat(one.encloses(other)).isEqualTo(shared.equals(hours(other)));
        assertThat(one.intersection(other).map(PeriodProperties::hours).getOrElse(Set.of()))
                .isEqualTo(shared);
        assertThat(one.intersection(other)).isEqualTo(other.intersection(one));
    }

    @Property(tries = 1_000)
    void parse_reads_what_to_string_writes(
            @ForAll("periods") Period period, @ForAll @IntRange(max = 999_999_999) int nanos) {
        Period fine = Period.of(period.start(), period.end().plusNanos(nanos));
        assertThat(Period.parse(fine.toString())).isEqualTo(fine).hasToString(fine.toString());
        assertThat(Period.parse(fine.toString()).millis()).isEqualTo(period.millis() + nanos / 1_000_000);
    }

    @Property(tries = 300)
    void a_period_without_time_is_refused(
            @ForAll @IntRange(max = HOURS) int start, @ForAll @IntRange(max = HOURS) int end) {
        if (start < end) {
            assertThat(Period.of(at(start), at(end)).millis()).isEqualTo((end - start) * 3_600_000L);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Period.of(at(start), at(end)))
                    .withMessageContaining(at(start) + "/" + at(end));
        }
    }

    @Example
    void other_spellings_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Period.parse("2017-02-01T00:00:00Z"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Period.parse("2017-02-01T00:00:00Z/2017-01-01T00:00:00Z"));
    }

    @Provide
    Arbitrary<Period> periods() {
        Arbitrary<Integer> hours = Arbitraries.integers().between(0, HOURS);
        return Combinators.combine(hours, hours)
                .as((one, other) -> Period.of(at(Math.min(one, other)), at(Math.max(one, other) + 1)))
                .withoutEdgeCases();
    }

    private static Instant at(int hour) {
        return Instant.parse("2026-10-31T20:00:00Z").plusSeconds(3_600L * hour);
    }

    private static Set<Integer> hours(Period period) {
        return IntStream.rangeClosed(0, HOURS + 1)
                .filter(hour -> !at(hour).isBefore(period.start()) && at(hour).isBefore(period.end()))
                .boxed()
                .collect(Collectors.toSet());
    }
}

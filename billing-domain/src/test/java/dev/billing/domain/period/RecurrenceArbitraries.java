package dev.billing.domain.period;

import dev.billing.domain.DomainArbitraries;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Recurrences whose anchors lean towards month ends, and instants that lean towards billing dates and changes of clocks. */
public final class RecurrenceArbitraries extends DomainContextBase {

    private static final long FIRST = Instant.parse("1996-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2036-01-01T00:00:00Z").getEpochSecond();

    /** A recurrence and an instant near one of its edges. */
    public record At(Recurrence recurrence, Instant instant) {

        Period period() {
            return recurrence.periodAt(instant);
        }
    }

    @Provide
    public Arbitrary<Interval> intervals() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.just(Interval.MONTHLY)),
                        Tuple.of(2, Arbitraries.of(1, 2, 3, 6, 12, 13, 24).map(Interval::ofMonths)),
                        Tuple.of(2, Arbitraries.of(1, 7, 10, 14, 30).map(Interval::ofDays)))
                .withoutEdgeCases();
    }

    @Provide
    public Arbitrary<Recurrence> recurrences() {
        Arbitrary<Integer> days = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(1)),
                Tuple.of(3, Arbitraries.integers().between(28, 31)),
                Tuple.of(2, Arbitraries.integers().between(1, 31)));
        Arbitrary<LocalTime> times = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(LocalTime.MIDNIGHT)),
                Tuple.of(
                        1,
                        Arbitraries.of("02:30", "14:30", "23:59:59", "00:00:01").map(LocalTime::parse)));
        Arbitrary<YearMonth> months = Arbitraries.integers()
                .between(0, 30 * 12)
                .map(n -> YearMonth.of(2000, 1).plusMonths(n));
        return Combinators.combine(months, days, times, intervals(), new DomainArbitraries().zones())
                .as(RecurrenceArbitraries::recurrence)
                .withoutEdgeCases();
    }

    @Provide
    public Arbitrary<At> moments() {
        return recurrences()
                .flatMap(recurrence -> instants(recurrence).map(instant -> new At(recurrence, instant)))
                .withoutEdgeCases();
    }

    private static Recurrence recurrence(YearMonth month, int day, LocalTime time, Interval interval, ZoneId zone) {
        LocalDate anchor = month.atDay(Math.min(day, month.lengthOfMonth()));
        return new Recurrence(anchor, day, time, interval, zone);
    }

    private static Arbitrary<Instant> instants(Recurrence recurrence) {
        Arbitrary<Instant> any = Arbitraries.longs().between(FIRST, LAST).map(Instant::ofEpochSecond);
        Arbitrary<Instant> changes = any.map(instant -> {
            ZoneOffsetTransition change = recurrence.zone().getRules().nextTransition(instant);
            return change == null ? instant : change.getInstant();
        });
        Arbitrary<Long> distances = Arbitraries.of(0L, 1L, 1_000L, 1_800_000L, 3_600_000L, 43_200_000L, 86_400_000L);
        return Combinators.combine(
                        Arbitraries.oneOf(any, changes, any.map(recurrence::next)), distances, Arbitraries.of(-1, 1))
                .as((instant, distance, side) -> instant.plusMillis(side * distance));
    }
}

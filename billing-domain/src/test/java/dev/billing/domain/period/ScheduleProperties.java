package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.period.RecurrenceArbitraries.At;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
@Domain(value = RecurrenceArbitraries.class, priority = 2)
class ScheduleProperties {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate FIRST_OF_MARCH = LocalDate.of(2023, 3, 1);

    @Property(tries = 1_000)
    void the_running_period_ends_when_it_would_have_and_the_next_on_the_first_date_in_the_new_zone(
            @ForAll At at, @ForAll ZoneId zone) {
        Schedule moved = Schedule.of(at.recurrence()).movedTo(zone, at.instant());
        Recurrence there = at.recurrence().in(zone);
        Period running = at.period();
        Instant handover = running.start().equals(at.instant()) ? at.instant() : running.end();

        Cycle next = moved.cycleAt(handover);
        assertThat(next.period().start()).isEqualTo(handover);
        assertThat(next.period().end()).isEqualTo(firstAfter(there, handover));
        assertThat(moved.cycleAt(handover.minusMillis(1)).period())
                .isEqualTo(at.recurrence().periodAt(handover.minusMillis(1)));
        assertThat(moved.cycleAt(next.period().end()).period())
                .isEqualTo(there.periodAt(next.period().end()));
    }

    @Property(tries = 500)
    void periods_have_no_gap_and_no_overlap_whatever_the_moves(
            @ForAll At at,
            @ForAll ZoneId second,
            @ForAll ZoneId third,
            @ForAll @IntRange(max = 2_000) int hours,
            @ForAll @IntRange(min = 1, max = 6_000) int span) {
        Instant start = at.instant();
        Schedule moved =
                Schedule.of(at.recurrence()).movedTo(second, start).movedTo(third, start.plusSeconds(3_600L * hours));
        Seq<Cycle> cycles = moved.cycles(Period.of(start.minusSeconds(86_400), start.plusSeconds(3_600L * span)))
                .toArray();
        Seq<Period> periods = cycles.map(Cycle::period);
        assertThat(periods.tail().map(Period::start))
                .containsExactlyElementsOf(periods.init().map(Period::end));
        periods.forEach(period ->
                assertThat(moved.cycleAt(period.end().minusNanos(1)).period()).isEqualTo(period));
    }

    @Property(tries = 500)
    void no_day_is_billed_twice_or_skipped(
            @ForAll At at, @ForAll ZoneId zone, @ForAll @IntRange(min = 1, max = 100) int days) {
        Schedule moved = Schedule.of(at.recurrence()).movedTo(zone, at.instant());
        Instant end = at.instant().plusSeconds(86_400L * days);
        Seq<Cycle> cycles = moved.cycles(Period.of(at.instant(), end)).toArray();
        long billed = cycles.map(cycle -> cycle.days()
                        .between(cycle.period().start(), cycle.period().end()))
                .sum()
                .longValue();
        LocalDate first = cycles.head().firstDay();
        LocalDate last = LocalDays.of(cycles.last().recurrence().zone())
                .dateAt(cycles.last().period().end());
        assertThat(first.plusDays(billed)).isEqualTo(last.isBefore(first) ? first : last);
    }

    @Property(tries = 500)
    void parts_of_a_period_sum_to_it_even_where_the_zone_changed(
            @ForAll At at,
            @ForAll ZoneId zone,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double part,
            @ForAll("additive") Proration proration) {
        Cycle cycle = Schedule.of(at.recurrence())
                .movedTo(zone, at.instant())
                .cycleAt(at.period().end());
        Period period = cycle.period();
        Instant cut = period.start().plusMillis(Math.round(period.millis() * part));
        Fraction parts = Fraction.of(proration.share(cycle, Period.of(period.start(), cut)))
                .plus(Fraction.of(proration.share(cycle, Period.of(cut, period.end()))));
        assertThat(parts).isEqualTo(Fraction.of(proration.share(cycle, period)));
    }

    @Provide
    Arbitrary<Proration> additive() {
        return Arbitraries.of(Proration.EXACT_TIME, Proration.BY_SECOND, Proration.CALENDAR_DAYS);
    }

    @Example
    void a_customer_who_moves_west_has_three_hours_until_the_first() {
        Schedule moved = months(NEW_YORK).movedTo(LOS_ANGELES, Instant.parse("2023-02-10T00:00:00Z"));
        Cycle next = moved.cycleAt(Instant.parse("2023-03-01T05:00:00Z"));
        assertThat(next.period()).hasToString("2023-03-01T05:00:00Z/2023-03-01T08:00:00Z");
        assertThat(Proration.EXACT_TIME.share(next, next.period())).isEqualTo(Ratio.of(3, 28 * 24));
        assertThat(Proration.CALENDAR_DAYS.share(next, next.period()))
                .as("February was billed with its 28 days already")
                .isEqualTo(Ratio.of(0, 28));
    }

    @Example
    void a_customer_who_moves_east_has_nearly_a_month_until_the_next() {
        Schedule moved = months(NEW_YORK).movedTo(BERLIN, Instant.parse("2023-02-10T00:00:00Z"));
        Cycle next = moved.cycleAt(Instant.parse("2023-03-01T05:00:00Z"));
        assertThat(next.period()).hasToString("2023-03-01T05:00:00Z/2023-03-31T22:00:00Z");
        assertThat(Proration.EXACT_TIME.share(next, next.period())).isEqualTo(Ratio.of(743 - 6, 743));
        assertThat(Proration.CALENDAR_DAYS.share(next, next.period())).isEqualTo(Ratio.ONE);
    }

    @Example
    void of_several_moves_in_one_period_the_last_counts() {
        Instant february = Instant.parse("2023-02-10T00:00:00Z");
        Schedule moved = months(NEW_YORK).movedTo(BERLIN, february).movedTo(LOS_ANGELES, february.plusSeconds(1));
        assertThat(moved.cycleAt(Instant.parse("2023-03-01T05:00:00Z")).period())
                .hasToString("2023-03-01T05:00:00Z/2023-03-01T08:00:00Z");
        Schedule later = moved.movedTo(BERLIN, Instant.parse("2023-03-20T00:00:00Z"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> later.movedTo(NEW_YORK, february))
                .withMessageContaining("order of time");
    }

    private static Schedule months(ZoneId zone) {
        return Schedule.of(Recurrence.of(FIRST_OF_MARCH, Interval.MONTHLY, zone));
    }

    /** Looks at the dates one after the other. */
    private static Instant firstAfter(Recurrence recurrence, Instant instant) {
        long n = recurrence.numberAt(instant.minusSeconds(3 * 86_400)) - 1;
        while (!recurrence.start(n).isAfter(instant)) {
            n++;
        }
        return recurrence.start(n);
    }
}

package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.period.RecurrenceArbitraries.At;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
@Domain(value = RecurrenceArbitraries.class, priority = 2)
class RecurrenceProperties {

    @Property(tries = 300)
    void billing_dates_are_those_that_a_calendar_shows_day_by_day(
            @ForAll Recurrence recurrence, @ForAll @IntRange(min = 1, max = 14) int many) {
        List<LocalDate> seen = new ArrayList<>();
        for (LocalDate day = recurrence.anchor(); seen.size() < many; day = day.plusDays(1)) {
            if (isBillingDate(recurrence, day)) {
                seen.add(day);
            }
        }
        assertThat(Array.range(0, many).map(recurrence::date)).containsExactlyElementsOf(seen);
    }

    @Property(tries = 300)
    void billing_dates_before_the_anchor_have_negative_numbers(
            @ForAll Recurrence recurrence, @ForAll @IntRange(min = 1, max = 14) int many) {
        List<LocalDate> seen = new ArrayList<>();
        for (LocalDate day = recurrence.anchor().minusDays(1); seen.size() < many; day = day.minusDays(1)) {
            if (isBillingDate(recurrence, day)) {
                seen.add(day);
            }
        }
        assertThat(Array.range(0, many).map(n -> recurrence.date(-1 - n))).containsExactlyElementsOf(seen);
    }

    @Property(tries = 2_000)
    void every_instant_lies_in_the_period_around_it(@ForAll At at) {
        long n = at.recurrence().numberAt(at.instant());
        assertThat(at.recurrence().periodAt(at.instant()))
                .isEqualTo(at.recurrence().period(n));
        assertThat(at.recurrence().period(n).contains(at.instant())).isTrue();
    }

    @Property(tries = 1_000)
    void a_period_begins_at_the_first_instant_whose_local_time_is_not_before_it(@ForAll At at) {
        Recurrence recurrence = at.recurrence();
        Instant start = at.period().start();
        LocalDateTime meant = recurrence.date(recurrence.numberAt(at.instant())).atTime(recurrence.time());
        assertThat(LocalDateTime.ofInstant(start, recurrence.zone())).isAfterOrEqualTo(meant);
        assertThat(LocalDateTime.ofInstant(start.minusMillis(1), recurrence.zone()))
                .isBefore(meant);
    }

    @Property(tries = 300)
    void the_number_at_an_instant_is_that_of_counting_from_the_anchor(
            @ForAll Recurrence recurrence, @ForAll @IntRange(min = -60_000, max = 60_000) int hours) {
        Instant instant = recurrence.start(0).plusSeconds(3_600L * hours);
        long counted = 0;
        while (recurrence.start(counted + 1).compareTo(instant) <= 0) {
            counted++;
        }
        while (recurrence.start(counted).compareTo(instant) > 0) {
            counted--;
        }
        assertThat(recurrence.numberAt(instant)).isEqualTo(counted);
    }

    @Property(tries = 1_000)
    void the_number_at_an_instant_is_computed_and_not_searched_for(@ForAll At at) {
        Recurrence recurrence = at.recurrence();
        LocalDate date = at.instant().atZone(recurrence.zone()).toLocalDate();
        assertThat(recurrence.interval().between(recurrence.anchor(), date))
                .isBetween(recurrence.numberAt(at.instant()) - 1, recurrence.numberAt(at.instant()) + 2);
    }

    @Property(tries = 500)
    void periods_follow_each_other_and_cover_a_span(@ForAll At at, @ForAll @IntRange(min = 1, max = 9_000) int hours) {
        Period span = Period.of(at.instant(), at.instant().plusSeconds(3_600L * hours));
        Seq<Period> periods = at.recurrence().periods(span).toArray();
        assertThat(periods.head().contains(span.start())).isTrue();
        assertThat(periods.last().start()).isBefore(span.end());
        assertThat(periods.last().end()).isAfterOrEqualTo(span.end());
        assertThat(periods.tail().map(Period::start))
                .containsExactlyElementsOf(periods.init().map(Period::end));
    }

    @Property(tries = 500)
    void billing_dates_are_counted_one_by_one(@ForAll At at, @ForAll @IntRange(min = 1, max = 9_000) int hours) {
        Recurrence recurrence = at.recurrence();
        Instant until = at.instant().plusSeconds(3_600L * hours);
        long passed = 0;
        long whole = 0;
        long n = recurrence.numberAt(at.instant());
        for (long next = n + 1; !recurrence.start(next).isAfter(until); next++) {
            passed++;
            whole += recurrence.start(next - 1).isBefore(at.instant()) ? 0 : 1;
        }
        assertThat(recurrence.elapsed(at.instant(), until)).isEqualTo(passed);
        assertThat(recurrence.wholePeriods(Period.of(at.instant(), until))).isEqualTo(whole);
    }

    @Property(tries = 1_000)
    void the_next_billing_date_ends_the_running_period(@ForAll At at) {
        assertThat(at.recurrence().next(at.instant())).isEqualTo(at.period().end());
        Instant later = at.recurrence().nextOnLaterDay(at.instant());
        LocalDays days = LocalDays.of(at.recurrence().zone());
        assertThat(later).isAfterOrEqualTo(at.period().end());
        assertThat(at.recurrence().date(at.recurrence().numberAt(later))).isAfter(days.dateAt(at.instant()));
    }

    @Property(tries = 500)
    void months_of_a_calendar_are_a_recurrence(@ForAll DomainArbitraries.Moment moment) {
        assertThat(moment.calendar().recurrence().periodAt(moment.instant())).isEqualTo(moment.period());
    }

    @Property(tries = 500)
    void calendar_periods_begin_on_the_first_or_on_monday(
            @ForAll Interval interval, @ForAll ZoneId zone, @ForAll @IntRange(min = -300, max = 300) int n) {
        LocalDate date = Recurrence.calendar(interval, zone).date(n);
        if (interval.unit() == Interval.Unit.MONTHS) {
            assertThat(date.getDayOfMonth()).isEqualTo(1);
            boolean unaligned = interval.count() == 13;
            assertThat(unaligned || (date.getMonthValue() - 1) % Math.min(12, interval.count()) == 0)
                    .isTrue();
        } else if (interval.count() % 7 == 0) {
            assertThat(date.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        }
    }

    @Property(tries = 500)
    void a_bill_cycle_day_is_that_day_or_the_last_of_the_month(
            @ForAll @IntRange(min = 1, max = 31) int day,
            @ForAll LocalDate start,
            @ForAll @IntRange(min = -50, max = 50) int n,
            @ForAll ZoneId zone) {
        Recurrence recurrence = Recurrence.onDayOfMonth(day, start, Interval.MONTHLY, zone);
        assertThat(recurrence.date(0).withDayOfMonth(1)).isEqualTo(start.withDayOfMonth(1));
        LocalDate date = recurrence.date(n);
        assertThat(date.getDayOfMonth() == day
                        || (date.getDayOfMonth() < day && date.getDayOfMonth() == date.lengthOfMonth()))
                .isTrue();
        assertThat(Recurrence.onDayOfMonth(day, start, Interval.WEEKLY, zone).anchor())
                .isEqualTo(start);
    }

    @Property(tries = 500)
    void an_anniversary_begins_on_the_day_or_at_the_instant(@ForAll At at) {
        ZoneId zone = at.recurrence().zone();
        Interval interval = at.recurrence().interval();
        LocalDays days = LocalDays.of(zone);
        assertThat(Recurrence.anniversary(at.instant(), interval, zone).start(0))
                .isEqualTo(days.startOf(days.dateAt(at.instant())));
        // the second time that a clock shows an hour is taken for the first
        assertThat(Recurrence.anniversaryToTheInstant(at.instant(), interval, zone)
                        .start(0)
                        .atZone(zone)
                        .toLocalDateTime())
                .isEqualTo(at.instant().atZone(zone).toLocalDateTime());
    }

    @Property(tries = 300)
    void parse_reads_what_to_string_writes(@ForAll Interval interval) {
        assertThat(Interval.parse(interval.toString())).isEqualTo(interval);
    }

    @Example
    void intervals_are_written_as_short_as_possible() {
        assertThat(Array.of(
                                Interval.DAILY,
                                Interval.ofWeeks(2),
                                Interval.MONTHLY,
                                Interval.QUARTERLY,
                                Interval.ofYears(1),
                                Interval.ofDays(10))
                        .mkString(" "))
                .isEqualTo("P1D P2W P1M P3M P1Y P10D");
        assertThat(Interval.YEARLY).isEqualTo(Interval.ofQuarters(4));
        assertThat(Interval.parse("P36525D")).isEqualTo(Interval.ofDays(36_525));
        Array.of("P1M1D", "P0D", "-P1M", "P-1D", "monthly", "P2Y-1M-1D", "P36526D")
                .forEach(text -> assertThatIllegalArgumentException()
                        .as(text)
                        .isThrownBy(() -> Interval.parse(text))
                        .withMessageContaining("interval"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Interval.ofDays(0))
                .withMessageContaining("1 to 36525");
    }

    @Example
    void a_time_that_the_clocks_skip_is_the_first_instant_after_the_gap() {
        Recurrence daily = Recurrence.of(
                LocalDate.of(2026, 3, 7), LocalTime.of(2, 30), Interval.DAILY, ZoneId.of("America/New_York"));
        assertThat(Array.of(0, 1, 2).map(daily::start).mkString(" "))
                .isEqualTo("2026-03-07T07:30:00Z 2026-03-08T07:00:00Z 2026-03-09T06:30:00Z");
    }

    @Example
    void a_day_that_a_zone_skipped_is_no_period() {
        Recurrence daily = Recurrence.of(LocalDate.of(2011, 12, 29), Interval.DAILY, ZoneId.of("Pacific/Apia"));
        Period last = daily.period(0);
        assertThatIllegalArgumentException().isThrownBy(() -> daily.period(1));
        assertThat(daily.periods(Period.of(last.start(), last.end().plusSeconds(1))))
                .containsExactly(last, daily.period(2));
        assertThat(last.end()).isEqualTo("2011-12-30T10:00:00Z");
    }

    @Example
    void an_anchor_that_was_clamped_remembers_its_day() {
        Recurrence recurrence =
                Recurrence.onDayOfMonth(31, LocalDate.of(2023, 2, 3), Interval.MONTHLY, ZoneId.of("UTC"));
        assertThat(Array.of(-1, 0, 1, 2).map(recurrence::date).mkString(" "))
                .isEqualTo("2023-01-31 2023-02-28 2023-03-31 2023-04-30");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recurrence(
                        LocalDate.of(2023, 2, 27), 31, recurrence.time(), Interval.MONTHLY, recurrence.zone()))
                .withMessageContaining("2023-02-27");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recurrence.onDayOfMonth(32, LocalDate.EPOCH, Interval.MONTHLY, recurrence.zone()))
                .withMessageContaining("1 to 31");
    }

    private static boolean isBillingDate(Recurrence recurrence, LocalDate day) {
        LocalDate anchor = recurrence.anchor();
        if (recurrence.interval().unit() == Interval.Unit.DAYS) {
            return Math.floorMod(
                            day.toEpochDay() - anchor.toEpochDay(),
                            recurrence.interval().count())
                    == 0;
        }
        int months = 12 * (day.getYear() - anchor.getYear()) + day.getMonthValue() - anchor.getMonthValue();
        boolean inTurn = Math.floorMod(months, recurrence.interval().count()) == 0;
        boolean lastOfShortMonth =
                day.getDayOfMonth() < recurrence.dayOfMonth() && day.plusDays(1).getDayOfMonth() == 1;
        return inTurn && (day.getDayOfMonth() == recurrence.dayOfMonth() || lastOfShortMonth);
    }
}

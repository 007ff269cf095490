package dev.billing.domain.period;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Stream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * Billing dates at equal intervals in one zone. Billing date <i>n</i> is the anchor + <i>n</i> × interval, clamped to the last day of a
 * month that is too short, always from the anchor and never from the date before: monthly from 31 January gives 28 February, 31 March.
 * Dates before the anchor have negative numbers. Finding the date around an instant takes the same time however far it lies.
 *
 * @param anchor billing date 0
 * @param dayOfMonth the day of the month that is meant, 31 for an anchor that was clamped to 28 February; the anchor's own where the
 *     interval is in days
 * @param time the local time at which a period begins and ends; where the clocks skip it, the first instant after the gap
 */
public record Recurrence(LocalDate anchor, int dayOfMonth, LocalTime time, Interval interval, ZoneId zone) {

    /** Begins a month, a quarter and a year. */
    private static final LocalDate FIRST_OF_YEARS = LocalDate.of(2000, 1, 1);

    /** A Monday. */
    private static final LocalDate FIRST_OF_WEEKS = LocalDate.of(2000, 1, 3);

    private static final int MAX_DAY = 31;

    /**
     * Checks the anchor.
     *
     * @throws IllegalArgumentException if the day of the month is not 1 to 31, or the anchor is not that day, nor the last of a shorter
     *     month
     */
    public Recurrence {
        requireNonNull(time, "time");
        requireNonNull(interval, "interval");
        requireNonNull(zone, "zone");
        if (!clamped(YearMonth.from(anchor), requireDayOfMonth(dayOfMonth)).equals(anchor)) {
            throw new IllegalArgumentException("An anchor must be on the day of the month " + dayOfMonth
                    + ", or on the last day of a shorter month, but was " + anchor);
        }
    }

    /** From an anchor, at midnight. */
    public static Recurrence of(LocalDate anchor, Interval interval, ZoneId zone) {
        return of(anchor, LocalTime.MIDNIGHT, interval, zone);
    }

    /** From an anchor, at a time of the day. */
    public static Recurrence of(LocalDate anchor, LocalTime time, Interval interval, ZoneId zone) {
        return new Recurrence(anchor, anchor.getDayOfMonth(), time, interval, zone);
    }

    /**
     * Aligned to the calendar, the same for everybody: months begin on the 1st, quarters in January, April, July and October, years on
     * 1 January, weeks on Monday. Several of them are counted from the first of 2000, so every two months begins in odd months.
     */
    public static Recurrence calendar(Interval interval, ZoneId zone) {
        return of(interval.isInWeeks() ? FIRST_OF_WEEKS : FIRST_OF_YEARS, interval, zone);
    }

    /**
     * Aligned to a day of the month, as Kill Bill's bill cycle day: the first date is in the month of {@code start}, and may be before
     * it. Intervals in days are anchored on {@code start} itself.
     *
     * @throws IllegalArgumentException if the day is not 1 to 31
     */
    public static Recurrence onDayOfMonth(int day, LocalDate start, Interval interval, ZoneId zone) {
        LocalDate first = clamped(YearMonth.from(start), requireDayOfMonth(day));
        return interval.isInMonths()
                ? new Recurrence(first, day, LocalTime.MIDNIGHT, interval, zone)
                : of(start, interval, zone);
    }

    /** Aligned to the beginning of something: its local day, from midnight. Kill Bill, Lago and Chargebee count anniversaries so. */
    public static Recurrence anniversary(Instant start, Interval interval, ZoneId zone) {
        return of(LocalDays.of(zone).dateAt(start), interval, zone);
    }

    /** Aligned to the beginning of something, to its local time of the day. Stripe counts anniversaries so. */
    public static Recurrence anniversaryToTheInstant(Instant start, Interval interval, ZoneId zone) {
        return of(start.atZone(zone).toLocalDate(), start.atZone(zone).toLocalTime(), interval, zone);
    }

    /** The same dates in another zone. */
    public Recurrence in(ZoneId newZone) {
        return new Recurrence(anchor, dayOfMonth, time, interval, newZone);
    }

    /** Billing date {@code n}. */
    public LocalDate date(long n) {
        return interval.isInMonths()
                ? clamped(YearMonth.from(anchor).plusMonths(n * interval.count()), dayOfMonth)
                : interval.after(anchor, n);
    }

    /** The instant at which period {@code n} begins and the one before it ends. */
    public Instant start(long n) {
        return LocalDays.at(zone, date(n), time);
    }

    /**
     * Period {@code n}, from billing date {@code n} to the next.
     *
     * @throws IllegalArgumentException if it is a single day that the zone skipped, such as 30 December 2011 in Samoa
     */
    public Period period(long n) {
        return Period.of(start(n), start(n + 1));
    }

    /** The number of the period that an instant falls into. */
    public long numberAt(Instant instant) {
        long n = interval.between(anchor, instant.atZone(zone).toLocalDate());
        while (start(n).isAfter(instant)) {
            n--;
        }
        while (!start(n + 1).isAfter(instant)) {
            n++;
        }
        return n;
    }

    /** The period that an instant falls into. */
    public Period periodAt(Instant instant) {
        return period(numberAt(instant));
    }

    /** The periods that share time with {@code span}, in order; days that the zone skipped are left out. */
    public Stream<Period> periods(Period span) {
        return Stream.iterate(periodAt(span.start()), period -> periodAt(period.end()))
                .takeWhile(period -> period.start().isBefore(span.end()));
    }

    /** The first billing date after an instant. */
    public Instant next(Instant after) {
        return start(numberAt(after) + 1);
    }

    /**
     * The first billing date on a later local day than that of an instant, as Flexprice counts: daily at 14:30, the one after
     * 10 March 08:00 is on 11 March, because 10 March has begun.
     */
    public Instant nextOnLaterDay(Instant after) {
        LocalDate day = LocalDays.of(zone).dateAt(after);
        long n = numberAt(after) + 1;
        return date(n).isAfter(day) ? start(n) : start(n + 1);
    }

    /** How many billing dates lie after {@code from}, up to and including {@code until}; Meteroid's elapsed cycles. */
    public long elapsed(Instant from, Instant until) {
        return numberAt(until) - numberAt(from);
    }

    /** How many whole periods fit into a span between billing dates; parts at both ends do not count. */
    public long wholePeriods(Period span) {
        long first = numberAt(span.start());
        return Math.max(0, numberAt(span.end()) - (start(first).equals(span.start()) ? first : first + 1));
    }

    /** The day of a month, or its last if it has no such day. */
    static LocalDate clamped(YearMonth month, int day) {
        return month.atDay(Math.min(day, month.lengthOfMonth()));
    }

    static int requireDayOfMonth(int day) {
        if (day < 1 || day > MAX_DAY) {
            throw new IllegalArgumentException("A day of the month must be 1 to " + MAX_DAY + ", but was " + day);
        }
        return day;
    }
}

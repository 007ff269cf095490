package dev.billing.domain.period;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Stream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Cuts time into months that begin on one day of the month, at the first instant of that day in one zone.
 * <p>
 * An anchor day that a month lacks is clamped to the month's last day, always from the anchor and never from the month before: an
 * anchor on the 31st gives 31 January, 28 February, 31 March. Months around a change of clocks are an hour longer or shorter.
 */
public record BillingCalendar(ZoneId zone, int anchorDay) {

    /** Calendar months in UTC. */
    public static final BillingCalendar UTC_MONTHS = monthly(ZoneOffset.UTC);

    private static final YearMonth ANY_MONTH = YearMonth.of(2000, 1);

    /**
     * @throws IllegalArgumentException if the anchor day is not 1 to 31
     */
    public BillingCalendar {
        requireNonNull(zone, "zone");
        if (anchorDay < 1 || anchorDay > 31) {
            throw new IllegalArgumentException("Anchor day must be 1 to 31, but was " + anchorDay);
        }
    }

    /** Calendar months in {@code zone}. */
    public static BillingCalendar monthly(ZoneId zone) {
        return new BillingCalendar(zone, 1);
    }

    /** Months in {@code zone} that begin on {@code anchorDay}. */
    public static BillingCalendar monthly(ZoneId zone, int anchorDay) {
        return new BillingCalendar(zone, anchorDay);
    }

    /** The period that begins in {@code month}. */
    public Period period(YearMonth month) {
        return Period.of(startOf(anchorIn(month)), startOf(anchorIn(month.plusMonths(1))));
    }

    /** The period that {@code instant} falls into. */
    public Period periodAt(Instant instant) {
        return period(monthAt(instant));
    }

    /** The month in which the period around {@code instant} begins. */
    public YearMonth monthAt(Instant instant) {
        YearMonth month = YearMonth.from(dateAt(instant));
        return instant.isBefore(startOf(anchorIn(month))) ? month.minusMonths(1) : month;
    }

    /** All periods from the one around {@code first} to the one around {@code last}, in order; none if last is in an earlier one. */
    public Stream<Period> periods(Instant first, Instant last) {
        YearMonth lastMonth = monthAt(last);
        return Stream.iterate(monthAt(first), month -> month.plusMonths(1))
                .takeWhile(month -> !month.isAfter(lastMonth))
                .map(this::period);
    }

    /** The local date of an instant. Dates never go back: an hour that the clocks return to the day before stays on its day. */
    public LocalDate dateAt(Instant instant) {
        return LocalDays.of(zone).dateAt(instant);
    }

    /** The first instant of a local date; where that day has no midnight, the first instant after the gap. */
    public Instant startOf(LocalDate date) {
        return LocalDays.of(zone).startOf(date);
    }

    /** How many local days a period has, by the dates it starts and ends on. */
    public long days(Period period) {
        return LocalDays.of(zone).between(period.start(), period.end());
    }

    /** The same months as a recurrence. */
    public Recurrence recurrence() {
        return new Recurrence(anchorIn(ANY_MONTH), anchorDay, LocalTime.MIDNIGHT, Interval.MONTHLY, zone);
    }

    private LocalDate anchorIn(YearMonth month) {
        return Recurrence.clamped(month, anchorDay);
    }
}

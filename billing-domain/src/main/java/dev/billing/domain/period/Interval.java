package dev.billing.domain.period;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much time lies between two billing dates: a number of days or of months. A week is seven days, a quarter three months and a year
 * twelve, so {@code ofQuarters(4)} equals {@code ofYears(1)}.
 */
public record Interval(int count, Unit unit) {

    /** What an interval counts. */
    public enum Unit {
        /** Local days; after a change of clocks they are an hour longer or shorter. */
        DAYS,
        /** Calendar months of 28 to 31 days. */
        MONTHS
    }

    /** Every day. */
    public static final Interval DAILY = ofDays(1);

    /** Every week. */
    public static final Interval WEEKLY = ofWeeks(1);

    /** Every month. */
    public static final Interval MONTHLY = ofMonths(1);

    /** Every quarter of a year. */
    public static final Interval QUARTERLY = ofQuarters(1);

    /** Every year. */
    public static final Interval YEARLY = ofYears(1);

    /** The longest interval in days, a hundred years: no sum of dates overflows. */
    private static final int MAX_COUNT = 36_525;

    private static final int DAYS_IN_WEEK = 7;
    private static final int MONTHS_IN_QUARTER = 3;
    private static final int MONTHS_IN_YEAR = 12;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not 1 to 36525
     */
    public Interval {
        requireNonNull(unit, "unit");
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException(
                    "An interval must be 1 to " + MAX_COUNT + " " + unit + ", but was " + count);
        }
    }

    public static Interval ofDays(int count) {
        return new Interval(count, Unit.DAYS);
    }

    public static Interval ofWeeks(int count) {
        return ofDays(Math.multiplyExact(count, DAYS_IN_WEEK));
    }

    public static Interval ofMonths(int count) {
        return new Interval(count, Unit.MONTHS);
    }

    public static Interval ofQuarters(int count) {
        return ofMonths(Math.multiplyExact(count, MONTHS_IN_QUARTER));
    }

    public static Interval ofYears(int count) {
        return ofMonths(Math.multiplyExact(count, MONTHS_IN_YEAR));
    }

    /**
     * Reads an ISO 8601 period of one unit, such as {@code P10D}, {@code P2W}, {@code P3M} or {@code P1Y}.
     *
     * @throws IllegalArgumentException if it is written otherwise, or has several units
     */
    public static Interval parse(String text) {
        java.time.Period period = parsed(text);
        long months = period.toTotalMonths();
        if ((months == 0) == (days(period) == 0)) {
            throw notAnInterval(text, null);
        }
        return months == 0 ? ofDays(Math.toIntExact(days(period))) : ofMonths(Math.toIntExact(months));
    }

    private static long days(java.time.Period period) {
        return period.get(ChronoUnit.DAYS);
    }

    private static java.time.Period parsed(String text) {
        try {
            return java.time.Period.parse(text);
        } catch (DateTimeParseException e) {
            throw notAnInterval(text, e);
        }
    }

    private static IllegalArgumentException notAnInterval(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "An interval must be written like P10D, P2W, P3M or P1Y, but was '" + text + "'", cause);
    }

    /** The date {@code times} intervals after another, or before it; a day that a month lacks becomes the month's last. */
    public LocalDate after(LocalDate date, long times) {
        return unit == Unit.DAYS ? date.plusDays(times * count) : date.plusMonths(times * count);
    }

    /** The same local time one interval later. */
    public Instant after(Instant instant, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        return LocalDays.at(zone, after(local.toLocalDate(), 1), local.toLocalTime());
    }

    /** How many intervals lie between two dates, rounded down, when only days or only months are looked at. */
    long between(LocalDate first, LocalDate last) {
        return Math.floorDiv(inUnits(last) - inUnits(first), count);
    }

    boolean isInMonths() {
        return unit == Unit.MONTHS;
    }

    boolean isInWeeks() {
        return unit == Unit.DAYS && count % DAYS_IN_WEEK == 0;
    }

    private long inUnits(LocalDate date) {
        return isInMonths() ? date.getLong(ChronoField.PROLEPTIC_MONTH) : date.toEpochDay();
    }

    /** As short as ISO 8601 allows: {@code P10D}, {@code P2W}, {@code P3M}, {@code P1Y}. */
    @Override
    public String toString() {
        if (isInMonths()) {
            return count % MONTHS_IN_YEAR == 0 ? "P" + count / MONTHS_IN_YEAR + "Y" : "P" + count + "M";
        }
        return isInWeeks() ? "P" + count / DAYS_IN_WEEK + "W" : "P" + count + "D";
    }
}

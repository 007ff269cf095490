package dev.billing.domain.profile;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.period.Period;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The times of one thing in one month of {@link Morpheus}, in milliseconds, and the ratios that follow from them. A month is taken to
 * end one second before the next begins.
 *
 * @param from when the thing came, or the month began
 * @param until when the thing went, or the last second of the month
 * @param costDate up to when costs are known
 * @param offMillis how long it was powered off within the month, so far
 */
public record Metering(Period month, Instant from, Instant until, Instant costDate, long offMillis) {

    public Metering {
        requireNonNull(month, "month");
        requireNonNull(from, "from");
        requireNonNull(until, "until");
        requireNonNull(costDate, "costDate");
        if (offMillis < 0) {
            throw new IllegalArgumentException("Off time must not be negative, but was " + offMillis);
        }
    }

    /**
     * The times of a thing that exists within the month.
     *
     * @throws IllegalArgumentException if it does not
     */
    public static Metering of(
            Period month, Instant createdAt, Option<Instant> deletedAt, Instant costDate, long offMillis) {
        Instant last = lastSecond(month);
        Instant from = later(createdAt, month.start());
        if (!from.isBefore(month.end()) || deletedAt.exists(from::isAfter)) {
            throw new IllegalArgumentException("A thing must exist within " + month + ", but was there from "
                    + createdAt + deletedAt.map(deleted -> " until " + deleted).getOrElse(""));
        }
        // what came within the last second is there for no time at all
        Instant until =
                later(from, deletedAt.map(deleted -> earlier(deleted, last)).getOrElse(last));
        return new Metering(month, from, until, costDate, offMillis);
    }

    /** The last second of a month, which is the end that is shown. */
    public static Instant lastSecond(Period month) {
        return month.end().minusSeconds(1);
    }

    /** The month. */
    public long length() {
        return millis(month.start(), lastSecond(month));
    }

    /** How much of the thing's time costs are known for. */
    public long span() {
        return Math.max(0, millis(from, earlier(costDate, until)));
    }

    /** All of the thing's time in the month. */
    public long life() {
        return millis(from, until);
    }

    /** How long it was there and powered, so far. */
    public long uptime() {
        return Math.max(0, span() - offMillis);
    }

    /** How long it was there and not powered, so far. */
    public long downtime() {
        return Math.min(offMillis, span());
    }

    /** Uptime ÷ month. */
    public BigDecimal runningMultiplier() {
        return MorpheusArithmetic.ratio(uptime(), length());
    }

    /** The cost date, but not beyond the thing's end. */
    public Instant lastCostDate() {
        return earlier(costDate, until);
    }

    /** Whether what is known so far is projected to the end: not once the month is closed, and not from nothing. */
    public boolean projects() {
        return costDate.isBefore(lastSecond(month)) && span() > 0;
    }

    /** The same with costs known up to another instant. */
    public Metering asOf(Instant otherCostDate) {
        return new Metering(month, from, until, otherCostDate, offMillis);
    }

    private static long millis(Instant start, Instant end) {
        return end.toEpochMilli() - start.toEpochMilli();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

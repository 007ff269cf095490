package dev.billing.domain.period;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * The span of time that an invoice or a line bills for.
 * <p>
 * A period includes its start and excludes its end, and is never empty. Wire formats that show an inclusive end convert at the edge.
 */
public record Period(Instant start, Instant end) {

    /**
     * @throws IllegalArgumentException if the end is not after the start
     */
    public Period {
        requireNonNull(start, "start");
        requireNonNull(end, "end");
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("Period must end after it starts, but was " + start + "/" + end);
        }
    }

    public static Period of(Instant start, Instant end) {
        return new Period(start, end);
    }

    /** The calendar month, cut at midnight in {@code zone}. */
    public static Period ofMonth(YearMonth month, ZoneId zone) {
        return BillingCalendar.monthly(zone).period(month);
    }

    /** Reads exactly what {@link #toString} writes: two instants with a slash between. */
    public static Period parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("Period must be written as start/end, but was '" + text + "'");
        }
        return of(Instant.parse(text.substring(0, slash)), Instant.parse(text.substring(slash + 1)));
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    public boolean encloses(Period other) {
        return !other.start.isBefore(start) && !other.end.isAfter(end);
    }

    /** Whether both share time; periods that only touch do not. */
    public boolean overlaps(Period other) {
        return start.isBefore(other.end) && other.start.isBefore(end);
    }

    /** The time both periods share; none when they do not overlap, even if they touch. */
    public Option<Period> intersection(Period other) {
        return Option.when(overlaps(other), () -> of(later(start, other.start), earlier(end, other.end)));
    }

    /** Its length in milliseconds; finer digits are cut from both ends. */
    public long millis() {
        return end.toEpochMilli() - start.toEpochMilli();
    }

    /** Start and end as ISO 8601 instants: {@code 2017-02-01T00:00:00Z/2017-03-01T00:00:00Z}. */
    @Override
    public String toString() {
        return start + "/" + end;
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * For how long a commercial term holds. It counts for the periods that begin while it holds: three months from 15 January on, with
 * periods that begin on the first, count for February, March and April.
 *
 * @param from the first instant; none if it always held
 * @param until the first instant at which it no longer holds; none if it has no end
 */
public record Validity(Option<Instant> from, Option<Instant> until) {

    /** Without beginning or end. */
    public static final Validity ALWAYS = new Validity(Option.none(), Option.none());

    /**
     * Keeps both in milliseconds.
     *
     * @throws IllegalArgumentException if it does not end after it begins
     */
    public Validity {
        from = from.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
        until = until.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
        if (from.isDefined() && until.isDefined() && !from.get().isBefore(until.get())) {
            throw new IllegalArgumentException(
                    "A validity must end after it begins, but was " + from.get() + "/" + until.get());
        }
    }

    /** From an instant on, without end. */
    public static Validity from(Instant from) {
        return new Validity(Option.some(from), Option.none());
    }

    public static Validity between(Instant from, Instant until) {
        return new Validity(Option.some(from), Option.some(until));
    }

    /**
     * A number of months of a zone: from 31 January on, one month ends on 28 February, two end on 31 March.
     *
     * @throws IllegalArgumentException if the number is not 1 or more
     */
    public static Validity ofMonths(Instant from, int months, ZoneId zone) {
        requireNonNull(from, "from");
        if (months < 1) {
            throw new IllegalArgumentException("A validity must last 1 month or more, but was " + months);
        }
        return between(from, from.atZone(zone).plusMonths(months).toInstant());
    }

    /** Whether it holds at an instant. */
    public boolean holdsAt(Instant instant) {
        return from.forAll(first -> !instant.isBefore(first)) && until.forAll(instant::isBefore);
    }
}

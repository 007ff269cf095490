package dev.billing.jdbc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Instants as the databases keep them: in microseconds, in the years 1 to 9999. */
final class Timestamps {

    /** No instant that is kept is as early as this. */
    private static final Instant BEFORE_ALL = Instant.parse("0001-01-01T00:00:00Z");

    /** No instant that is kept is as late as this. */
    private static final Instant AFTER_ALL = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Timestamps() {}

    static boolean keeps(Instant instant) {
        return instant.isAfter(BEFORE_ALL)
                && instant.isBefore(AFTER_ALL)
                && instant.equals(instant.truncatedTo(ChronoUnit.MICROS));
    }

    static OffsetDateTime exact(Instant instant) {
        if (!keeps(instant)) {
            throw new IllegalArgumentException("An instant must be whole microseconds between " + BEFORE_ALL + " and "
                    + AFTER_ALL + " to be kept, but was " + instant);
        }
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** What is kept and after, or not after, the instant is after, or not after, this. */
    static OffsetDateTime floor(Instant instant) {
        return within(instant).truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** What is kept and before, or not before, the instant is before, or not before, this. */
    static OffsetDateTime ceiling(Instant instant) {
        Instant floor = within(instant).truncatedTo(ChronoUnit.MICROS);
        Instant ceiling = floor.isBefore(within(instant)) ? floor.plus(1, ChronoUnit.MICROS) : floor;
        return ceiling.atOffset(ZoneOffset.UTC);
    }

    private static Instant within(Instant instant) {
        if (instant.isBefore(BEFORE_ALL)) {
            return BEFORE_ALL;
        }
        return instant.isAfter(AFTER_ALL) ? AFTER_ALL : instant;
    }
}

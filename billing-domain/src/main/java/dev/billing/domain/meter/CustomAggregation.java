package dev.billing.domain.meter;

import dev.billing.domain.period.Period;
import java.time.Instant;

/**
 * An aggregation of the host's own. Implement this when none of the others counts what is sold, and keep what {@link Accumulator} asks:
 * the same quantity in whatever order and parts the readings arrive.
 */
@FunctionalInterface
public interface CustomAggregation {

    /**
     * A new accumulator of what happens in a period.
     *
     * @param asOf the instant at which it is looked at: nothing after it has happened yet
     */
    Accumulator accumulator(Period period, Instant asOf);
}

package dev.billing.domain.meter;

import dev.billing.domain.period.Period;
import java.time.Instant;

/**
 * An aggregation of the host's own. Implement this when none of the others counts what is sold, and prove the implementation by extending
 * {@code CustomAggregationContract} from billing-testkit.
 * <ol>
 *   <li>G1: the order in which readings are added does not matter. Who needs an order sorts them by {@link Reading#at} and
 *       {@link Reading#key}.
 *   <li>G2: readings that were added to several accumulators and merged, in any order and grouping, give the quantity and the count that
 *       one accumulator of all of them gives. What cannot be made from parts keeps what it needs: a mean its sum, a median its readings.
 *   <li>G3: {@code merge} refuses an accumulator of another aggregation.
 *   <li>G4: accumulators share nothing.
 *   <li>G5: {@code result} and {@code count} change nothing, and readings may be added after them.
 *   <li>G6: {@code count} is the number of all readings that were added.
 * </ol>
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

package dev.billing.domain.meter;

import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * A quantity in the making. It takes readings in any order; those that were taken apart from others are put together with
 * {@link #merge}, in any order and grouping, and give what one accumulator of all of them gives. Not for use by many threads at once:
 * each has its own, and they are merged.
 */
public interface Accumulator {

    /** Takes one reading. */
    void add(Reading reading);

    /**
     * Takes what another one has taken; the other must not be used afterwards.
     *
     * @throws IllegalArgumentException if the other was not begun by the same aggregation for the same period
     */
    void merge(Accumulator other);

    /** How many readings were taken. */
    long count();

    /**
     * The quantity, exact but for one division where the aggregation divides.
     *
     * @param rounding how the quantity is cut; where there is none, quotients are cut as {@link Aggregation#QUOTIENTS} says and nothing
     *     else is cut
     */
    BigDecimal result(Option<QuantityRounding> rounding);
}

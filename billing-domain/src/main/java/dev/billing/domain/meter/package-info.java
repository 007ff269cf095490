/**
 * How facts become a quantity. A {@link dev.billing.domain.meter.Meter} says which facts count and what divides them into groups; its
 * {@link dev.billing.domain.meter.Aggregation} says how they add up, in any order and in parts that merge: in an
 * {@link dev.billing.domain.meter.Accumulator}, which takes {@link dev.billing.domain.meter.Reading}s.
 */
@NullMarked
package dev.billing.domain.meter;

import org.jspecify.annotations.NullMarked;

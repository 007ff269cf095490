/**
 * Time that is billed. A {@link dev.billing.domain.period.Period} is half-open; a {@link dev.billing.domain.period.BillingCalendar}
 * cuts time into them; an {@link dev.billing.domain.period.Existence} is how long a thing was there; a
 * {@link dev.billing.domain.period.Proration} says which share of a period that makes.
 */
@NullMarked
package dev.billing.domain.period;

import org.jspecify.annotations.NullMarked;

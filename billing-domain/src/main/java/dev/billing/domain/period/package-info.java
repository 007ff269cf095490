/**
 * Time that is billed. A {@link dev.billing.domain.period.Period} is half-open; a {@link dev.billing.domain.period.BillingCalendar}
 * cuts time into months, a {@link dev.billing.domain.period.Recurrence} at any {@link dev.billing.domain.period.Interval}, and a
 * {@link dev.billing.domain.period.Schedule} follows a customer from zone to zone. An {@link dev.billing.domain.period.Existence} is how
 * long a thing was there; a {@link dev.billing.domain.period.Proration} says which share of a period that makes.
 */
@NullMarked
package dev.billing.domain.period;

import org.jspecify.annotations.NullMarked;

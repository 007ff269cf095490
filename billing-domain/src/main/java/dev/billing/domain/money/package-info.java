/**
 * Exact amounts of money. {@link dev.billing.domain.money.Money} adds and multiplies without losing a digit; it is divided only by a
 * {@link dev.billing.domain.money.Ratio} or a stated divisor, with a {@link dev.billing.domain.money.Rounding} that the caller names.
 * {@link dev.billing.domain.money.Allocation} splits an amount into parts that add up again.
 */
@NullMarked
package dev.billing.domain.money;

import org.jspecify.annotations.NullMarked;

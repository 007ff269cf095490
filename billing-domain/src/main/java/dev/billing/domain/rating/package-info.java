/**
 * Facts and prices become lines. A {@link dev.billing.domain.rating.Rater} rates lifetimes and usage, a
 * {@link dev.billing.domain.rating.UsageRater} counts usage of any length in one pass, a
 * {@link dev.billing.domain.rating.SubscriptionRater} finds what is due for subscriptions. A {@link dev.billing.domain.rating.Settlement}
 * applies an account's {@link dev.billing.domain.rating.Terms}: discounts, minimums, maximums, taxes and prepaid credit.
 */
@NullMarked
package dev.billing.domain.rating;

import org.jspecify.annotations.NullMarked;

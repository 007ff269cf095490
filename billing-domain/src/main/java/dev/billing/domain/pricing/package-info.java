/**
 * What is sold and for how much. A {@link dev.billing.domain.pricing.PriceBook} is a dated version of a price list; it maps a sku to a
 * {@link dev.billing.domain.pricing.Product} with a {@link dev.billing.domain.pricing.PricingRule}, which prices a
 * {@link dev.billing.domain.pricing.Measure} in {@link dev.billing.domain.pricing.Part}s. What was agreed with a customer is a
 * {@link dev.billing.domain.pricing.Rate}: it stays when the price book moves on. {@link dev.billing.domain.pricing.Recurring} says when a
 * price comes again; {@link dev.billing.domain.pricing.Discount}, {@link dev.billing.domain.pricing.Commitment} and
 * {@link dev.billing.domain.pricing.SpendLimit} change what lines come to. {@link dev.billing.domain.pricing.PriceBookNotation} is how all of
 * it is written.
 */
@NullMarked
package dev.billing.domain.pricing;

import org.jspecify.annotations.NullMarked;

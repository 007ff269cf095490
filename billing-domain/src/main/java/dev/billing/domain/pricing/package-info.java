/**
 * What is sold and for how much. A {@link dev.billing.domain.pricing.PriceBook} is a dated version of a price list; it maps a sku to a
 * {@link dev.billing.domain.pricing.Product} with a {@link dev.billing.domain.pricing.PricingRule}. What was agreed with a customer is a
 * {@link dev.billing.domain.pricing.Rate}: it stays when the price book moves on.
 */
@NullMarked
package dev.billing.domain.pricing;

import org.jspecify.annotations.NullMarked;

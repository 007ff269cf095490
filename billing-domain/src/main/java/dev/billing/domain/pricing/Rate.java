package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;

/**
 * A price that was agreed: one product's rule, as one version of a price book had it. It does not move when the price book does.
 */
public record Rate(PriceBookVersion source, String sku, String category, String unit, PricingRule rule) {

    public Rate {
        requireNonNull(source, "source");
        Checks.requireId(sku, "Sku");
        Checks.requireId(category, "Category");
        Checks.requireText(unit, "Unit");
        requireNonNull(rule, "rule");
    }
}

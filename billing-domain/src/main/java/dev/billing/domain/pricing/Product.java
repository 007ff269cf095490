package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import io.vavr.control.Option;

/**
 * Something that is sold.
 *
 * @param sku the code it is sold under
 * @param category the group of lines it belongs to, such as {@code addon} or {@code compute}
 * @param unit what one of it is, such as {@code month} or {@code GB}
 * @param rule how a quantity of it becomes an amount
 * @param meter the meter whose usage it prices; none if it is sold for as long as it exists
 */
public record Product(String sku, String category, String unit, PricingRule rule, Option<String> meter) {

    public Product {
        Checks.requireId(sku, "Sku");
        Checks.requireId(category, "Category");
        Checks.requireText(unit, "Unit");
        requireNonNull(rule, "rule");
        meter.forEach(name -> Checks.requireId(name, "Meter"));
    }
}

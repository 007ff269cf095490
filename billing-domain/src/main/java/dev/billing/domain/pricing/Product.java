package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/**
 * Something that is sold.
 *
 * @param sku the code it is sold under
 * @param category the group of lines it belongs to, such as {@code addon} or {@code compute}
 * @param unit what one of it is, such as {@code month} or {@code GB}
 * @param rule how a quantity of it becomes an amount
 * @param meter the meter whose usage it prices; none if it is sold for as long as it exists, or prices several; see {@link #meters}
 */
public record Product(String sku, String category, String unit, PricingRule rule, Option<String> meter) {

    public Product {
        Checks.requireId(sku, "Sku");
        Checks.requireId(category, "Category");
        Checks.requireText(unit, "Unit");
        requireNonNull(rule, "rule");
        meter.forEach(name -> Checks.requireId(name, "Meter"));
        if (rule instanceof Capacity capacity) {
            requirePricesAll(sku, capacity, meter);
        }
    }

    private static void requirePricesAll(String sku, Capacity capacity, Option<String> meter) {
        if (!capacity.tiers().last().byUnit().values().forAll(Option::isEmpty)) {
            throw new IllegalArgumentException("A product must have a price for any capacity, but the last tier of '"
                    + sku + "' has limits: " + capacity);
        }
        if (!capacity.tiers().head().byUnit().keySet().containsAll(meter)) {
            throw new IllegalArgumentException("A product's capacity must limit what its meter counts, but '" + sku
                    + "' is metered by '" + meter.get() + "' and has " + capacity);
        }
    }

    /** The names of all meters whose usage it prices, each once: its own, and the units of a {@link Capacity}. */
    public Seq<String> meters() {
        return rule instanceof Capacity capacity
                ? meter.toArray()
                        .appendAll(capacity.tiers()
                                .head()
                                .byUnit()
                                .keySet()
                                .toArray()
                                .sorted())
                        .distinct()
                : meter.toArray();
    }
}

package dev.billing.domain.tax;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;

/**
 * What a line charges before taxes are known.
 *
 * @param amount after all discounts; with the taxes that its price includes
 */
public record TaxableLine(LineId id, String sku, String category, Money amount) {

    public TaxableLine {
        requireNonNull(id, "id");
        Checks.requireId(sku, "Sku");
        Checks.requireId(category, "Category");
        requireNonNull(amount, "amount");
    }
}

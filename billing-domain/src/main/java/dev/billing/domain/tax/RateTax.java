package dev.billing.domain.tax;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;

/**
 * What one rate takes of a document.
 *
 * @param taxable the net sum of the lines it is due on
 * @param amount the sum of what it takes of them
 */
public record RateTax(TaxRate rate, Money taxable, Money amount) {

    public RateTax {
        requireNonNull(rate, "rate");
        requireNonNull(taxable, "taxable");
        requireNonNull(amount, "amount");
    }
}

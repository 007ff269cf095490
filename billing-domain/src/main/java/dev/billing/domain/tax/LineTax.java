package dev.billing.domain.tax;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;

/** What one rate takes of one line. */
public record LineTax(TaxRate rate, Money amount) {

    public LineTax {
        requireNonNull(rate, "rate");
        requireNonNull(amount, "amount");
    }
}

package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Side;
import dev.billing.domain.period.Period;

/**
 * A cost as a provider reports it.
 *
 * @param provider who charges it
 * @param account whose it is
 * @param billingPeriod the month of the provider's bill that it is on; the line's own period may lie outside
 * @param line has a cost and no price
 */
public record ProvidedCost(String provider, AccountId account, Period billingPeriod, LineItem line) {

    /**
     * Checks that it is one.
     *
     * @throws IllegalArgumentException if the line has no cost, or has a price
     */
    public ProvidedCost {
        requireNonNull(provider, "provider");
        requireNonNull(account, "account");
        requireNonNull(billingPeriod, "billingPeriod");
        if (line.amount(Side.COST).isEmpty() || line.price().isDefined()) {
            throw new IllegalArgumentException("A provided cost must have a cost and no price, but was " + line);
        }
    }
}

package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Money;

/**
 * The most that is charged for a period. What the lines of its scope have beyond it, after line discounts and true-ups, is given back on
 * a negative line: with a maximum of 125.00 and charges of 150.00, one of −25.00 (OpenMeter). It is given back once, on the last document
 * of a period, for all documents of the period.
 *
 * @param id what its negative line is known by
 * @param category of the negative line, which decides about its taxes; that of the lines it limits, where they have one
 */
public record SpendLimit(String id, Scope scope, String category, Money maximum) {

    /**
     * @throws IllegalArgumentException if the maximum is negative
     */
    public SpendLimit {
        Checks.requireId(id, "Limit id");
        requireNonNull(scope, "scope");
        Checks.requireId(category, "Category");
        if (maximum.isNegative()) {
            throw new IllegalArgumentException("A maximum must not be negative, but was " + maximum);
        }
    }
}

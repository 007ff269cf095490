package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;

/**
 * The least that is charged for a period. What the lines of its scope lack, after line discounts, is charged on a true-up line: with a
 * minimum of 150.00 and charges of 100.00, one of 50.00. It is charged once, on the last document of a period.
 *
 * @param id what its true-up line is known by
 * @param category of the true-up line, which decides about its taxes
 * @param minimum for a whole period
 * @param prorated whether it shrinks with a shorter period: of 30.00 for 6 of 7 days, 25.71 are left (Lago)
 */
public record Commitment(String id, Scope scope, String category, Money minimum, boolean prorated) {

    /**
     * @throws IllegalArgumentException if the minimum is negative
     */
    public Commitment {
        Checks.requireId(id, "Commitment id");
        requireNonNull(scope, "scope");
        Checks.requireId(category, "Category");
        if (minimum.isNegative()) {
            throw new IllegalArgumentException("A minimum must not be negative, but was " + minimum);
        }
    }

    /** The least that is charged for a share of a period. */
    public Money minimum(Ratio share, Rounding rounding) {
        return minimum.times(prorated ? share : Ratio.ONE, rounding);
    }
}

package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;

/**
 * What one grant paid of one line.
 *
 * @param grant the id of the {@link CreditGrant}
 */
public record CreditUse(String grant, LineId line, Money amount) {

    /**
     * @throws IllegalArgumentException if the amount is not positive
     */
    public CreditUse {
        Checks.requireId(grant, "Grant id");
        requireNonNull(line, "line");
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("A use of credit must be positive, but was " + amount);
        }
    }
}

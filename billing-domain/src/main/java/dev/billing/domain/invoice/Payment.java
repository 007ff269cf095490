package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Money that was received for a document. We record payments; we never take them. */
public record Payment(String id, Money amount, Instant at) {

    /**
     * Keeps {@code at} in milliseconds.
     *
     * @throws IllegalArgumentException if the amount is negative
     */
    public Payment {
        Checks.requireId(id, "Payment id");
        requireNonNull(amount, "amount");
        if (amount.isNegative()) {
            throw new IllegalArgumentException("A payment must not be negative, but was " + amount);
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }
}

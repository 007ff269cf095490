package dev.billing.domain.invoice;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Money;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Money that was given back of a payment. */
public record Refund(String paymentId, Money amount, Option<String> reason, Instant at) {

    /**
     * Keeps {@code at} in milliseconds.
     *
     * @throws IllegalArgumentException if the amount is not positive
     */
    public Refund {
        Checks.requireId(paymentId, "Payment id");
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("A refund must be positive, but was " + amount);
        }
        reason.forEach(text -> Checks.requireLines(text, "Reason"));
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }
}

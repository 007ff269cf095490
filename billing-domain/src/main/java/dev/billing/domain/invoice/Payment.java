package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An attempt to collect what is due on a document. We record payments; we never take them.
 *
 * @param subtotal the part that is for goods
 * @param tax the part that is tax
 * @param billed what was to be collected
 * @param paid what was
 */
public record Payment(
        String id,
        Status status,
        Money subtotal,
        Money tax,
        Money billed,
        Money paid,
        Instant createdAt,
        Instant updatedAt) {

    /** What became of it. */
    public enum Status {
        NEW,
        PAID,
        FAILED,
        FORGIVEN,
        CANCELLED
    }

    /**
     * Keeps the instants in milliseconds.
     *
     * @throws IllegalArgumentException if an amount is negative
     */
    public Payment {
        Checks.requireId(id, "Payment id");
        requireNonNull(status, "status");
        requireNotNegative(subtotal);
        requireNotNegative(tax);
        requireNotNegative(billed);
        requireNotNegative(paid);
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Money that was received, with no tax to tell. */
    public Payment(String id, Money amount, Instant at) {
        this(id, Status.PAID, amount, Money.zero(amount.currency()), amount, amount, at, at);
    }

    /** An attempt that failed: nothing was paid. */
    public static Payment failed(String id, Money billed, Instant at) {
        Money none = Money.zero(billed.currency());
        return new Payment(id, Status.FAILED, billed, none, billed, none, at, at);
    }

    /** The same with more money: of a payment that failed before, this is the first. */
    public Payment plus(Money more, Instant at) {
        return status == Status.FAILED
                ? new Payment(id, Status.PAID, more, Money.zero(more.currency()), more, more, createdAt, at)
                : new Payment(id, status, subtotal.plus(more), tax, billed.plus(more), paid.plus(more), createdAt, at);
    }

    private static void requireNotNegative(Money amount) {
        if (amount.isNegative()) {
            throw new IllegalArgumentException("A payment must not be negative, but was " + amount);
        }
    }
}

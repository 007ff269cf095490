package dev.billing.domain.invoice;

/** Where a document stands. Which steps lead from one to the next, a {@link LifeCycle} says. */
public enum InvoiceStatus {
    /** A draft: its period still runs, or nobody has finalised it yet. */
    PENDING,
    /** A draft that waits for somebody's approval; it must not change meanwhile. */
    IN_REVIEW,
    /** Final, with something to pay that has not been paid. */
    CLOSED,
    /** Final, and a part of it was paid. */
    PARTLY_PAID,
    /** Paid in full. */
    PAID,
    /** Charging failed. */
    FAILED,
    /** The charge was waived, or refunded if it had been taken. */
    FORGIVEN,
    /** Nobody expects it to be paid any more; should it be paid after all, that counts. */
    WRITTEN_OFF,
    /** A draft that came to nothing, or a document that a credit note took back in full. */
    VOID,
    /** There is nothing to pay. */
    FREE,
    /** Covered by credit that was bought before. */
    PREPAID,
    /** Billed with a subscription. */
    INVOICED;

    /** Whether a document that stands so is still a draft. */
    public boolean isDraft() {
        return this == PENDING || this == IN_REVIEW;
    }

    /** Whether a payment is still awaited. */
    public boolean isOpen() {
        return this == CLOSED || this == PARTLY_PAID || this == FAILED;
    }
}

package dev.billing.domain.invoice;

/** Where a document stands. */
public enum InvoiceStatus {
    /** Its period still runs. */
    PENDING,
    /** Final, with something to pay that has not been paid. */
    CLOSED,
    /** Paid in full. */
    PAID,
    /** Charging failed. */
    FAILED,
    /** The charge was waived, or refunded if it had been taken. */
    FORGIVEN,
    /** There is nothing to pay. */
    FREE,
    /** Covered by credit that was bought before. */
    PREPAID,
    /** Billed with a subscription. */
    INVOICED
}

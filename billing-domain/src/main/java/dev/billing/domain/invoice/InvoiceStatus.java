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
    INVOICED;

    /**
     * Whether a document that stands so may stand so next. What is pending is settled at the end of its period; what is closed is paid,
     * fails or is forgiven; a failure may still be paid or forgiven, and what was paid may be given back. Nothing else happens.
     */
    public boolean mayBecome(InvoiceStatus next) {
        return switch (this) {
            case PENDING -> next == FREE || next == PREPAID || next == INVOICED || next == CLOSED;
            case CLOSED -> next == PAID || next == FAILED || next == FORGIVEN;
            case FAILED -> next == PAID || next == FORGIVEN;
            case PAID -> next == FORGIVEN;
            case FORGIVEN, FREE, PREPAID, INVOICED -> false;
        };
    }
}

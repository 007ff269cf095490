package dev.billing.http.atlas;

import dev.billing.domain.invoice.InvoiceStatus;
import io.vavr.collection.Array;
import io.vavr.collection.Set;

/**
 * The eight names that Atlas has for how an invoice stands. Of other life cycles more is known than they can tell: a draft in review is
 * pending, a part that is paid leaves an invoice closed, and what nobody has to pay any more, because it was given up, taken back or
 * dropped, is forgiven.
 */
enum AtlasStatus {
    PENDING,
    CLOSED,
    FORGIVEN,
    FAILED,
    PAID,
    FREE,
    PREPAID,
    INVOICED;

    /** How a document that stands so is called. */
    static AtlasStatus of(InvoiceStatus status) {
        return switch (status) {
            case PENDING, IN_REVIEW -> PENDING;
            case CLOSED, PARTLY_PAID -> CLOSED;
            case FORGIVEN, WRITTEN_OFF, VOID -> FORGIVEN;
            case FAILED -> FAILED;
            case PAID -> PAID;
            case FREE -> FREE;
            case PREPAID -> PREPAID;
            case INVOICED -> INVOICED;
        };
    }

    /** All that is called so. */
    Set<InvoiceStatus> statuses() {
        return Array.of(InvoiceStatus.values())
                .filter(status -> of(status) == this)
                .toLinkedSet();
    }
}

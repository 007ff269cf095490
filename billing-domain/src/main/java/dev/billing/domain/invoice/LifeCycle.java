package dev.billing.domain.invoice;

import static dev.billing.domain.invoice.InvoiceStatus.CLOSED;
import static dev.billing.domain.invoice.InvoiceStatus.FAILED;
import static dev.billing.domain.invoice.InvoiceStatus.FORGIVEN;
import static dev.billing.domain.invoice.InvoiceStatus.FREE;
import static dev.billing.domain.invoice.InvoiceStatus.INVOICED;
import static dev.billing.domain.invoice.InvoiceStatus.IN_REVIEW;
import static dev.billing.domain.invoice.InvoiceStatus.PAID;
import static dev.billing.domain.invoice.InvoiceStatus.PARTLY_PAID;
import static dev.billing.domain.invoice.InvoiceStatus.PENDING;
import static dev.billing.domain.invoice.InvoiceStatus.PREPAID;
import static dev.billing.domain.invoice.InvoiceStatus.VOID;
import static dev.billing.domain.invoice.InvoiceStatus.WRITTEN_OFF;

import io.vavr.collection.HashSet;
import io.vavr.collection.Set;

/** Which steps a document may take. */
public enum LifeCycle {

    /**
     * Our own: a draft is reviewed, finalised or dropped; what is final is paid in parts or in full, fails, is forgiven, written off, or
     * taken back by a credit note; money that is paid back opens it again.
     */
    STANDARD {
        @Override
        public Set<InvoiceStatus> after(InvoiceStatus status) {
            return switch (status) {
                case PENDING -> HashSet.of(IN_REVIEW, VOID).addAll(FINAL);
                case IN_REVIEW -> HashSet.of(PENDING, VOID).addAll(FINAL);
                case CLOSED -> HashSet.of(PARTLY_PAID, PAID, FAILED, FORGIVEN, WRITTEN_OFF, VOID);
                case PARTLY_PAID, FAILED ->
                    HashSet.of(CLOSED, PARTLY_PAID, PAID, FAILED, FORGIVEN, WRITTEN_OFF, VOID)
                            .remove(status);
                case PAID -> HashSet.of(CLOSED, PARTLY_PAID, FORGIVEN, VOID);
                case WRITTEN_OFF -> HashSet.of(PARTLY_PAID, PAID, VOID);
                case FREE, PREPAID, INVOICED -> HashSet.of(VOID);
                case FORGIVEN, VOID -> HashSet.empty();
            };
        }
    },

    /**
     * MongoDB Atlas: what is pending is settled at the end of its period; what is closed is paid, fails or is forgiven; a failure may still
     * be paid or forgiven, and what was paid may be given back. Nothing else happens.
     */
    ATLAS {
        @Override
        public Set<InvoiceStatus> after(InvoiceStatus status) {
            return switch (status) {
                case PENDING -> FINAL;
                case CLOSED -> HashSet.of(PAID, FAILED, FORGIVEN);
                case FAILED -> HashSet.of(PAID, FORGIVEN);
                case PAID -> HashSet.of(FORGIVEN);
                default -> HashSet.empty();
            };
        }
    };

    private static final Set<InvoiceStatus> FINAL = HashSet.of(CLOSED, FREE, PREPAID, INVOICED);

    /** The statuses that may come next. */
    public abstract Set<InvoiceStatus> after(InvoiceStatus status);

    /** Whether a document that stands in one way may stand in another next. */
    public boolean allows(InvoiceStatus from, InvoiceStatus to) {
        return after(from).contains(to);
    }
}

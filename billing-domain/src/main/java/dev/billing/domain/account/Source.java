package dev.billing.domain.account;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.InvoiceId;

/** Where money in an account's favour comes from. */
public record Source(Kind kind, String id) {

    /** What it is. */
    public enum Kind {
        PAYMENT,
        CREDIT_NOTE,
        /** A document that gave back more than it charged. */
        DOCUMENT
    }

    /** Checks the id. */
    public Source {
        requireNonNull(kind, "kind");
        Checks.requireId(id, 500, "Source id");
    }

    public static Source payment(String id) {
        return new Source(Kind.PAYMENT, id);
    }

    public static Source creditNote(InvoiceId note) {
        return new Source(Kind.CREDIT_NOTE, note.value());
    }

    public static Source document(InvoiceId document) {
        return new Source(Kind.DOCUMENT, document.value());
    }

    @Override
    public String toString() {
        return kind + " " + id;
    }
}

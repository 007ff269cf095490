package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.Selection;

/** Which lines are meant: the selected ones of the documents that a query finds. */
public record LineItemQuery(InvoiceQuery documents, Selection lines) {

    public LineItemQuery {
        requireNonNull(documents, "documents");
        requireNonNull(lines, "lines");
    }

    /** All lines of one document. */
    public static LineItemQuery of(InvoiceId invoice) {
        return new LineItemQuery(InvoiceQuery.byId(invoice), Selection.ALL);
    }

    /** All lines of the documents that a query finds. */
    public static LineItemQuery of(InvoiceQuery documents) {
        return new LineItemQuery(documents, Selection.ALL);
    }
}

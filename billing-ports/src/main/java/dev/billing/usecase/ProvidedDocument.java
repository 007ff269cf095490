package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A whole document as somebody else made it. Its figures are what they are, whatever its lines come to.
 *
 * @param source who made it
 * @param figures the amounts it declares
 * @param lines in their order
 * @param status pending if its period still runs
 * @param updatedAt when it was changed last
 */
public record ProvidedDocument(
        String source,
        Head head,
        Map<FigureKey, Money> figures,
        Seq<LineItem> lines,
        InvoiceStatus status,
        Seq<Payment> payments,
        Seq<Refund> refunds,
        Seq<Tag> tags,
        Instant updatedAt) {

    /** Keeps {@code updatedAt} in milliseconds. */
    public ProvidedDocument {
        Checks.requireId(source, "Source");
        requireNonNull(head, "head");
        requireNonNull(figures, "figures");
        requireNonNull(lines, "lines");
        requireNonNull(status, "status");
        requireNonNull(payments, "payments");
        requireNonNull(refunds, "refunds");
        requireNonNull(tags, "tags");
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A document without payments, refunds and tags. */
    public ProvidedDocument(
            String source,
            Head head,
            Map<FigureKey, Money> figures,
            Seq<LineItem> lines,
            InvoiceStatus status,
            Instant updatedAt) {
        this(source, head, figures, lines, status, Array.empty(), Array.empty(), Array.empty(), updatedAt);
    }

    /** The same document with these payments and refunds. */
    public ProvidedDocument paid(Seq<Payment> newPayments, Seq<Refund> newRefunds) {
        return new ProvidedDocument(source, head, figures, lines, status, newPayments, newRefunds, tags, updatedAt);
    }

    /** The same document with these tags. */
    public ProvidedDocument tagged(Seq<Tag> newTags) {
        return new ProvidedDocument(source, head, figures, lines, status, payments, refunds, newTags, updatedAt);
    }
}

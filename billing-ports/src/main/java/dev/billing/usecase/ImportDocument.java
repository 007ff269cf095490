package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineItem;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Receipt;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.port.Write.Revise.Change;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Takes in whole documents from outside, as they are. A pending one runs on, any other is issued. A document is taken in once: again with
 * the same content it changes nothing, whatever has happened to it since; with other content it is refused.
 */
public final class ImportDocument {

    private final InvoiceStore store;

    public ImportDocument(InvoiceStore store) {
        this.store = requireNonNull(store, "store");
    }

    /** Takes in a document, whole or not at all. */
    public Either<CommitRefused, Receipt> take(TenantId tenant, ProvidedDocument document) {
        CommandKey key =
                new CommandKey("document/" + Fingerprint.of(document.head().id()));
        Seq<Write> writes = Array.of(document(document)).appendAll(standing(document));
        return store.commit(tenant, new Commit(key, Fingerprint.of(document), writes))
                .mapLeft(refused -> isThere(refused, document) ? existing(document) : refused);
    }

    /** A pending document that is there already looks like one that somebody else revised. */
    private static boolean isThere(CommitRefused refused, ProvidedDocument document) {
        return document.status() == InvoiceStatus.PENDING
                && (refused instanceof CommitRefused.Stale || refused instanceof CommitRefused.Sealed);
    }

    private static CommitRefused existing(ProvidedDocument document) {
        return new CommitRefused.AlreadyExists(document.head().id());
    }

    private static Write document(ProvidedDocument document) {
        Seq<LineItem> lines = document.lines().zipWithIndex(LineItem::at);
        Figures figures = document.figures()
                .foldLeft(Figures.NONE, (all, figure) -> all.declare(figure._1, document.source(), figure._2));
        return document.status() == InvoiceStatus.PENDING
                ? new Write.Revise(
                        new Invoice.Running(document.head(), figures, 1, document.updatedAt()), lines, Change.ADD_LINES)
                : new Write.Issue(
                        new Invoice.Preview(document.head(), figures, document.updatedAt()),
                        lines,
                        Option.none(),
                        document.status());
    }

    /** Documents come into being without payments, refunds and tags. */
    private static Option<Write> standing(ProvidedDocument document) {
        boolean bare = document.payments().isEmpty()
                && document.refunds().isEmpty()
                && document.tags().isEmpty();
        InvoiceId id = document.head().id();
        return Option.when(
                !bare,
                () -> new Write.Stand(new Standing(
                        id,
                        2,
                        document.status(),
                        document.payments(),
                        document.refunds(),
                        Option.none(),
                        document.tags(),
                        document.updatedAt())));
    }
}

package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Spaces;
import dev.billing.domain.profile.Standard;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
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
 * <p>
 * What is owed on it, and what its payments and its status say was settled, is entered on its account, if its profile is one of ours and
 * has something to be paid. Other documents are for information.
 */
public final class ImportDocument {

    private static final Seq<Profile> PROFILES =
            Array.of(Standard.profile(), Akkeris.profile(), Spaces.profile(), Atlas.profile());

    private final InvoiceStore store;

    public ImportDocument(InvoiceStore store) {
        this.store = requireNonNull(store, "store");
    }

    /** Takes in a document, whole or not at all. */
    public Either<CommitRefused, Receipt> take(TenantId tenant, ProvidedDocument document) {
        CommandKey key =
                new CommandKey("document/" + Fingerprint.of(document.head().id()));
        Charging charging = new Charging(document.head(), document.updatedAt(), document.status(), due(document));
        Write write = document(document);
        boolean isFinal = write instanceof Write.Issue;
        Seq<Write> writes = (isFinal ? charging.with(write, settled(document, charging)) : Array.of(write))
                .appendAll(standing(document));
        Seq<Event> events = isFinal ? Array.of(charging.told()) : Array.empty();
        return store.commit(tenant, new Commit(key, Fingerprint.of(document), writes, events))
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

    private static Option<Money> due(ProvidedDocument document) {
        return PROFILES.find(profile -> profile.name().equals(document.head().profile()))
                .flatMap(profile -> profile.invoicing()
                        .due()
                        .flatMap(document.figures()::get)
                        .headOption())
                .filter(due -> due.currency().equals(document.head().currency()));
    }

    /** What was charged, and what became of it before the document came to us. */
    private static Seq<Movement> settled(ProvidedDocument document, Charging charging) {
        Seq<Movement> owed = charging.owed();
        Money none = Money.zero(document.head().currency());
        Money charged = owed.filter(Movement.Charged.class::isInstance)
                .flatMap(Movement::change)
                .fold(none, Money::plus);
        Money told = sum(document.payments().map(Payment::paid), none)
                .minus(sum(document.refunds().map(Refund::amount), none))
                .notBelowZero();
        Money received = document.status() == InvoiceStatus.PAID && told.compareTo(charged) < 0 ? charged : told;
        return owed.appendAll(paid(document, charged, received)).appendAll(waived(document, charged.minus(received)));
    }

    private static Money sum(Seq<Money> amounts, Money none) {
        return amounts.filter(amount -> amount.currency().equals(none.currency()))
                .fold(none, Money::plus);
    }

    private static Seq<Movement> paid(ProvidedDocument document, Money charged, Money received) {
        Source source =
                Source.payment("import/" + Fingerprint.of(document.head().id()));
        Money used = charged.atMost(received);
        return received.isPositive() && charged.isPositive()
                ? Array.of(
                        new Movement.Received(source, received),
                        new Movement.Allocated(source, document.head().id(), used))
                : Array.empty();
    }

    private static Option<Movement> waived(ProvidedDocument document, Money open) {
        boolean forgiven = document.status() == InvoiceStatus.FORGIVEN;
        boolean givenUp = forgiven || document.status() == InvoiceStatus.WRITTEN_OFF;
        return Option.when(
                givenUp && open.isPositive(),
                () -> new Movement.Waived(
                        document.head().id(),
                        forgiven ? Movement.Waived.Kind.FORGIVEN : Movement.Waived.Kind.WRITTEN_OFF,
                        open,
                        Option.none()));
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

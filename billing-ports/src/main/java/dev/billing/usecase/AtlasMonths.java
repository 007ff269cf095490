package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceOrder.Field;
import dev.billing.port.InvoiceOrder.Term;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceQuery.Form;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Stored;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;

/**
 * The chain of an account's monthly documents, each of which begins with what the one before left over.
 *
 * @param profile in the currency of the documents
 */
record AtlasMonths(InvoiceStore store, Profile profile) {

    private static final InvoiceOrder LATEST = InvoiceOrder.of(Term.descending(Field.PERIOD_END));
    private static final InvoiceOrder EARLIEST = InvoiceOrder.of(Term.ascending(Field.PERIOD_START));

    private static final InvoiceCondition NOT_DROPPED =
            new InvoiceCondition.WithStatus(HashSet.of(InvoiceStatus.values()).remove(InvoiceStatus.VOID));

    /** How often a change is computed again when somebody else was faster. */
    static final int ATTEMPTS = 20;

    /** Whether a change may succeed when it is computed again. */
    static boolean isOvertaken(CommitRefused refused) {
        return refused instanceof CommitRefused.Stale || refused instanceof CommitRefused.Sealed;
    }

    /** The document of exactly this period; the running one, where documents from outside are beside it. */
    Option<Stored> of(Access access, AccountId account, Period period) {
        InvoiceQuery ofPeriod = of(account)
                .and(new InvoiceCondition.StartsFrom(period.start()))
                .and(new InvoiceCondition.EndsBy(period.end()));
        return first(access, ofPeriod.in(Form.RUNNING), EARLIEST)
                .orElse(() -> first(access, ofPeriod.in(Form.ISSUED), EARLIEST));
    }

    /** The earliest document that runs and ends before this period begins. */
    Option<Stored> unsettledBefore(Access access, AccountId account, Period period) {
        return unsettledBetween(access, account, Instant.EPOCH, period);
    }

    /** The earliest document that runs, does not begin before an instant, and ends before this period begins. */
    Option<Stored> unsettledBetween(Access access, AccountId account, Instant from, Period period) {
        return first(
                access,
                of(account)
                        .and(new InvoiceCondition.StartsFrom(from))
                        .and(new InvoiceCondition.EndsBy(period.start()))
                        .and(NOT_DROPPED)
                        .in(Form.RUNNING),
                EARLIEST);
    }

    /** The settled document of which the period ends last. */
    Option<Stored> lastSettled(Access access, AccountId account) {
        return first(access, of(account).in(Form.ISSUED), LATEST)
                .filter(last -> last.invoice().head().period().isDefined());
    }

    /**
     * What the last settled document before this period left over, or what the account's first document says of itself. What was left over
     * in another currency waits for a document in that.
     */
    Money startingBalance(Access access, AccountId account, Period period, Option<Figures> own) {
        InvoiceQuery settled =
                of(account).and(new InvoiceCondition.EndsBy(period.start())).in(Form.ISSUED);
        return first(access, settled, LATEST)
                .filter(this::isInCurrency)
                .orElse(() ->
                        rows(access, settled, LATEST, PageRequest.MAX_SIZE).find(this::isInCurrency))
                .map(previous -> previous.invoice().figures().find(Atlas.ENDING_BALANCE))
                .getOrElse(() -> own.flatMap(figures -> figures.find(Atlas.STARTING_BALANCE)))
                .map(Figure::amount)
                .getOrElse(() -> Money.zero(profile.currency()));
    }

    private boolean isInCurrency(Stored document) {
        return document.invoice().head().currency().equals(profile.currency());
    }

    /** The sums of the lines that a document has. */
    Figures folded(Access access, Invoice document) {
        return store.lines(
                access,
                LineItemQuery.of(document.head().id()),
                lines -> Figures.fold(profile.figures(), () -> lines, profile.currency()));
    }

    private InvoiceQuery of(AccountId account) {
        return InvoiceQuery.ofProfile(profile.name()).of(account);
    }

    private Option<Stored> first(Access access, InvoiceQuery query, InvoiceOrder order) {
        return rows(access, query, order, 1).headOption();
    }

    private Seq<Stored> rows(Access access, InvoiceQuery query, InvoiceOrder order, int size) {
        return store.search(access, query, order, PageRequest.first(size)).rows();
    }
}

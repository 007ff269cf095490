package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.CreditableLine;
import dev.billing.port.Access;
import dev.billing.port.Event;
import dev.billing.port.Write;
import dev.billing.usecase.ClosedMonth.Found;
import io.vavr.collection.Array;
import io.vavr.collection.Iterator;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * Plans what a {@link MonthCommand.Correct} does. Every correction changes how the corrected document stands, so that of two that were
 * computed from the same corrections before them only one takes effect.
 */
final class CorrectionPlanner {

    private static final int MAX_DESCRIPTION = 2_000;

    private final Planning planning;
    private final Consolidation consolidation;

    CorrectionPlanner(Planning planning, Consolidation consolidation) {
        this.planning = requireNonNull(planning, "planning");
        this.consolidation = requireNonNull(consolidation, "consolidation");
    }

    Either<BillingError, Plan> plan(MonthCommand.Correct command) {
        return ClosedMonth.of(planning, command.account(), command.month())
                .flatMap(month -> changes(month, command.terms())
                        .flatMap(changes -> changes.isEmpty()
                                ? Either.right(Plan.NOTHING)
                                : plan(command.policy(), month, changes)));
    }

    /** Where a month differs from what is known now, but for what credit notes gave back of it already. */
    static Either<BillingError, Seq<Found>> changes(ClosedMonth month, Terms terms) {
        return month.changes(terms).map(changes -> {
            Map<LineId, CreditableLine.Part> given = month.given();
            return changes.map(found -> given.get(found.change().line())
                            .map(part -> new Found(found.sample(), kept(found.change(), part), found.corrections()))
                            .getOrElse(found))
                    .reject(found -> found.change().difference().isFree());
        });
    }

    /** Of 40 of which 30 were credited, no more than 10 are given back. */
    private static LateChange kept(LateChange change, CreditableLine.Part given) {
        LateChange.Sums before = change.before();
        LateChange.Sums after = change.after();
        return new LateChange(
                change.line(),
                change.sku(),
                before,
                new LateChange.Sums(
                        kept(after.quantity(), before.quantity(), given.quantity()),
                        kept(after.net(), before.net(), given.net()),
                        kept(after.tax(), before.tax(), given.tax())));
    }

    /** What was given back of what a line gives, such as a discount, is negative. */
    private static Money kept(Money after, Money before, Money given) {
        return given.isNegative()
                ? kept(after.negated(), before.negated(), given.negated()).negated()
                : given.isPositive() && after.compareTo(given.atMost(before)) < 0 ? given.atMost(before) : after;
    }

    private static BigDecimal kept(BigDecimal after, BigDecimal before, BigDecimal given) {
        return given.signum() > 0 ? after.max(given.min(before)) : after;
    }

    private Either<BillingError, Plan> plan(MonthCommand.Correct.Policy policy, ClosedMonth month, Seq<Found> changes) {
        boolean less = total(lines(month, changes, Array.empty()), month).isNegative();
        if (policy == MonthCommand.Correct.Policy.OWN_DOCUMENT) {
            return less && isCorrectedOnDraft(month)
                    ? onNext(month, changes)
                    : own(month, lines(month, changes, Array.empty()));
        }
        return (billedToOther(month) ? Either.<BillingError, Boolean>right(true) : lowersWhatWasGivenUp(month, less))
                .flatMap(own -> own ? own(month, lines(month, changes, Array.empty())) : onNext(month, changes));
    }

    /** What a draft charges more was not charged yet, so that nothing of it can be given back. */
    private static boolean isCorrectedOnDraft(ClosedMonth month) {
        return month.corrections().lines().exists(correction -> !correction.isFinal());
    }

    /** What one account paid is not given back to another that pays by now, and what it owes is not charged there. */
    private boolean billedToOther(ClosedMonth month) {
        AccountId next = month.billing();
        AccountId debtor = planning.details(next)
                .flatMap(AccountDetails::payer)
                .map(AccountDetails.Payer::account)
                .getOrElse(next);
        return !debtor.equals(Debtor.of(month.head()));
    }

    /** What was never to be paid must not lower another month, so that less of it is a document of its own. */
    private Either<BillingError, Boolean> lowersWhatWasGivenUp(ClosedMonth month, boolean less) {
        return less
                ? planning.account(Debtor.of(month.head()))
                        .map(account -> account.items()
                                .get(month.head().id())
                                .exists(item -> item.waived().isPositive()))
                : Either.right(false);
    }

    /**
     * Those that correct a month.
     *
     * @param there the lines beside which they will be, with other ids
     */
    private Seq<LineItem> lines(ClosedMonth month, Seq<Found> changes, Seq<LineItem> there) {
        Set<LineId> taken = there.map(LineItem::id).toSet();
        return changes.map(found -> line(month, found, id(month, found, taken)));
    }

    /** By how often the line was corrected before; some of those may have been removed since. */
    private static LineId id(ClosedMonth month, Found found, Set<LineId> taken) {
        return Iterator.from(found.corrections())
                .map(number -> new LineId("correction/"
                        + Fingerprint.of(month.head().id(), found.change().line(), number)))
                .find(id -> !taken.contains(id))
                .get();
    }

    private LineItem line(ClosedMonth month, Found found, LineId id) {
        LineItem sample = found.sample();
        LateChange change = found.change();
        LateChange.Sums difference = change.difference();
        return LineItem.builder(
                        id,
                        sample.sku(),
                        sample.category(),
                        planning.now(),
                        Corrections.origin(month.head().id(), change))
                .description(description(sample))
                .quantity(difference.quantity(), sample.unit())
                .unitPrice(sample.unitPrice())
                .basis(sample.basis())
                .price(difference.net())
                .tax(
                        sample.tax().isDefined() || !difference.tax().isZero()
                                ? Option.some(difference.tax())
                                : Option.none())
                .period(sample.period().getOrElse(month::period))
                .places(sample.places())
                .tags(sample.tags())
                .build();
    }

    private static String description(LineItem sample) {
        String all = "Correction: " + sample.description();
        return all.substring(0, Math.min(all.length(), MAX_DESCRIPTION));
    }

    private Either<BillingError, Plan> onNext(ClosedMonth month, Seq<Found> changes) {
        return MonthParties.of(planning, consolidation, month.billing())
                .flatMap(parties ->
                        parties.profile().currency().equals(month.head().currency())
                                ? Either.right(parties)
                                : Either.left(new MonthRefused.OtherCurrency(
                                        parties.account(),
                                        month.head().currency(),
                                        parties.profile().currency())))
                .flatMap(this::running)
                .flatMap(draft -> inCurrency(draft, month))
                .map(draft -> onNext(month, draft, lines(month, changes, draft.lines())));
    }

    private static Either<BillingError, MonthDraft> inCurrency(MonthDraft draft, ClosedMonth month) {
        return draft.known()
                .map(stored -> stored.invoice().head())
                .filter(head -> !head.currency().equals(month.head().currency()))
                .<Either<BillingError, MonthDraft>>map(head -> Either.left(new MonthRefused.OtherCurrency(
                        head.account(), month.head().currency(), head.currency())))
                .getOrElse(() -> Either.right(draft));
    }

    private Plan onNext(ClosedMonth month, MonthDraft draft, Seq<LineItem> lines) {
        return draft.with(lines).and(standing(month)).and(told(month, draft.id(), total(lines, month)));
    }

    /** The draft of the month that runs. */
    private Either<BillingError, MonthDraft> running(MonthParties parties) {
        Period period = parties.profile().calendar().periodAt(planning.now());
        InvoiceId id = MonthDocument.id(parties.account(), period);
        return MonthDraft.of(planning, parties, period)
                .mapLeft(refused -> planning.ports()
                        .invoices()
                        .find(planning.access(), id)
                        .<BillingError>map(known -> new MonthRefused.NextNotOpen(
                                id, known.standing().status()))
                        .getOrElse(refused));
    }

    private Plan standing(ClosedMonth month) {
        return standing(month, Plan.NOTHING);
    }

    private Plan told(ClosedMonth month, InvoiceId by, Money total) {
        Head head = month.head();
        return new Plan(
                Array.empty(),
                Array.of(Event.of("invoice.corrected", head.account(), head.id().value(), planning.now())
                        .with("by", by)
                        .with("amount", total.amount().toPlainString())
                        .with("currency", head.currency())));
    }

    private static Money total(Seq<LineItem> lines, ClosedMonth month) {
        return lines.flatMap(line -> Array.of(line.net(), line.tax()))
                .flatMap(amount -> amount)
                .fold(Money.zero(month.head().currency()), Money::plus);
    }

    private Either<BillingError, Plan> own(ClosedMonth month, Seq<LineItem> lines) {
        AccountId debtor = Debtor.of(month.head());
        return planning.billable(month.head().account())
                .flatMap(account -> debtor.equals(account.id()) ? Either.right(account) : planning.billable(debtor))
                .flatMap(owing -> own(month, lines, owing));
    }

    private Either<BillingError, Plan> own(ClosedMonth month, Seq<LineItem> lines, Account owing) {
        Money total = total(lines, month);
        Head head = head(month, owing, total.isNegative());
        Seq<LineItem> placed = MonthLines.behind(Array.empty(), lines);
        Figures figures = new DraftFigures(month.profile()).of(placed, head.currency());
        Invoice.Preview document = new Invoice.Preview(head, figures, planning.now());
        InvoiceStatus status = total.isPositive() ? InvoiceStatus.CLOSED : InvoiceStatus.FREE;
        return Numbering.series(
                        total.isNegative()
                                ? planning.profile().invoicing().creditNotes()
                                : planning.profile().invoicing().numbers(),
                        head,
                        planning.now())
                .flatMap(series -> settled(month, document, owing, total)
                        .map(settled -> Plan.of(
                                        new Write.Issue(document, placed, series, status),
                                        issued(document, total, status))
                                .and(settled)
                                .and(told(month, head.id(), total))));
    }

    /** Without a period, so that no month is taken to be billed twice. */
    private Head head(ClosedMonth month, Account owing, boolean credits) {
        Head corrected = month.head();
        Attribute reference = Attribute.of(corrected.id().value());
        Head plain = new Head(
                id(corrected.id()),
                corrected.profile(),
                corrected.account(),
                corrected.owner(),
                corrected.subject(),
                Option.none(),
                corrected.places(),
                planning.details(corrected.account()).flatMap(AccountDetails::addressee),
                corrected.currency(),
                planning.now(),
                (credits ? corrected.attributes().put(CreditNotes.CREDITED, reference) : corrected.attributes())
                        .put(Corrections.CORRECTS, reference));
        return Debtor.named(plain, owing.id());
    }

    /** The next one that is free. */
    private InvoiceId id(InvoiceId corrected) {
        Access all = Access.toAll(planning.access().tenant());
        int number = 1;
        InvoiceId id = id(corrected, number);
        while (planning.ports().invoices().find(all, id).isDefined()) {
            number++;
            id = id(corrected, number);
        }
        return id;
    }

    private static InvoiceId id(InvoiceId corrected, int number) {
        return new InvoiceId("correction/" + number + "/" + corrected);
    }

    private Event issued(Invoice.Preview document, Money total, InvoiceStatus status) {
        Head head = document.head();
        return Event.of(
                        total.isNegative() ? "credit_note.issued" : "invoice.finalised",
                        head.account(),
                        head.id().value(),
                        planning.now())
                .with(
                        "amount",
                        total.isNegative()
                                ? total.negated().amount().toPlainString()
                                : total.amount().toPlainString())
                .with("currency", head.currency())
                .with("status", status);
    }

    /** What is more is owed, and paid from what is free; what is less is worth what a credit note of the corrected document is. */
    private Either<BillingError, Plan> settled(
            ClosedMonth month, Invoice.Preview document, Account owing, Money total) {
        if (planning.profile().invoicing().due(document.figures()).isEmpty() || total.isZero()) {
            return Either.right(standing(month));
        }
        InvoiceId id = document.head().id();
        Settling settling = Settling.of(planning, owing);
        return (total.isPositive()
                        ? Either.<BillingError, Plan>right(settling.issue(
                                        document, Standing.initial(id, InvoiceStatus.CLOSED, planning.now()), total)
                                .useCredit()
                                .plan())
                        : givenBack(month, settling, id, total.negated()))
                .map(entered -> standing(month, entered));
    }

    private Either<BillingError, Plan> givenBack(ClosedMonth month, Settling settling, InvoiceId note, Money amount) {
        Invoice corrected = month.document().invoice();
        Money left = new CreditNotes(planning.ports().invoices())
                .left(planning.access(), corrected)
                .map(line -> line.rest().total())
                .fold(Money.zero(amount.currency()), Money::plus);
        CreditWorth worth = new CreditWorth(planning, corrected, left);
        return worth.comeBack(note, amount)
                .map(worth.pay(settling, note, amount).plan()::and);
    }

    /** What was entered, and that the month was corrected. */
    private Plan standing(ClosedMonth month, Plan entered) {
        return Corrections.noted(entered, month.document().standing(), planning.now());
    }
}

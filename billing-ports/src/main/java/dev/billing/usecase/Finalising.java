package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.rating.Settlement;
import dev.billing.port.Event;
import dev.billing.port.Write;
import io.vavr.collection.Map;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;

/**
 * Plans how a draft becomes final: it is sealed with the figures it has, numbered, and what is due is charged on the account, or on that
 * of whoever pays for it. Prepaid credit that it uses is drawn, and what it gives back is credit on the account. Credit that is free on the
 * account pays what is open, the oldest first.
 */
record Finalising(Planning planning, DraftFigures figures) {

    Finalising {
        requireNonNull(planning, "planning");
        requireNonNull(figures, "figures");
    }

    Either<BillingError, Plan> plan(Planning.Draft draft) {
        Head head = draft.invoice().head();
        return unready(draft)
                .<Either<BillingError, Plan>>map(Either::left)
                .getOrElse(() -> planning.billable(head.account())
                        .flatMap(account -> debtor(account).flatMap(debtor -> plan(draft, account, debtor))));
    }

    private Option<BillingError> unready(Planning.Draft draft) {
        Head head = draft.invoice().head();
        return draft.stored().standing().status() == InvoiceStatus.VOID
                ? Option.some(new DraftRefused.Dropped(head.id()))
                : notOver(head).orElse(() -> outOfOrder(head)).orElse(() -> billedElsewhere(head));
    }

    private Option<BillingError> notOver(Head head) {
        return head.period()
                .filter(month -> MonthsBilled.isMonth(head) || figures.isChained())
                .filter(month -> planning.now().isBefore(month.end()))
                .map(month -> new DraftRefused.NotOver(head.id(), month.end(), planning.now()));
    }

    /** Where a document begins with what the one before left over, all before it are final, and none of its time or later. */
    private Option<BillingError> outOfOrder(Head head) {
        return head.period().filter(month -> figures.isChained()).flatMap(month -> outOfOrder(head, month));
    }

    private Option<BillingError> outOfOrder(Head head, Period period) {
        AtlasMonths months = months(head);
        Option<Head> last = months.lastSettled(planning.access(), head.account())
                .map(settled -> settled.invoice().head());
        Instant from = last.flatMap(Head::period).map(Period::end).getOrElse(Instant.EPOCH);
        return from.isAfter(period.start())
                ? Option.some(new DraftRefused.PeriodOver(
                        head.id(), period, last.get().id(), from))
                // a draft that begins before that never becomes final, and is not waited for
                : months.unsettledBetween(planning.access(), head.account(), from, period)
                        .map(earlier -> new DraftRefused.EarlierMonthPending(
                                head.account(), earlier.invoice().head().id()));
    }

    /** An account may have been billed by itself or with another payer since the draft was made. */
    private Option<BillingError> billedElsewhere(Head head) {
        return head.period()
                .filter(month -> MonthsBilled.isMonth(head))
                .flatMap(month -> MonthDraft.members(head)
                        .prepend(head.account())
                        .iterator()
                        .flatMap(account -> billedElsewhere(head.id(), account, month))
                        .headOption());
    }

    private Option<BillingError> billedElsewhere(InvoiceId draft, AccountId account, Period month) {
        return MonthsBilled.in(planning)
                .beside(draft, account, month)
                .headOption()
                .map(other -> new DraftRefused.BilledElsewhere(
                        draft, account, other.invoice().head().id()));
    }

    private AtlasMonths months(Head head) {
        return new AtlasMonths(planning.ports().invoices(), planning.profile().in(head.currency()));
    }

    /** Who pays: another account, if the details of this one say so. Whether together or apart makes no difference to one document. */
    private Either<BillingError, Account> debtor(Account account) {
        return planning.details(account.id())
                .flatMap(AccountDetails::payer)
                .map(AccountDetails.Payer::account)
                .map(planning::billable)
                .getOrElse(() -> Either.right(account));
    }

    private Either<BillingError, Plan> plan(Planning.Draft draft, Account account, Account debtor) {
        Head head = Debtor.named(draft.invoice().head(), debtor.id());
        Figures last = last(draft.invoice());
        InvoiceStatus status = status(last, head);
        Map<String, Money> credits = DraftFigures.credits(last).filterValues(Money::isPositive);
        return step(draft, status)
                .flatMap(standing -> there(head.id(), account, credits)
                        .flatMap(there ->
                                Numbering.series(planning.profile().invoicing().numbers(), head, planning.now()))
                        .map(series -> plan(draft, head, last, status, series, standing, account, debtor, credits)));
    }

    private Plan plan(
            Planning.Draft draft,
            Head head,
            Figures last,
            InvoiceStatus status,
            Option<Series> series,
            Standing standing,
            Account account,
            Account debtor,
            Map<String, Money> credits) {
        Invoice.Preview sealed = new Invoice.Preview(head, last, planning.now());
        Money due = due(last, head);
        Event finalised = Event.of(
                        "invoice.finalised", head.account(), head.id().value(), planning.now())
                .with("amount", due.amount().toPlainString())
                .with("currency", head.currency())
                .with("status", status);
        Plan seal = Plan.of(new Write.Seal(sealed, draft.invoice().revision(), series, status), finalised);
        Settling own = credits.foldLeft(
                Settling.of(planning, account), (settling, used) -> settling.draw(used._1, head.id(), used._2));
        boolean paysItself = account.id().equals(debtor.id());
        Settling owing = paysItself ? own : Settling.of(planning, debtor);
        // after those that were open before, so that the oldest are paid first
        owing.issue(sealed, standing, due);
        Money back = givenBack(last, head, due);
        if (back.isPositive()) {
            owing.receive(Source.document(head.id()), back);
        }
        owing.useCredit();
        return paysItself ? seal.and(own.plan()) : seal.and(own.plan()).and(owing.plan());
    }

    /** What a document leaves over in the customer's favour, unless the next one begins with it. */
    private Money givenBack(Figures last, Head head, Money due) {
        boolean next = figures.isChained() && head.period().isDefined();
        return next
                ? Money.zero(head.currency())
                : last.find(Settlement.ENDING_BALANCE)
                        .map(Figure::amount)
                        .getOrElse(() -> due.negated().notBelowZero());
    }

    private Either<BillingError, Standing> step(Planning.Draft draft, InvoiceStatus status) {
        Standing standing = draft.stored().standing();
        return planning.profile().invoicing().lifeCycle().allows(standing.status(), status)
                ? Either.right(standing.becoming(status, planning.now()))
                : Either.left(new CommandRefused.StatusForbids(standing.invoice(), standing.status(), status));
    }

    /** A chained document begins with what the one before has left by now. */
    private Figures last(Invoice.Running draft) {
        if (!figures.isChained()) {
            return draft.figures();
        }
        Head head = draft.head();
        Money balance = head.period()
                .map(month -> months(head)
                        .startingBalance(planning.access(), head.account(), month, Option.some(draft.figures())))
                .getOrElse(() -> Money.zero(head.currency()));
        return Atlas.settle(months(head).folded(planning.access(), draft), Atlas.taxRate(draft.figures()), balance);
    }

    private InvoiceStatus status(Figures last, Head head) {
        if (figures.isChained()) {
            return Atlas.statusAtEnd(last, false);
        }
        if (due(last, head).isPositive()) {
            return InvoiceStatus.CLOSED;
        }
        return last.find(Settlement.CREDITS).map(Figure::amount).exists(Money::isPositive)
                ? InvoiceStatus.PREPAID
                : InvoiceStatus.FREE;
    }

    private Money due(Figures last, Head head) {
        return planning.profile().invoicing().due(last).getOrElse(() -> Money.zero(head.currency()));
    }

    private static Either<BillingError, Map<String, Money>> there(
            InvoiceId id, Account account, Map<String, Money> credits) {
        return credits.toArray()
                .flatMap(used -> gone(id, account, used._1, used._2))
                .headOption()
                .<Either<BillingError, Map<String, Money>>>map(Either::left)
                .getOrElse(() -> Either.right(credits));
    }

    private static Option<BillingError> gone(InvoiceId id, Account account, String grant, Money used) {
        Money left = account.grants().get(grant).map(CreditGrant::available).getOrElse(Money.zero(used.currency()));
        return left.compareTo(used) < 0
                ? Option.some(new DraftRefused.CreditGone(id, grant, used, left))
                : Option.none();
    }
}

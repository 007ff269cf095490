package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.LifeCycle;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.money.Money;
import dev.billing.port.Access;
import dev.billing.port.AccountStore;
import dev.billing.port.CommandKey;
import dev.billing.port.Event;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import javax.money.CurrencyUnit;

/**
 * Records what became of collecting what is due: payments, failed attempts, refunds and waivers. We never take money ourselves.
 * <p>
 * Everything is recorded once: a payment by its id, a refund by the key that the caller gives it, a waiver because there is one. Where an
 * account was charged for the document, what is due is what is open there, so that credit notes and other credit count too.
 */
public final class RecordPayment {

    private final Standings<RecordRefused> standings;
    private final Option<AccountStore> accounts;
    private final FigureKey due;
    private final LifeCycle lifeCycle;
    private final Clock clock;

    /**
     * Records on the documents of a store, and on the accounts that were charged for them.
     *
     * @param accounts of the same storage
     * @param due the figure that is to be paid
     */
    public RecordPayment(InvoiceStore store, AccountStore accounts, FigureKey due, Clock clock) {
        this(standings(store), Option.some(accounts), due, LifeCycle.ATLAS, clock);
    }

    /**
     * Records on the documents of a store alone, where nobody asks what accounts owe.
     *
     * @param due the figure that is to be paid
     */
    public RecordPayment(InvoiceStore store, FigureKey due, Clock clock) {
        this(standings(store), Option.none(), due, LifeCycle.ATLAS, clock);
    }

    private RecordPayment(
            Standings<RecordRefused> standings,
            Option<AccountStore> accounts,
            FigureKey due,
            LifeCycle lifeCycle,
            Clock clock) {
        this.standings = standings;
        this.accounts = requireNonNull(accounts, "accounts");
        this.due = requireNonNull(due, "due");
        this.lifeCycle = requireNonNull(lifeCycle, "lifeCycle");
        this.clock = requireNonNull(clock, "clock");
    }

    private static Standings<RecordRefused> standings(InvoiceStore store) {
        return new Standings<>(store, RecordRefused.UnknownInvoice::new, RecordRefused.NotStored::new);
    }

    /** The same for documents that take the steps of this life cycle; without it, they take those of {@link LifeCycle#ATLAS}. */
    public RecordPayment with(LifeCycle newLifeCycle) {
        return new RecordPayment(standings, accounts, due, newLifeCycle, clock);
    }

    /**
     * Records a payment. When all that is due is paid, the document is paid; a part makes it partly paid, where its life cycle knows that,
     * and else leaves it as it is; a failed attempt makes it failed. What was written off counts as due, and stays written off until all of
     * it is paid.
     *
     * @param payment PAID, or FAILED with nothing paid
     */
    public Either<RecordRefused, Stored> record(Access access, InvoiceId invoice, Payment payment) {
        CommandKey key = new CommandKey("payment/" + Fingerprint.of(invoice, payment.id()));
        return standings.change(
                access, invoice, key, Fingerprint.of(payment), stored -> receiving(owing(access, stored), payment));
    }

    private Either<RecordRefused, Option<Standings.Next>> receiving(Owing owing, Payment payment) {
        Option<Payment> known =
                owing.standing().payments().find(other -> other.id().equals(payment.id()));
        if (known.contains(payment)) {
            return Either.right(Option.none());
        }
        if (known.isDefined() || owing.fund(payment.id()).isDefined()) {
            return Either.left(new RecordRefused.OtherContent(owing.invoice(), payment.id()));
        }
        return requireDecided(payment)
                .flatMap(decided -> requireCurrency(owing, payment.paid()))
                .flatMap(paid ->
                        payment.status() == Payment.Status.FAILED ? failing(owing, payment) : paying(owing, payment))
                .map(Option::some);
    }

    private static Either<RecordRefused, Payment> requireDecided(Payment payment) {
        boolean decided = payment.status() == Payment.Status.PAID
                || (payment.status() == Payment.Status.FAILED && payment.paid().isZero());
        return decided
                ? Either.right(payment)
                : Either.left(new RecordRefused.NotDecided(payment.id(), payment.status()));
    }

    private Either<RecordRefused, Standings.Next> failing(Owing owing, Payment payment) {
        return requireStep(owing, InvoiceStatus.FAILED)
                .map(failed -> next(
                        owing,
                        owing.standing().receiving(payment, failed),
                        Array.<Movement>of(new Movement.Failed(
                                        payment.id(), owing.invoice(), payment.billed(), Option.none()))
                                .filter(entered -> payment.billed().isPositive()),
                        Array.of(amounting("invoice.payment_failed", owing, payment.billed())
                                .with("payment", payment.id()))));
    }

    private Either<RecordRefused, Standings.Next> paying(Owing owing, Payment payment) {
        Money open = owing.open(due);
        if (payment.paid().compareTo(open) > 0) {
            Money before = owing.paid();
            return requireStep(owing, InvoiceStatus.PAID)
                    .flatMap(allowed -> Either.left(new RecordRefused.MoreThanDue(
                            owing.invoice(), before.plus(payment.paid()), before.plus(open))));
        }
        return requireStep(owing, InvoiceStatus.PAID)
                .map(inFull -> payment.paid().equals(open) ? inFull : partly(owing))
                .map(status -> next(
                        owing,
                        owing.standing().receiving(payment, status),
                        received(owing, payment),
                        received(owing, payment, status)));
    }

    private InvoiceStatus partly(Owing owing) {
        InvoiceStatus status = owing.standing().status();
        boolean shown = status != InvoiceStatus.WRITTEN_OFF && lifeCycle.allows(status, InvoiceStatus.PARTLY_PAID);
        return shown ? InvoiceStatus.PARTLY_PAID : status;
    }

    private static Seq<Movement> received(Owing owing, Payment payment) {
        Source source = Source.payment(payment.id());
        Money paid = payment.paid();
        if (!paid.isPositive()) {
            return Array.empty();
        }
        Option<Account.Item> item = owing.item();
        Money lacking = item.filter(owed -> owing.isWrittenOff())
                .map(owed -> paid.minus(owed.open()).notBelowZero())
                .getOrElse(Money.zero(paid.currency()));
        Money used = item.map(owed -> paid.atMost(owed.open().plus(lacking))).getOrElse(paid);
        return Array.<Movement>of(new Movement.Received(source, paid))
                .appendAll(Option.when(lacking.isPositive(), () -> new Movement.Reinstated(owing.invoice(), lacking)))
                .appendAll(Option.when(used.isPositive(), () -> new Movement.Allocated(source, owing.invoice(), used)));
    }

    private Seq<Event> received(Owing owing, Payment payment, InvoiceStatus status) {
        String type = status == InvoiceStatus.PAID ? "invoice.paid" : "invoice.partly_paid";
        return Array.of(
                        ofPayment("payment.received", owing, payment.id(), payment.paid()),
                        ofPayment("payment.allocated", owing, payment.id(), payment.paid())
                                .with("source", Source.Kind.PAYMENT)
                                .with("document", owing.invoice()))
                .filter(told -> payment.paid().isPositive())
                .appendAll(Option.when(
                        status != owing.standing().status(),
                        () -> amounting(type, owing, owing.open(due).minus(payment.paid()))
                                .with("status", status)));
    }

    /** Waives what is due; what was paid may be refunded. What is waived already stays so. */
    public Either<RecordRefused, Stored> forgive(Access access, InvoiceId invoice) {
        CommandKey key = new CommandKey("forgive/" + Fingerprint.of(invoice));
        return standings.change(access, invoice, key, "forgive", stored -> forgiving(owing(access, stored)));
    }

    private Either<RecordRefused, Option<Standings.Next>> forgiving(Owing owing) {
        return owing.standing().status() == InvoiceStatus.FORGIVEN
                ? Either.right(Option.none())
                : requireStep(owing, InvoiceStatus.FORGIVEN)
                        .map(forgiven -> Option.some(next(
                                owing,
                                owing.standing().becoming(forgiven, clock.instant()),
                                owing.item()
                                        .map(Account.Item::open)
                                        .filter(Money::isPositive)
                                        .toArray()
                                        .map(open -> waived(owing, Movement.Waived.Kind.FORGIVEN, open)),
                                Array.of(amounting("invoice.forgiven", owing, owing.open(due))))));
    }

    private static Movement waived(Owing owing, Movement.Waived.Kind kind, Money amount) {
        return new Movement.Waived(owing.invoice(), kind, amount, Option.none());
    }

    /**
     * Records that a payment was given back, whole or in part. What it paid is due again, where the life cycle knows that a paid document is
     * opened again, and else the status stays: who waives the charge as well says so.
     *
     * @param key names the refund, so that it is recorded once
     */
    public Either<RecordRefused, Stored> refund(Access access, InvoiceId invoice, CommandKey key, Refund refund) {
        return standings.change(
                access,
                invoice,
                new CommandKey("refund/" + Fingerprint.of(invoice, key)),
                Fingerprint.of(refund),
                stored -> refunding(owing(access, stored), key, refund));
    }

    private Either<RecordRefused, Option<Standings.Next>> refunding(Owing owing, CommandKey key, Refund refund) {
        Standing standing = owing.standing();
        return requireCurrency(owing, refund.amount())
                .flatMap(amount -> standing.payments()
                        .find(payment -> payment.id().equals(refund.paymentId()))
                        .toEither(() -> new RecordRefused.UnknownPayment(standing.invoice(), refund.paymentId())))
                .flatMap(payment -> requirePaid(standing, refund, payment.paid()))
                .flatMap(paid -> released(owing, refund))
                .map(released -> Option.some(returning(owing, key, refund, released)));
    }

    private static Either<RecordRefused, Money> requirePaid(Standing standing, Refund refund, Money paid) {
        Money refunded = standing.refunds()
                .filter(other -> other.paymentId().equals(refund.paymentId()))
                .map(Refund::amount)
                .fold(refund.amount(), Money::plus);
        return refunded.compareTo(paid) <= 0
                ? Either.right(refunded)
                : Either.left(new RecordRefused.MoreThanPaid(standing.invoice(), refund.paymentId(), refunded, paid));
    }

    /** How much less the document is paid: first what is free of the payment goes back, then what it paid there. */
    private static Either<RecordRefused, Money> released(Owing owing, Refund refund) {
        Option<Account.Fund> known = owing.fund(refund.paymentId());
        if (known.isEmpty()) {
            // nobody asks what the account owes, or it was paid before
            return Either.right(refund.amount());
        }
        Account.Fund fund = known.get();
        Money lacking = refund.amount().minus(fund.free()).notBelowZero();
        Money used = fund.uses().getOrElse(owing.invoice(), Money.zero(lacking.currency()));
        return lacking.compareTo(used) <= 0
                ? Either.right(lacking)
                : Either.left(new RecordRefused.MoreThanPaid(
                        owing.invoice(),
                        refund.paymentId(),
                        refund.amount(),
                        fund.free().plus(used)));
    }

    private Standings.Next returning(Owing owing, CommandKey key, Refund refund, Money released) {
        InvoiceStatus status = reopened(owing, released);
        Standing standing = owing.standing();
        Option<Event> reopened = Option.when(
                status != standing.status(),
                () -> amounting("invoice.reopened", owing, owing.open(due).plus(released))
                        .with("status", status));
        Event returned = ofPayment("payment.refunded", owing, refund.paymentId(), refund.amount())
                .with("source", Source.Kind.PAYMENT)
                .with("return", Fingerprint.of(key));
        return next(
                owing,
                standing.settled(status, standing.payments(), standing.refunds().append(refund), refund.at()),
                owing.fund(refund.paymentId()).isEmpty() ? Array.empty() : returned(owing, key, refund, released),
                Array.of(refund.reason()
                                .map(text -> returned.with("reason", text))
                                .getOrElse(returned))
                        .appendAll(reopened));
    }

    private InvoiceStatus reopened(Owing owing, Money released) {
        InvoiceStatus status = owing.standing().status();
        boolean paid = status == InvoiceStatus.PAID || status == InvoiceStatus.PARTLY_PAID;
        Money before = owing.item()
                .map(Account.Item::paidInAll)
                .filter(inAll -> inAll.compareTo(owing.paid()) > 0)
                .getOrElse(owing::paid);
        InvoiceStatus next = before.minus(released).isPositive() ? InvoiceStatus.PARTLY_PAID : InvoiceStatus.CLOSED;
        return paid && released.isPositive() && lifeCycle.allows(status, next) ? next : status;
    }

    /** What was given up stays so. */
    private static Seq<Movement> returned(Owing owing, CommandKey key, Refund refund, Money released) {
        Source source = Source.payment(refund.paymentId());
        Seq<Movement> release = Array.<Movement>of(new Movement.Released(source, owing.invoice(), released))
                .filter(entered -> released.isPositive());
        return release.append(new Movement.Returned(
                        source,
                        Fingerprint.of(key),
                        Movement.Returned.Kind.REFUND,
                        refund.amount(),
                        refund.reason().map(text -> text.replaceAll("[\\n\\r\\t]", " "))))
                .appendAll(owing.givenUp()
                        .filter(kind -> released.isPositive())
                        .map(kind -> waived(owing, kind, released)));
    }

    /** The same on the account, if it was charged for the document. */
    private Standings.Next next(Owing owing, Standing standing, Seq<Movement> movements, Seq<Event> events) {
        Seq<Write> enter = owing.account()
                .filter(account -> !movements.isEmpty())
                .toArray()
                .map(account ->
                        new Write.Enter(account.id(), Option.some(account.entries()), clock.instant(), movements));
        return new Standings.Next(standing, enter, events);
    }

    private Owing owing(Access access, Stored stored) {
        return new Owing(
                stored,
                accounts.map(all -> account(all, access, stored))
                        .filter(account ->
                                account.items().containsKey(stored.standing().invoice())));
    }

    private static Account account(AccountStore accounts, Access access, Stored stored) {
        AccountId debtor = Debtor.of(stored.invoice().head());
        return Account.of(debtor, accounts.entries(Access.toAll(access.tenant()), debtor));
    }

    /**
     * A document, and the account that was charged for it.
     *
     * @param account none if nobody asks what accounts owe, or none was charged
     */
    private record Owing(Stored stored, Option<Account> account) {

        Standing standing() {
            return stored.standing();
        }

        InvoiceId invoice() {
            return standing().invoice();
        }

        CurrencyUnit currency() {
            return stored.invoice().head().currency();
        }

        Option<Account.Item> item() {
            return account.flatMap(owing -> owing.items().get(invoice()));
        }

        Option<Account.Fund> fund(String payment) {
            return account.flatMap(owing -> owing.funds().get(Source.payment(payment)));
        }

        /** What payments left on the document. */
        Money paid() {
            return standing().refunds().map(Refund::amount).foldLeft(standing().paid(currency()), Money::minus);
        }

        boolean isWrittenOff() {
            return standing().status() == InvoiceStatus.WRITTEN_OFF;
        }

        /** What may still be paid, by the document and by the account, which may have been kept for a part of its life only. */
        Money open(FigureKey due) {
            Money unpaid = stored.invoice().figures().amount(due).minus(paid());
            return item().map(item -> isWrittenOff() ? item.open().plus(item.waived()) : item.open())
                    .map(unpaid::atMost)
                    .getOrElse(unpaid)
                    .notBelowZero();
        }

        /** What became of it that does not change when money goes back. */
        Option<Movement.Waived.Kind> givenUp() {
            return Option.when(standing().status() == InvoiceStatus.FORGIVEN, Movement.Waived.Kind.FORGIVEN)
                    .orElse(Option.when(isWrittenOff(), Movement.Waived.Kind.WRITTEN_OFF));
        }
    }

    private Event ofPayment(String type, Owing owing, String payment, Money amount) {
        AccountId debtor = Debtor.of(owing.stored().invoice().head());
        return amounting(Event.of(type, debtor, payment, clock.instant()), amount);
    }

    private Event amounting(String type, Owing owing, Money amount) {
        AccountId account = owing.stored().invoice().head().account();
        return amounting(Event.of(type, account, owing.invoice().value(), clock.instant()), amount);
    }

    private static Event amounting(Event event, Money amount) {
        return event.with("amount", amount.amount().toPlainString()).with("currency", amount.currency());
    }

    private Either<RecordRefused, InvoiceStatus> requireStep(Owing owing, InvoiceStatus next) {
        InvoiceStatus status = owing.standing().status();
        return lifeCycle.allows(status, next)
                ? Either.right(next)
                : Either.left(new RecordRefused.StatusForbids(owing.invoice(), status, next));
    }

    private static Either<RecordRefused, Money> requireCurrency(Owing owing, Money amount) {
        return amount.currency().equals(owing.currency())
                ? Either.right(amount)
                : Either.left(new RecordRefused.OtherCurrency(owing.invoice(), amount.currency(), owing.currency()));
    }
}

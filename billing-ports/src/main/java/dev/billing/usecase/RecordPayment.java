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
import dev.billing.port.InvoiceStore;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.util.function.Function;
import javax.money.CurrencyUnit;

/**
 * Records what became of collecting what is due: payments, failed attempts, refunds and waivers. We never take money ourselves.
 * <p>
 * Everything is recorded once: a payment by its id, a refund by the key that the caller gives it, a waiver because there is one.
 */
public final class RecordPayment {

    private final Standings<RecordRefused> standings;
    private final Option<AccountStore> accounts;
    private final FigureKey due;
    private final Clock clock;

    /**
     * Records on the documents of a store, and on the accounts that were charged for them.
     *
     * @param accounts of the same storage
     * @param due the figure that is to be paid
     */
    public RecordPayment(InvoiceStore store, AccountStore accounts, FigureKey due, Clock clock) {
        this(store, Option.some(accounts), due, clock);
    }

    /**
     * Records on the documents of a store alone, where nobody asks what accounts owe.
     *
     * @param due the figure that is to be paid
     */
    public RecordPayment(InvoiceStore store, FigureKey due, Clock clock) {
        this(store, Option.none(), due, clock);
    }

    private RecordPayment(InvoiceStore store, Option<AccountStore> accounts, FigureKey due, Clock clock) {
        this.standings = new Standings<>(store, RecordRefused.UnknownInvoice::new, RecordRefused.NotStored::new);
        this.accounts = requireNonNull(accounts, "accounts");
        this.due = requireNonNull(due, "due");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Records a payment. When all that is due is paid, the document is paid; a part leaves it as it is; a failed attempt makes it failed.
     *
     * @param payment PAID, or FAILED with nothing paid
     */
    public Either<RecordRefused, Stored> record(Access access, InvoiceId invoice, Payment payment) {
        CommandKey key = new CommandKey("payment/" + Fingerprint.of(invoice, payment.id()));
        return standings.change(
                access,
                invoice,
                key,
                Fingerprint.of(payment),
                stored -> receiving(stored, payment)
                        .flatMap(next -> entered(access, stored, next, account -> received(account, stored, payment))));
    }

    private Either<RecordRefused, Option<Standing>> receiving(Stored stored, Payment payment) {
        Standing standing = stored.standing();
        Option<Payment> known = standing.payments().find(other -> other.id().equals(payment.id()));
        if (known.isDefined()) {
            return known.contains(payment)
                    ? Either.right(Option.none())
                    : Either.left(new RecordRefused.OtherContent(standing.invoice(), payment.id()));
        }
        return requireDecided(payment)
                .flatMap(decided -> requireCurrency(stored, payment.paid()))
                .flatMap(paid -> statusAfter(stored, payment))
                .map(status -> Option.some(standing.receiving(payment, status)));
    }

    private static Either<RecordRefused, Payment> requireDecided(Payment payment) {
        boolean decided = payment.status() == Payment.Status.PAID
                || (payment.status() == Payment.Status.FAILED && payment.paid().isZero());
        return decided
                ? Either.right(payment)
                : Either.left(new RecordRefused.NotDecided(payment.id(), payment.status()));
    }

    private Either<RecordRefused, InvoiceStatus> statusAfter(Stored stored, Payment payment) {
        if (payment.status() == Payment.Status.FAILED) {
            return requireStep(stored, InvoiceStatus.FAILED);
        }
        Standing standing = stored.standing();
        Money paid = standing.paid(stored.invoice().head().currency()).plus(payment.paid());
        Money total = stored.invoice().figures().amount(due);
        if (paid.compareTo(total) > 0) {
            return requireStep(stored, InvoiceStatus.PAID)
                    .flatMap(allowed -> Either.left(new RecordRefused.MoreThanDue(standing.invoice(), paid, total)));
        }
        return requireStep(stored, InvoiceStatus.PAID).map(inFull -> paid.equals(total) ? inFull : standing.status());
    }

    /** Waives what is due; what was paid may be refunded. What is waived already stays so. */
    public Either<RecordRefused, Stored> forgive(Access access, InvoiceId invoice) {
        CommandKey key = new CommandKey("forgive/" + Fingerprint.of(invoice));
        return standings.change(access, invoice, key, "forgive", stored -> {
            Standing standing = stored.standing();
            Either<RecordRefused, Option<Standing>> next = standing.status() == InvoiceStatus.FORGIVEN
                    ? Either.right(Option.none())
                    : requireStep(stored, InvoiceStatus.FORGIVEN)
                            .map(forgiven -> Option.some(standing.becoming(forgiven, clock.instant())));
            return next.flatMap(forgiven -> entered(
                    access,
                    stored,
                    forgiven,
                    account -> Either.right(waived(account, stored.standing().invoice()))));
        });
    }

    /**
     * Records that a payment was given back, whole or in part. The status stays: who waives the charge as well says so.
     *
     * @param key names the refund, so that it is recorded once
     */
    public Either<RecordRefused, Stored> refund(Access access, InvoiceId invoice, CommandKey key, Refund refund) {
        return standings.change(
                access,
                invoice,
                new CommandKey("refund/" + Fingerprint.of(invoice, key)),
                Fingerprint.of(refund),
                stored -> refunding(stored, refund)
                        .flatMap(next ->
                                entered(access, stored, next, account -> returned(account, stored, key, refund))));
    }

    private static Either<RecordRefused, Option<Standing>> refunding(Stored stored, Refund refund) {
        Standing standing = stored.standing();
        return requireCurrency(stored, refund.amount())
                .flatMap(amount -> standing.payments()
                        .find(payment -> payment.id().equals(refund.paymentId()))
                        .toEither(() -> new RecordRefused.UnknownPayment(standing.invoice(), refund.paymentId())))
                .flatMap(payment -> requirePaid(standing, refund, payment.paid()))
                .map(paid -> Option.some(standing.refunding(refund)));
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

    /** The same on the account, if it was charged for the document. */
    private Either<RecordRefused, Option<Standings.Next>> entered(
            Access access,
            Stored stored,
            Option<Standing> next,
            Function<Account, Either<RecordRefused, Seq<Movement>>> movements) {
        InvoiceId invoice = stored.standing().invoice();
        Option<Account> account = accounts.map(all -> account(all, access, stored))
                .filter(owing -> owing.items().containsKey(invoice));
        if (next.isEmpty() || account.isEmpty()) {
            return Either.right(next.map(standing -> new Standings.Next(standing, Array.empty())));
        }
        return movements.apply(account.get()).map(entered -> {
            Write enter = new Write.Enter(
                    account.get().id(), Option.some(account.get().entries()), clock.instant(), entered);
            return next.map(
                    standing -> new Standings.Next(standing, entered.isEmpty() ? Array.empty() : Array.of(enter)));
        });
    }

    private static Account account(AccountStore accounts, Access access, Stored stored) {
        AccountId debtor = Debtor.of(stored.invoice().head());
        return Account.of(debtor, accounts.entries(Access.toAll(access.tenant()), debtor));
    }

    private static Either<RecordRefused, Seq<Movement>> received(Account account, Stored stored, Payment payment) {
        InvoiceId invoice = stored.standing().invoice();
        Source source = Source.payment(payment.id());
        if (account.funds().containsKey(source)) {
            return Either.left(new RecordRefused.OtherContent(invoice, payment.id()));
        }
        if (payment.status() == Payment.Status.FAILED) {
            return Either.right(
                    payment.billed().isPositive()
                            ? Array.of(new Movement.Failed(payment.id(), invoice, payment.billed(), Option.none()))
                            : Array.empty());
        }
        Money used = payment.paid().atMost(account.items().get(invoice).get().open());
        Seq<Movement> received =
                payment.paid().isPositive() ? Array.of(new Movement.Received(source, payment.paid())) : Array.empty();
        return Either.right(
                used.isPositive() ? received.append(new Movement.Allocated(source, invoice, used)) : received);
    }

    private static Seq<Movement> waived(Account account, InvoiceId invoice) {
        Money open = account.items().get(invoice).get().open();
        return open.isPositive()
                ? Array.of(new Movement.Waived(invoice, Movement.Waived.Kind.FORGIVEN, open, Option.none()))
                : Array.empty();
    }

    /** First what is free of the payment, then what it paid on this document; what is forgiven stays so. */
    private static Either<RecordRefused, Seq<Movement>> returned(
            Account account, Stored stored, CommandKey key, Refund refund) {
        InvoiceId invoice = stored.standing().invoice();
        Source source = Source.payment(refund.paymentId());
        Option<Account.Fund> fund = account.funds().get(source);
        if (fund.isEmpty()) {
            // paid before the account was kept
            return Either.right(Array.empty());
        }
        Money lacking = refund.amount().minus(fund.get().free()).notBelowZero();
        Money used = fund.get().uses().getOrElse(invoice, Money.zero(lacking.currency()));
        if (lacking.compareTo(used) > 0) {
            Money left = fund.get().free().plus(used);
            return Either.left(new RecordRefused.MoreThanPaid(invoice, refund.paymentId(), refund.amount(), left));
        }
        Seq<Movement> released =
                lacking.isPositive() ? Array.of(new Movement.Released(source, invoice, lacking)) : Array.empty();
        boolean forgiven = stored.standing().status() == InvoiceStatus.FORGIVEN && lacking.isPositive();
        return Either.right(released.append(new Movement.Returned(
                        source,
                        Fingerprint.of(key),
                        Movement.Returned.Kind.REFUND,
                        refund.amount(),
                        refund.reason().map(text -> text.replaceAll("[\\n\\r\\t]", " "))))
                .appendAll(Option.when(
                        forgiven,
                        () -> new Movement.Waived(invoice, Movement.Waived.Kind.FORGIVEN, lacking, Option.none()))));
    }

    private static Either<RecordRefused, InvoiceStatus> requireStep(Stored stored, InvoiceStatus next) {
        Standing standing = stored.standing();
        return LifeCycle.ATLAS.allows(standing.status(), next)
                ? Either.right(next)
                : Either.left(new RecordRefused.StatusForbids(standing.invoice(), standing.status(), next));
    }

    private static Either<RecordRefused, Money> requireCurrency(Stored stored, Money amount) {
        CurrencyUnit expected = stored.invoice().head().currency();
        return amount.currency().equals(expected)
                ? Either.right(amount)
                : Either.left(
                        new RecordRefused.OtherCurrency(stored.standing().invoice(), amount.currency(), expected));
    }
}

package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.money.Money;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Stored;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import javax.money.CurrencyUnit;

/**
 * Records what became of collecting what is due: payments, failed attempts, refunds and waivers. We never take money ourselves.
 * <p>
 * Everything is recorded once: a payment by its id, a refund by the key that the caller gives it, a waiver because there is one.
 */
public final class RecordPayment {

    private final Standings<PaymentRefused> standings;
    private final FigureKey due;
    private final Clock clock;

    /**
     * Records on the documents of a store.
     *
     * @param due the figure that is to be paid
     */
    public RecordPayment(InvoiceStore store, FigureKey due, Clock clock) {
        this.standings = new Standings<>(store, PaymentRefused.UnknownInvoice::new, PaymentRefused.NotStored::new);
        this.due = requireNonNull(due, "due");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Records a payment. When all that is due is paid, the document is paid; a part leaves it as it is; a failed attempt makes it failed.
     *
     * @param payment PAID, or FAILED with nothing paid
     */
    public Either<PaymentRefused, Stored> record(Access access, InvoiceId invoice, Payment payment) {
        CommandKey key = new CommandKey("payment/" + Fingerprint.of(invoice, payment.id()));
        return standings.change(access, invoice, key, Fingerprint.of(payment), stored -> receiving(stored, payment));
    }

    private Either<PaymentRefused, Option<Standing>> receiving(Stored stored, Payment payment) {
        Standing standing = stored.standing();
        Option<Payment> known = standing.payments().find(other -> other.id().equals(payment.id()));
        if (known.isDefined()) {
            return known.contains(payment)
                    ? Either.right(Option.none())
                    : Either.left(new PaymentRefused.OtherContent(standing.invoice(), payment.id()));
        }
        return requireDecided(payment)
                .flatMap(decided -> requireCurrency(stored, payment.paid()))
                .flatMap(paid -> statusAfter(stored, payment))
                .map(status -> Option.some(standing.receiving(payment, status)));
    }

    private static Either<PaymentRefused, Payment> requireDecided(Payment payment) {
        boolean decided = payment.status() == Payment.Status.PAID
                || (payment.status() == Payment.Status.FAILED && payment.paid().isZero());
        return decided
                ? Either.right(payment)
                : Either.left(new PaymentRefused.NotDecided(payment.id(), payment.status()));
    }

    private Either<PaymentRefused, InvoiceStatus> statusAfter(Stored stored, Payment payment) {
        if (payment.status() == Payment.Status.FAILED) {
            return requireStep(stored, InvoiceStatus.FAILED);
        }
        Standing standing = stored.standing();
        Money paid = standing.paid(stored.invoice().head().currency()).plus(payment.paid());
        Money total = stored.invoice().figures().amount(due);
        if (paid.compareTo(total) > 0) {
            return requireStep(stored, InvoiceStatus.PAID)
                    .flatMap(allowed -> Either.left(new PaymentRefused.MoreThanDue(standing.invoice(), paid, total)));
        }
        return requireStep(stored, InvoiceStatus.PAID).map(inFull -> paid.equals(total) ? inFull : standing.status());
    }

    /** Waives what is due; what was paid may be refunded. What is waived already stays so. */
    public Either<PaymentRefused, Stored> forgive(Access access, InvoiceId invoice) {
        CommandKey key = new CommandKey("forgive/" + Fingerprint.of(invoice));
        return standings.change(access, invoice, key, "forgive", stored -> {
            Standing standing = stored.standing();
            return standing.status() == InvoiceStatus.FORGIVEN
                    ? Either.right(Option.none())
                    : requireStep(stored, InvoiceStatus.FORGIVEN)
                            .map(forgiven -> Option.some(standing.becoming(forgiven, clock.instant())));
        });
    }

    /**
     * Records that a payment was given back, whole or in part. The status stays: who waives the charge as well says so.
     *
     * @param key names the refund, so that it is recorded once
     */
    public Either<PaymentRefused, Stored> refund(Access access, InvoiceId invoice, CommandKey key, Refund refund) {
        return standings.change(
                access,
                invoice,
                new CommandKey("refund/" + Fingerprint.of(invoice, key)),
                Fingerprint.of(refund),
                stored -> refunding(stored, refund));
    }

    private static Either<PaymentRefused, Option<Standing>> refunding(Stored stored, Refund refund) {
        Standing standing = stored.standing();
        return requireCurrency(stored, refund.amount())
                .flatMap(amount -> standing.payments()
                        .find(payment -> payment.id().equals(refund.paymentId()))
                        .toEither(() -> new PaymentRefused.UnknownPayment(standing.invoice(), refund.paymentId())))
                .flatMap(payment -> requirePaid(standing, refund, payment.paid()))
                .map(paid -> Option.some(standing.refunding(refund)));
    }

    private static Either<PaymentRefused, Money> requirePaid(Standing standing, Refund refund, Money paid) {
        Money refunded = standing.refunds()
                .filter(other -> other.paymentId().equals(refund.paymentId()))
                .map(Refund::amount)
                .fold(refund.amount(), Money::plus);
        return refunded.compareTo(paid) <= 0
                ? Either.right(refunded)
                : Either.left(new PaymentRefused.MoreThanPaid(standing.invoice(), refund.paymentId(), refunded, paid));
    }

    private static Either<PaymentRefused, InvoiceStatus> requireStep(Stored stored, InvoiceStatus next) {
        Standing standing = stored.standing();
        return standing.status().mayBecome(next)
                ? Either.right(next)
                : Either.left(new PaymentRefused.StatusForbids(standing.invoice(), standing.status(), next));
    }

    private static Either<PaymentRefused, Money> requireCurrency(Stored stored, Money amount) {
        CurrencyUnit expected = stored.invoice().head().currency();
        return amount.currency().equals(expected)
                ? Either.right(amount)
                : Either.left(
                        new PaymentRefused.OtherCurrency(stored.standing().invoice(), amount.currency(), expected));
    }
}

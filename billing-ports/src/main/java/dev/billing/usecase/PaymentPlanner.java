package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.InvoiceId;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Plans what a {@link PaymentCommand} does. Money that came or went is recorded on parked accounts too: it did, whatever is wrong with
 * them. What was recorded already, with the same id and content, is not recorded again, whatever the key of the command.
 */
final class PaymentPlanner {

    private final Planning planning;

    PaymentPlanner(Planning planning) {
        this.planning = planning;
    }

    Either<BillingError, Plan> plan(PaymentCommand command) {
        if (command instanceof PaymentCommand.Receive receive) {
            return receive(receive);
        }
        if (command instanceof PaymentCommand.Allocate allocate) {
            return settling(allocate.account())
                    .flatMap(settling -> settling.allocate(allocate.source(), allocate.to()))
                    .map(Settling::plan);
        }
        if (command instanceof PaymentCommand.Refund refund) {
            return giveBack(
                    refund.account(),
                    new Movement.Returned(
                            refund.source(),
                            refund.refund(),
                            Movement.Returned.Kind.REFUND,
                            refund.amount(),
                            refund.reason()));
        }
        if (command instanceof PaymentCommand.ChargeBack back) {
            return giveBack(
                    back.account(),
                    new Movement.Returned(
                            Source.payment(back.payment()),
                            back.chargeBack(),
                            Movement.Returned.Kind.CHARGE_BACK,
                            back.amount(),
                            back.reason()));
        }
        return ofDocument(command);
    }

    private Either<BillingError, Plan> ofDocument(PaymentCommand command) {
        if (command instanceof PaymentCommand.Fail fail) {
            return fail(fail);
        }
        if (command instanceof PaymentCommand.Forgive forgive) {
            return giveUp(forgive.invoice(), Movement.Waived.Kind.FORGIVEN, forgive.reason());
        }
        PaymentCommand.WriteOff writeOff = (PaymentCommand.WriteOff) command;
        return giveUp(writeOff.invoice(), Movement.Waived.Kind.WRITTEN_OFF, writeOff.reason());
    }

    private Either<BillingError, Settling> settling(AccountId account) {
        return planning.account(account).map(found -> Settling.of(planning, found));
    }

    private Either<BillingError, Settling> settling(Planning.Final document) {
        return settling(Debtor.of(document.invoice().head()));
    }

    private Either<BillingError, Plan> receive(PaymentCommand.Receive receive) {
        Source source = Source.payment(receive.payment());
        return settling(receive.account())
                .flatMap(settling -> settling.account()
                        .funds()
                        .get(source)
                        .map(known -> known.received().equals(receive.amount())
                                ? Either.<BillingError, Plan>right(Plan.NOTHING)
                                : Either.<BillingError, Plan>left(
                                        new PaymentRefused.OtherContent(receive.account(), receive.payment())))
                        .getOrElse(() -> settling.receive(source, receive.amount())
                                .allocate(source, receive.to())
                                .map(Settling::plan)));
    }

    private Either<BillingError, Plan> giveBack(AccountId account, Movement.Returned back) {
        return settling(account).flatMap(settling -> settling.giveBack(back)).map(Settling::plan);
    }

    private Either<BillingError, Plan> fail(PaymentCommand.Fail fail) {
        return planning.issued(fail.invoice())
                .flatMap(this::settling)
                .flatMap(settling -> settling.fail(fail.invoice(), fail.payment(), fail.amount(), fail.reason()))
                .map(Settling::plan);
    }

    private Either<BillingError, Plan> giveUp(InvoiceId invoice, Movement.Waived.Kind kind, Option<String> reason) {
        return planning.issued(invoice)
                .flatMap(this::settling)
                .flatMap(settling -> settling.giveUp(invoice, kind, reason))
                .map(Settling::plan);
    }
}

package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Source;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import io.vavr.collection.Map;
import io.vavr.control.Option;

/** Tells of money that came or went, or that is not expected any more. We record it; we never move money. */
public sealed interface PaymentCommand extends Command {

    /**
     * Money came in. What no document takes is credit of the account.
     *
     * @param payment names it on its account: the same payment is recorded once, and with another amount it is refused
     */
    record Receive(AccountId account, String payment, Money amount, Allocation to) implements PaymentCommand {
        public Receive {
            requireNonNull(account, "account");
            Checks.requireId(payment, "Payment id");
            requirePositive(amount);
            requireNonNull(to, "to");
        }
    }

    /** Which documents money is for. */
    sealed interface Allocation {

        /** The oldest open ones first. */
        record OldestFirst() implements Allocation {}

        /** Those, with these amounts, of which all must be open. What was written off is reinstated as far as it is paid so. */
        record To(Map<InvoiceId, Money> documents) implements Allocation {
            public To {
                documents.values().forEach(PaymentCommand::requirePositive);
            }
        }

        /** None for now. */
        record Nothing() implements Allocation {}
    }

    /** An attempt to collect what is open on a document failed. It may fail again, and be paid after all. */
    record Fail(InvoiceId invoice, String payment, Money amount, Option<String> reason) implements PaymentCommand {
        public Fail {
            requireNonNull(invoice, "invoice");
            Checks.requireId(payment, "Payment id");
            requirePositive(amount);
            requireText(reason);
        }
    }

    /** Credit of an account pays documents: what is left of a payment, a credit note, or a document that gave back. */
    record Allocate(AccountId account, Source source, Allocation to) implements PaymentCommand {
        public Allocate {
            requireNonNull(account, "account");
            requireNonNull(source, "source");
            requireNonNull(to, "to");
        }
    }

    /**
     * Money went back to the customer because we wanted it. What is free of it goes first; for the rest, documents that it paid are open
     * again, the one that it paid last first. Never more goes back than came in; what a credit note pays of the document that it credits was never
     * paid and does not go back.
     *
     * @param refund names it among all that went back of its source
     */
    record Refund(AccountId account, Source source, String refund, Money amount, Option<String> reason)
            implements PaymentCommand {
        public Refund {
            requireNonNull(account, "account");
            requireNonNull(source, "source");
            Checks.requireId(refund, "Refund id");
            requirePositive(amount);
            requireText(reason);
        }
    }

    /**
     * Money went back because the customer or a bank wanted it. What it paid is open again, as after a refund.
     *
     * @param chargeBack names it among all that went back of its payment
     */
    record ChargeBack(AccountId account, String payment, String chargeBack, Money amount, Option<String> reason)
            implements PaymentCommand {
        public ChargeBack {
            requireNonNull(account, "account");
            Checks.requireId(payment, "Payment id");
            Checks.requireId(chargeBack, "Charge-back id");
            requirePositive(amount);
            requireText(reason);
        }
    }

    /** What is open on a document is given up; one that is void and open again stays void. */
    record Forgive(InvoiceId invoice, Option<String> reason) implements PaymentCommand {
        public Forgive {
            requireNonNull(invoice, "invoice");
            requireText(reason);
        }
    }

    /** What is open on a document is not expected any more; should it come after all, it counts. */
    record WriteOff(InvoiceId invoice, Option<String> reason) implements PaymentCommand {
        public WriteOff {
            requireNonNull(invoice, "invoice");
            requireText(reason);
        }
    }

    private static void requirePositive(Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("Money that comes or goes must be positive, but was " + amount);
        }
    }

    private static void requireText(Option<String> reason) {
        reason.forEach(text -> Checks.requireText(text, "Reason"));
    }
}

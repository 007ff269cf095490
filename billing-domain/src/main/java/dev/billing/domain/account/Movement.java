package dev.billing.domain.account;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import io.vavr.control.Option;

/** What an {@link Entry} says happened. All amounts are positive. */
public sealed interface Movement {

    /** What the account owes more; negative if less. None if it moves no money between the account and us. */
    default Option<Money> change() {
        return Option.none();
    }

    /** A document was issued that is to be paid. */
    record Charged(InvoiceId document, Money amount) implements Movement {
        public Charged {
            requireNonNull(document, "document");
            requirePositive(amount, "A charge");
        }

        @Override
        public Option<Money> change() {
            return Option.some(amount);
        }
    }

    /** Money or credit came in: a payment, a credit note, or a document that gives back. */
    record Received(Source source, Money amount) implements Movement {
        public Received {
            requireNonNull(source, "source");
            requirePositive(amount, "What is received");
        }

        @Override
        public Option<Money> change() {
            return Option.some(amount.negated());
        }
    }

    /** An attempt to collect failed. Nothing moved. */
    record Failed(String payment, InvoiceId document, Money amount, Option<String> reason) implements Movement {
        public Failed {
            Checks.requireId(payment, "Payment id");
            requireNonNull(document, "document");
            requirePositive(amount, "An attempt");
            reason.forEach(text -> Checks.requireText(text, "Reason"));
        }
    }

    /** What was received pays a document, in whole or in part. */
    record Allocated(Source source, InvoiceId document, Money amount) implements Movement {
        public Allocated {
            requireNonNull(source, "source");
            requireNonNull(document, "document");
            requirePositive(amount, "An allocation");
        }
    }

    /** An allocation was taken back: the document is open for that again, and the money free. */
    record Released(Source source, InvoiceId document, Money amount) implements Movement {
        public Released {
            requireNonNull(source, "source");
            requireNonNull(document, "document");
            requirePositive(amount, "What is released");
        }
    }

    /**
     * Money went back to the customer.
     *
     * @param id names the return
     */
    record Returned(Source source, String id, Returned.Kind kind, Money amount, Option<String> reason)
            implements Movement {

        /** Who wanted it. */
        public enum Kind {
            REFUND,
            CHARGE_BACK
        }

        public Returned {
            requireNonNull(source, "source");
            Checks.requireId(id, "Return id");
            requireNonNull(kind, "kind");
            requirePositive(amount, "What is returned");
            reason.forEach(text -> Checks.requireText(text, "Reason"));
        }

        @Override
        public Option<Money> change() {
            return Option.some(amount);
        }
    }

    /** What is open on a document is not to be paid. */
    record Waived(InvoiceId document, Waived.Kind kind, Money amount, Option<String> reason) implements Movement {

        /** Whether it was given up willingly. */
        public enum Kind {
            FORGIVEN,
            WRITTEN_OFF
        }

        public Waived {
            requireNonNull(document, "document");
            requireNonNull(kind, "kind");
            requirePositive(amount, "What is waived");
            reason.forEach(text -> Checks.requireText(text, "Reason"));
        }

        @Override
        public Option<Money> change() {
            return Option.some(amount.negated());
        }
    }

    /** What was waived is to be paid after all. */
    record Reinstated(InvoiceId document, Money amount) implements Movement {
        public Reinstated {
            requireNonNull(document, "document");
            requirePositive(amount, "What is reinstated");
        }

        @Override
        public Option<Money> change() {
            return Option.some(amount);
        }
    }

    /** Prepaid credit was granted. It is no money that is owed: it lowers what documents bill. */
    record Granted(CreditGrant grant) implements Movement {
        public Granted {
            requireNonNull(grant, "grant");
        }
    }

    /** A document used prepaid credit. */
    record Drawn(String grant, InvoiceId document, Money amount) implements Movement {
        public Drawn {
            Checks.requireId(grant, "Grant id");
            requireNonNull(document, "document");
            requirePositive(amount, "What is drawn");
        }
    }

    /**
     * The account is not billed until somebody has looked at it.
     *
     * @param reason what was found
     * @param release what is to be done before it is billed again
     */
    record Parked(String reason, String release) implements Movement {
        public Parked {
            Checks.requireText(reason, "Reason");
            Checks.requireText(release, "Release");
        }
    }

    /** Somebody has. */
    record Resumed(String note) implements Movement {
        public Resumed {
            Checks.requireText(note, "Note");
        }
    }

    private static void requirePositive(Money amount, String what) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException(what + " must be positive, but was " + amount);
        }
    }
}

package dev.billing.port;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;

/** Why a store did not apply a commit. Nothing of it was applied. */
public sealed interface CommitRefused extends BillingError {

    /** The key was used for another command. */
    record KeyReused(CommandKey key) implements CommitRefused {
        @Override
        public String message() {
            return "A command key must be used for one command, but '" + key + "' was used with other content";
        }
    }

    /** There is a document with this id already. */
    record AlreadyExists(InvoiceId invoice) implements CommitRefused {
        @Override
        public String message() {
            return "A document's id must be new, but '" + invoice + "' exists";
        }
    }

    /** There is no document with this id that can be changed so. */
    record UnknownInvoice(InvoiceId invoice) implements CommitRefused {
        @Override
        public String message() {
            return "A document must exist before it is changed, but '" + invoice + "' does not";
        }
    }

    /** The document is issued, and what is issued is sealed. */
    record Sealed(InvoiceId invoice) implements CommitRefused {
        @Override
        public String message() {
            return "An issued document must not be revised, but '" + invoice + "' is issued";
        }
    }

    /** Somebody else was faster: the revision or version is not the next one. */
    record Stale(InvoiceId invoice, long given, long next) implements CommitRefused {
        @Override
        public String message() {
            return "A change must follow the latest one, but for '" + invoice + "' it was number " + given + " where "
                    + next + " is next";
        }
    }

    /** The document has a line with this id already. */
    record DuplicateLine(InvoiceId invoice, LineId line) implements CommitRefused {
        @Override
        public String message() {
            return "A line's id must be new on its document, but '" + invoice + "' has two of '" + line + "'";
        }
    }

    /** A number has more digits than the store keeps; it is refused rather than rounded. */
    record TooManyDigits(InvoiceId invoice, String what) implements CommitRefused {
        @Override
        public String message() {
            return "A number must fit the store without loss, but on '" + invoice + "' this one does not: " + what;
        }
    }

    /** Somebody else was faster: the account has other entries or details than the change was computed from. */
    record StaleAccount(AccountId account, long given, long actual) implements CommitRefused {
        @Override
        public String message() {
            return "A change of account '" + account + "' must follow the latest one, but it was computed from number "
                    + given + " where " + actual + " is the latest";
        }
    }

    /** A document was to be erased that is not issued. */
    record NotIssued(InvoiceId invoice) implements CommitRefused {
        @Override
        public String message() {
            return "A document must be issued before its customer is erased, but '" + invoice + "' is not";
        }
    }

    /** Whether the same command, computed again from what is there now, may be accepted. */
    default boolean isOvertaken() {
        return this instanceof Stale
                || this instanceof StaleAccount
                || this instanceof Sealed
                || this instanceof AlreadyExists;
    }
}

package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.port.CommandKey;
import dev.billing.port.CommitRefused;

/** Why a command of any kind was refused. Nothing of it was done. */
public sealed interface CommandRefused extends BillingError {

    /** The caller may not act for this account. */
    record NoAccess(AccountId account) implements CommandRefused {
        @Override
        public String message() {
            return "An account must be within the caller's access, but '" + account + "' is not";
        }
    }

    /** There is no such document within the caller's access. */
    record UnknownInvoice(InvoiceId invoice) implements CommandRefused {
        @Override
        public String message() {
            return "A document must exist within the caller's access, but '" + invoice + "' does not";
        }
    }

    /** Only a draft can be changed so. */
    record NotADraft(InvoiceId invoice, InvoiceStatus status) implements CommandRefused {
        @Override
        public String message() {
            return "A document must be a draft to be changed, but '" + invoice + "' is final and " + status;
        }
    }

    /** Only a final document can be dealt with so. */
    record NotFinal(InvoiceId invoice, InvoiceStatus status) implements CommandRefused {
        @Override
        public String message() {
            return "A document must be final for this, but '" + invoice + "' is a draft and " + status;
        }
    }

    /** What stands so cannot stand so next. */
    record StatusForbids(InvoiceId invoice, InvoiceStatus from, InvoiceStatus to) implements CommandRefused {
        @Override
        public String message() {
            return "A document that is " + from + " must not become " + to + ", but '" + invoice + "' was to";
        }
    }

    /** Somebody has to look at the account before it is billed. */
    record Parked(AccountId account, String reason, String release) implements CommandRefused {
        @Override
        public String message() {
            return "An account must not be parked to be billed, but '" + account + "' is: " + reason
                    + ". To release it: " + release;
        }
    }

    /** The key was used for another command. */
    record KeyReused(CommandKey key) implements CommandRefused {
        @Override
        public String message() {
            return "A command key must be used for one command, but '" + key + "' was used for another";
        }
    }

    /** Others changed the same things again and again. */
    record Overtaken(CommandKey key, int attempts) implements CommandRefused {
        @Override
        public String message() {
            return "The command '" + key + "' was overtaken by others " + attempts + " times; run it again";
        }
    }

    /** The store refused the change. */
    record NotStored(CommitRefused why) implements CommandRefused {
        @Override
        public String message() {
            return why.message();
        }
    }
}

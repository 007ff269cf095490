package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import java.time.ZoneId;
import javax.money.CurrencyUnit;

/** Why an {@link AccountCommand} was refused. Nothing of it was done. */
public sealed interface AccountRefused extends BillingError {

    /** Somebody else described the account meanwhile. */
    record StaleDetails(AccountId account, long given, long next) implements AccountRefused {
        @Override
        public String message() {
            return "Details must follow the latest ones, but those of account '" + account + "' were version " + given
                    + " where " + next + " is next";
        }
    }

    /** Whoever pays for an account is paid for, in the end, by that account. */
    record PayerCycle(AccountId account, AccountId payer) implements AccountRefused {
        @Override
        public String message() {
            return "An account must not pay for its own payer, but '" + payer + "' was to pay for '" + account
                    + "', which pays for it";
        }
    }

    /** Documents were billed by other days and months already. */
    record ZoneInUse(AccountId account, ZoneId zone, InvoiceId invoice) implements AccountRefused {
        @Override
        public String message() {
            return "The zone of an account must not change once something is billed by it, but '" + account
                    + "' was to change to " + zone + " after '" + invoice + "'";
        }
    }

    /** An attribute by which documents are known that commands make. */
    record ReservedAttribute(AccountId account, String name) implements AccountRefused {
        @Override
        public String message() {
            return "An attribute must not be one that credit notes, corrections and payers are known by, but account '"
                    + account + "' was to have '" + name + "'";
        }
    }

    /** There is a grant with this id already. */
    record DuplicateGrant(AccountId account, String grant) implements AccountRefused {
        @Override
        public String message() {
            return "A grant's id must be new in its account, but '" + account + "' has '" + grant + "'";
        }
    }

    /** Credit that no document of the account could use. */
    record GrantInOtherCurrency(AccountId account, String grant, CurrencyUnit given, CurrencyUnit billed)
            implements AccountRefused {
        @Override
        public String message() {
            return "A grant must be in the currency that its account is billed in, but '" + grant + "' of '" + account
                    + "' is in " + given + " and not in " + billed;
        }
    }

    /** The account is parked already. */
    record AlreadyParked(AccountId account, String reason) implements AccountRefused {
        @Override
        public String message() {
            return "An account must be resumed before it is parked again, but '" + account + "' is parked: " + reason;
        }
    }

    /** The account is not parked. */
    record NotParked(AccountId account) implements AccountRefused {
        @Override
        public String message() {
            return "An account must be parked to be resumed, but '" + account + "' is not";
        }
    }
}

package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.period.Period;
import dev.billing.port.CommitRefused;
import java.time.Instant;

/** Why a month was not settled. */
public sealed interface SettleRefused extends BillingError {

    /** The month still runs. */
    record NotOver(Period month, Instant now) implements SettleRefused {
        @Override
        public String message() {
            return "A month must be over before it is settled, but it is " + now + " and the month is " + month;
        }
    }

    /** The caller may not see the account. */
    record NoAccess(AccountId account) implements SettleRefused {
        @Override
        public String message() {
            return "An account must be within the caller's access, but '" + account + "' is not";
        }
    }

    /** The account has no document for the month. */
    record NothingToSettle(AccountId account, Period month) implements SettleRefused {
        @Override
        public String message() {
            return "A month must have a document to be settled, but account '" + account + "' has none for " + month;
        }
    }

    /** An earlier month is not settled, so nobody knows what it leaves over. */
    record EarlierMonthPending(AccountId account, InvoiceId earlier) implements SettleRefused {
        @Override
        public String message() {
            return "Months must be settled in their order, but of account '" + account + "' the earlier document '"
                    + earlier + "' is pending";
        }
    }

    /** What is asked of every document that becomes final does not hold, such as that its account is not parked. */
    record NotSettled(BillingError why) implements SettleRefused {
        @Override
        public String message() {
            return why.message();
        }
    }

    /** The store refused the change. */
    record NotStored(CommitRefused why) implements SettleRefused {
        @Override
        public String message() {
            return why.message();
        }
    }
}

package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.period.Period;
import dev.billing.port.CommitRefused;
import java.time.Instant;

/** Why a month was not closed. */
public sealed interface CloseRefused extends BillingError {

    /** The month still runs. */
    record NotOver(Period period, Instant now) implements CloseRefused {
        @Override
        public String message() {
            return "A month must be over before it is closed, but it is " + now + " and the month is " + period;
        }
    }

    /** The caller may not see the account. */
    record NoAccess(AccountId account) implements CloseRefused {
        @Override
        public String message() {
            return "An account must be within the caller's access, but '" + account + "' is not";
        }
    }

    /** The store refused the document. */
    record NotStored(CommitRefused why) implements CloseRefused {
        @Override
        public String message() {
            return why.message();
        }
    }
}

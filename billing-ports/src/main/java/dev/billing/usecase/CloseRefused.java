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

    /** A document of the profile begins with what the one before left over. */
    record Settled(AccountId account, String profile) implements CloseRefused {
        @Override
        public String message() {
            return "A month must not begin with what the one before left over to be closed at once, but those of '"
                    + account + "' under " + profile + " do; settle it, or bill and finalise it";
        }
    }

    /** What is asked of every month that is billed and becomes final does not hold, such as that its account is not parked. */
    record NotClosed(BillingError why) implements CloseRefused {
        @Override
        public String message() {
            return why.message();
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

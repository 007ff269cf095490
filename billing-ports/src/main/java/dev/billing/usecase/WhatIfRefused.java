package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import javax.money.CurrencyUnit;

/** Why a scenario cannot be compared. */
public sealed interface WhatIfRefused extends BillingError {

    /** Amounts of two currencies have no difference. */
    record OtherCurrency(CurrencyUnit then, CurrencyUnit now) implements WhatIfRefused {
        @Override
        public String message() {
            return "A scenario must be in the currency of the profile, " + now + ", but was in " + then;
        }
    }

    /** An account is billed in another currency than the others. */
    record AccountInOtherCurrency(AccountId account, CurrencyUnit found, CurrencyUnit compared)
            implements WhatIfRefused {
        @Override
        public String message() {
            return "Accounts must be compared in one currency, " + compared + ", but '" + account + "' is billed in "
                    + found + "; compare it under the profile in " + found;
        }
    }

    /** What an account's month comes to cannot be told, now or then. */
    record NotSettled(AccountId account, BillingError why) implements WhatIfRefused {
        @Override
        public String message() {
            return "All months must settle to be compared, but that of '" + account + "' does not: " + why.message();
        }
    }
}

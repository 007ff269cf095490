package dev.billing.usecase;

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
}

package dev.billing.domain.tax;

import dev.billing.domain.BillingError;
import dev.billing.domain.money.Money;

/** What is refused about taxed amounts. */
public sealed interface TaxError extends BillingError {

    /** More of a line is to be given back than is left of it, or what is to be given back has the wrong sign. */
    record TooMuchCredited(Money asked, Money left) implements TaxError {
        @Override
        public String message() {
            return "A credit note must not take more of a line than is left of it, but was to take " + asked + " of "
                    + left;
        }
    }
}

package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.period.Period;
import dev.billing.port.CommitRefused;
import javax.money.CurrencyUnit;

/** Why charges were not posted. None of them was. */
public sealed interface ChargesRefused extends BillingError {

    /** The charge is there with other content. */
    record OtherContent(AccountId account, String charge) implements ChargesRefused {
        @Override
        public String message() {
            return "A charge's id must name one charge, but '" + charge + "' of account '" + account
                    + "' was posted with other content";
        }
    }

    /** The charge is of another currency than the documents it would be on. */
    record OtherCurrency(String charge, CurrencyUnit given, CurrencyUnit expected) implements ChargesRefused {
        @Override
        public String message() {
            return "A charge must be in " + expected + ", but '" + charge + "' is in " + given;
        }
    }

    /** The month is settled. */
    record MonthSettled(AccountId account, Period month, InvoiceId invoice) implements ChargesRefused {
        @Override
        public String message() {
            return "Charges must be posted before their month is settled, but for account '" + account + "' the month "
                    + month + " is settled as '" + invoice + "'";
        }
    }

    /** The store refused the change. */
    record NotStored(CommitRefused why) implements ChargesRefused {
        @Override
        public String message() {
            return why.message();
        }
    }
}

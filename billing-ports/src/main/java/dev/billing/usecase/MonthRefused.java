package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.period.Period;
import java.time.Instant;
import java.time.YearMonth;
import javax.money.CurrencyUnit;

/** Why a {@link MonthCommand} was refused. Nothing of it was done. */
public sealed interface MonthRefused extends BillingError {

    /** What is final does not change any more. */
    record AlreadyFinal(InvoiceId invoice) implements MonthRefused {
        @Override
        public String message() {
            return "A month must not be final to be billed, but '" + invoice
                    + "' is; what was learned since is for Correct";
        }
    }

    /** The month lies in the future. */
    record NotBegun(Period period, Instant now) implements MonthRefused {
        @Override
        public String message() {
            return "A month must have begun to be billed, but it is " + now + " and the month is " + period;
        }
    }

    /** Somebody is looking at the draft. */
    record InReview(InvoiceId invoice) implements MonthRefused {
        @Override
        public String message() {
            return "A draft must not change while it is in review, but '" + invoice
                    + "' is; send it back to bill it again, or finalise it";
        }
    }

    /** Somebody decided that nothing comes of the draft. */
    record Dropped(InvoiceId invoice) implements MonthRefused {
        @Override
        public String message() {
            return "A draft that was dropped must stay so, but '" + invoice + "' was to be billed";
        }
    }

    /** Another account's document has its lines. */
    record BilledWithPayer(AccountId account, AccountId payer) implements MonthRefused {
        @Override
        public String message() {
            return "An account whose bill is consolidated must be billed with its payer, but '" + account
                    + "' was to be billed by itself; bill '" + payer + "'";
        }
    }

    /** The documents of the profile show no taxes and no credit. */
    record TermsNotShown(AccountId account, String profile) implements MonthRefused {
        @Override
        public String message() {
            return "Terms with taxes or credit must be billed under a profile whose documents show them, but '"
                    + account + "' is billed under " + profile;
        }
    }

    /** A price is in another currency than the account is billed in. */
    record OtherCurrency(AccountId account, CurrencyUnit found, CurrencyUnit billed) implements MonthRefused {
        @Override
        public String message() {
            return "Prices must be in the currency that an account is billed in, but '" + account + "' is billed in "
                    + billed + " and has a price in " + found;
        }
    }

    /** There is nothing to correct. */
    record NotBilled(AccountId account, YearMonth month) implements MonthRefused {
        @Override
        public String message() {
            return "A month must be final to be corrected, but " + month + " of '" + account + "' was never billed";
        }
    }

    /** What is not final is billed again, and not corrected. */
    record NotFinal(InvoiceId invoice) implements MonthRefused {
        @Override
        public String message() {
            return "A month must be final to be corrected, but '" + invoice + "' is a draft; bill it again";
        }
    }

    /** A credit note took all of it back. */
    record TakenBack(InvoiceId invoice) implements MonthRefused {
        @Override
        public String message() {
            return "A document that was taken back in full must not be corrected, but '" + invoice + "' is void";
        }
    }

    /** It was computed under other policies. */
    record OtherProfile(InvoiceId invoice, String found, String profile) implements MonthRefused {
        @Override
        public String message() {
            return "A month must be corrected under the profile that it was billed under, but '" + invoice
                    + "' was billed under " + found + " and not " + profile;
        }
    }

    /** The draft that would have to take the difference is none any more. */
    record NextNotOpen(InvoiceId invoice, InvoiceStatus status) implements MonthRefused {
        @Override
        public String message() {
            return "A correction must go to a draft that may change, but '" + invoice + "' is " + status
                    + "; correct with a document of its own";
        }
    }
}

package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import javax.money.CurrencyUnit;

/** Why money that came or went was not recorded. Nothing of it was. */
public sealed interface PaymentRefused extends BillingError {

    /** Nothing like it came in on the account. */
    record UnknownSource(AccountId account, Source source) implements PaymentRefused {
        @Override
        public String message() {
            return "Money must have come in on its account before it is used or given back, but " + source
                    + " is not on account '" + account + "'";
        }
    }

    /** The account does not have to pay the document. */
    record NotOwed(AccountId account, InvoiceId document) implements PaymentRefused {
        @Override
        public String message() {
            return "A document must be charged on the account that pays it, but '" + document + "' is not on account '"
                    + account + "'";
        }
    }

    /** The id was used before, for something else. */
    record OtherContent(AccountId account, String id) implements PaymentRefused {
        @Override
        public String message() {
            return "The id of a payment or return must name one of them, but '" + id + "' on account '" + account
                    + "' was recorded with other content";
        }
    }

    /**
     * The amount is of another currency.
     *
     * @param of what it is compared with
     */
    record OtherCurrency(String of, CurrencyUnit given, CurrencyUnit expected) implements PaymentRefused {
        @Override
        public String message() {
            return "An amount " + of + " must be in " + expected + ", but was in " + given;
        }
    }

    /** More would be paid than is open. */
    record MoreThanOpen(InvoiceId document, Money amount, Money open) implements PaymentRefused {
        @Override
        public String message() {
            return "What is paid must be at most what is open, but on '" + document + "' it would be " + amount + " of "
                    + open;
        }
    }

    /** More would be used than is free. */
    record MoreThanFree(AccountId account, Source source, Money amount, Money free) implements PaymentRefused {
        @Override
        public String message() {
            return "What is used must be at most what is free, but of " + source + " on account '" + account
                    + "' it would be " + amount + " of " + free;
        }
    }

    /** More would be given back than came in. */
    record MoreThanReceived(AccountId account, Source source, Money amount, Money left) implements PaymentRefused {
        @Override
        public String message() {
            return "What is given back must be at most what came in and did not go back yet, but of " + source
                    + " on account '" + account + "' it would be " + amount + " of " + left;
        }
    }
}

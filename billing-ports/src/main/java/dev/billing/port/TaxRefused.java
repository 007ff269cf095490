package dev.billing.port;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.line.LineId;
import io.vavr.collection.Seq;

/** Why there are no taxes of an engine. Asking again does not help until what it names is mended. */
public sealed interface TaxRefused extends BillingError {

    /** Nobody knows where the customer is taxed, or the engine does not cover it. */
    record UnknownJurisdiction(String customer) implements TaxRefused {
        @Override
        public String message() {
            return "A customer must be taxed where the engine knows the taxes, but it does not for '" + customer + "'";
        }
    }

    /** The engine does not know how something is taxed. */
    record UnknownProduct(LineId line, String sku, String category) implements TaxRefused {
        @Override
        public String message() {
            return "A product must have a tax class, but that of line '" + line + "' has none: sku '" + sku
                    + "', category '" + category + "'";
        }
    }

    /** The engine refuses for a reason of its own. */
    record Other(String reason) implements TaxRefused {
        @Override
        public String message() {
            return "The tax engine refused: " + reason;
        }
    }

    /** Two would say what is due: an engine, and the rates of an account's terms. */
    record RatesBesideEngine(AccountId account, Seq<String> rates) implements TaxRefused {
        @Override
        public String message() {
            return "Terms must have no tax rates where an engine computes the taxes, but those of '" + account
                    + "' had " + rates.mkString(", ");
        }
    }

    /** The engine broke, or answered against the rules of {@link TaxCalculator}. */
    record BadAnswer(AccountId account, String why) implements TaxRefused {
        @Override
        public String message() {
            return "A tax engine must answer with the taxes of all lines or refuse, but for '" + account + "' " + why;
        }
    }
}

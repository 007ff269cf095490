package dev.billing.port;

import dev.billing.domain.BillingError;
import dev.billing.domain.line.LineId;

/** Why an engine gives no taxes. Asking again does not help until what it names is mended. */
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
}

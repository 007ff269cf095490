package dev.billing.domain.pricing;

import dev.billing.domain.BillingError;
import java.time.Instant;

/** What a price book refuses. */
public sealed interface PricingError extends BillingError {

    /** Something is sold that the price book does not list. */
    record UnknownSku(String sku, PriceBookVersion book) implements PricingError {
        @Override
        public String message() {
            return "A sku must be in the price book, but " + book + " has no '" + sku + "'";
        }
    }

    /** Usage is recorded on a meter that no product of the price book prices. */
    record UnpricedMeter(String meter, PriceBookVersion book) implements PricingError {
        @Override
        public String message() {
            return "A meter must be priced by a product, but " + book + " has none for '" + meter + "'";
        }
    }

    /** No price book is in force at that instant. */
    record NoPriceBook(Instant at) implements PricingError {
        @Override
        public String message() {
            return "A price book must be in force, but none is at " + at;
        }
    }
}

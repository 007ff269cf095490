package dev.billing.domain.pricing;

import dev.billing.domain.BillingError;
import io.vavr.collection.Seq;
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

    /** Usage says something that a price matrix has neither a cell nor another rule for. */
    record UnpricedCell(String sku, Seq<String> dimensions, Seq<String> values, PriceBookVersion book)
            implements PricingError {
        @Override
        public String message() {
            return "A price matrix must price all values, but that of '" + sku + "' in " + book + " has no cell for "
                    + dimensions
                            .zip(values)
                            .map(pair -> pair._1 + " '" + pair._2 + "'")
                            .mkString(", ");
        }
    }

    /** No price book is in force at that instant. */
    record NoPriceBook(Instant at) implements PricingError {
        @Override
        public String message() {
            return "A price book must be in force, but none is at " + at;
        }
    }

    /**
     * A pricing rule breaks a rule of its own.
     *
     * @param at the place within the rule, such as {@code tiers[1].upTo}
     * @param problem what it must be and what it was
     */
    record InvalidRule(String at, String problem) implements PricingError {
        @Override
        public String message() {
            return at + " " + problem;
        }
    }
}

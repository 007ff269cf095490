package dev.billing.usecase;

import dev.billing.domain.BillingError;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingError;
import dev.billing.domain.usage.FactId;
import dev.billing.port.FactsRefused;
import java.math.BigDecimal;
import java.time.Instant;

/** Why reports were not recorded. None of them was. */
public sealed interface ReportRefused extends BillingError {

    /** The report that is the reason. */
    FactId report();

    /** A thing ends before it begins. */
    record EndsBeforeItBegins(FactId report, Instant from, Instant until) implements ReportRefused {
        @Override
        public String message() {
            return "A thing must not end before it begins, but '" + report + "' was " + from + "/" + until;
        }
    }

    /** The profile's documents have no place for such a line. */
    record CategoryNotBilled(FactId report, String category, String profile) implements ReportRefused {
        @Override
        public String message() {
            return "A line's category must be one that profile '" + profile + "' bills, but '" + report + "' is of '"
                    + category + "'";
        }
    }

    /** The price book refuses it. */
    record NotPriced(FactId report, PricingError why) implements ReportRefused {
        @Override
        public String message() {
            return why.message() + " (for '" + report + "')";
        }
    }

    /** A quantity is below zero, and none of the meters that count it allows that. */
    record NegativeQuantity(FactId report, String meter, BigDecimal quantity, PriceBookVersion book)
            implements ReportRefused {
        @Override
        public String message() {
            return "A quantity must not be negative where no meter allows it, but '" + report + "' reported "
                    + Decimals.toText(quantity) + " of '" + meter + "' under " + book;
        }
    }

    /** The store refuses it. */
    record NotKept(FactsRefused why) implements ReportRefused {
        @Override
        public FactId report() {
            return why.fact();
        }

        @Override
        public String message() {
            return why.message();
        }
    }
}

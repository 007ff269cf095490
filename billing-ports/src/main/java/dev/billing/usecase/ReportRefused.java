package dev.billing.usecase;

import dev.billing.domain.BillingError;
import dev.billing.domain.usage.FactId;
import java.time.Instant;

/** Why reports were not recorded. None of them was. */
public sealed interface ReportRefused extends BillingError {

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
    record NotPriced(FactId report, BillingError why) implements ReportRefused {
        @Override
        public String message() {
            return why.message() + " (for '" + report + "')";
        }
    }

    /** The store refuses it. */
    record NotKept(BillingError why) implements ReportRefused {
        @Override
        public String message() {
            return why.message();
        }
    }
}

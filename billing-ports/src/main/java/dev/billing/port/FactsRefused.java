package dev.billing.port;

import dev.billing.domain.BillingError;
import dev.billing.domain.usage.FactId;
import java.time.Instant;

/** Why a store did not keep facts. None of them was kept. */
public sealed interface FactsRefused extends BillingError {

    /** The fact that is the reason. */
    FactId fact();

    /** The id was used for a fact that says something else. */
    record IdReused(FactId fact) implements FactsRefused {
        @Override
        public String message() {
            return "A fact's id must be used for one fact, but '" + fact + "' was used for another";
        }
    }

    /** A lifetime ends that is not known. */
    record UnknownLifetime(FactId fact, FactId lifetime) implements FactsRefused {
        @Override
        public String message() {
            return "A lifetime must be known before it ends, but '" + lifetime + "' is not";
        }
    }

    /** A lifetime ends before it begins. */
    record EndsBeforeItBegins(FactId fact, Instant from, Instant at) implements FactsRefused {
        @Override
        public String message() {
            return "A lifetime must not end before it begins, but '" + fact + "' would be " + from + "/" + at;
        }
    }

    /** A number has more digits than the store keeps; it is refused rather than rounded. */
    record TooManyDigits(FactId fact, String what) implements FactsRefused {
        @Override
        public String message() {
            return "A number must fit the store without loss, but in '" + fact + "' this one does not: " + what;
        }
    }
}

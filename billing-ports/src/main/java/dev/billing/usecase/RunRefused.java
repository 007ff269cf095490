package dev.billing.usecase;

import dev.billing.domain.BillingError;
import dev.billing.domain.Ref;
import dev.billing.port.CommitRefused;

/** Why a run stopped. The documents before are done; the same run again goes on. */
public sealed interface RunRefused extends BillingError {

    /** A charge is for something that is not among the run's objects, or for a group of things. */
    record UnknownObject(String subjectType, String subjectId) implements RunRefused {
        @Override
        public String message() {
            return "A charge must be for a single thing that the run names, but one was for " + subjectType + ":"
                    + subjectId;
        }
    }

    /** The charges of one thing are in several currencies, which one document cannot add up. */
    record MixedCurrencies(Ref subject) implements RunRefused {
        @Override
        public String message() {
            return "What is reported for one thing must be in one currency, but for " + subject + " it is not";
        }
    }

    /** The store refused a document. */
    record NotStored(CommitRefused why) implements RunRefused {
        @Override
        public String message() {
            return why.message();
        }
    }
}

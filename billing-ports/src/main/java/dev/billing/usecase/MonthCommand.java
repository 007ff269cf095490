package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.rating.Terms;
import java.time.YearMonth;

/** Asks for the document of an account's month. */
public sealed interface MonthCommand extends Command {

    AccountId account();

    YearMonth month();

    /**
     * Makes a draft of a month from the facts that are known, or brings the draft there is up to date. Lines that somebody added stay.
     *
     * @param month in the account's own calendar
     * @param terms its prepaid credit is known without them, and its taxes where an engine computes them: those must have no rates then
     */
    record Bill(AccountId account, YearMonth month, Terms terms) implements MonthCommand {
        public Bill {
            requireNonNull(account, "account");
            requireNonNull(month, "month");
            requireNonNull(terms, "terms");
        }
    }

    /**
     * Corrects a final month by what was learned since: it is rated again, and what that differs by from the document and all its
     * corrections so far is billed or given back, line by line. Lines that somebody added stay as they are, and so does the prepaid credit
     * that was used. What credit notes gave back is not given again.
     *
     * @param terms those that held when the month was billed; an engine for taxes is asked about the whole month again, as it was then
     */
    record Correct(AccountId account, YearMonth month, Policy policy, Terms terms) implements MonthCommand {

        /** Where the difference goes. */
        public enum Policy {
            /**
             * To the draft of the month that runs; to a document of its own where another account pays by now, or less is due of a month of
             * which something was given up.
             */
            NEXT_INVOICE,
            /**
             * To a document of its own: a credit note if less is due, an invoice if more; to the draft of the month that runs where less is
             * due of what only a draft charges so far.
             */
            OWN_DOCUMENT
        }

        public Correct {
            requireNonNull(account, "account");
            requireNonNull(month, "month");
            requireNonNull(policy, "policy");
            requireNonNull(terms, "terms");
        }
    }
}

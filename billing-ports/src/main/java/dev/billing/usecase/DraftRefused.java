package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Period;
import java.time.Instant;
import javax.money.CurrencyUnit;

/** Why a draft was not changed or made final. Nothing of it was done. */
public sealed interface DraftRefused extends BillingError {

    /** The id is taken. */
    record AlreadyExists(InvoiceId invoice) implements DraftRefused {
        @Override
        public String message() {
            return "A document's id must be new, but '" + invoice + "' exists";
        }
    }

    /** The caller has seen an older revision than there is. */
    record Stale(InvoiceId invoice, long given, long actual) implements DraftRefused {
        @Override
        public String message() {
            return "A change of a draft must follow its latest revision, but for '" + invoice + "' revision " + given
                    + " was given where " + actual + " is the latest";
        }
    }

    /** Somebody approves it just now. */
    record InReview(InvoiceId invoice) implements DraftRefused {
        @Override
        public String message() {
            return "A draft in review must be sent back before it is changed, but '" + invoice + "' was not";
        }
    }

    /** Nothing will come of it. */
    record Dropped(InvoiceId invoice) implements DraftRefused {
        @Override
        public String message() {
            return "A draft that was dropped must stay as it is, but '" + invoice + "' was to change";
        }
    }

    /** It was computed with other policies than those of the caller. */
    record OtherProfile(InvoiceId invoice, String given, String expected) implements DraftRefused {
        @Override
        public String message() {
            return "A draft must be changed with the profile it was computed with, but '" + invoice + "' is of '"
                    + expected + "' and was to be changed with '" + given + "'";
        }
    }

    /** No lines were named. */
    record NoLines(InvoiceId invoice) implements DraftRefused {
        @Override
        public String message() {
            return "A change of lines must name at least one, but for '" + invoice + "' there was none";
        }
    }

    /** A line's id is taken on the draft, or was given twice. */
    record DuplicateLine(InvoiceId invoice, LineId line) implements DraftRefused {
        @Override
        public String message() {
            return "A line's id must be new on its document, but '" + invoice + "' would have two of '" + line + "'";
        }
    }

    /** A line by which commands would take it for one of their own. */
    record ReservedLine(InvoiceId invoice, LineId line) implements DraftRefused {
        @Override
        public String message() {
            return "A line that is added must not look like one that is rated or that corrects another, but '" + line
                    + "' on '" + invoice + "' does";
        }
    }

    /** An attribute by which documents are known that commands make. */
    record ReservedAttribute(InvoiceId invoice, String name) implements DraftRefused {
        @Override
        public String message() {
            return "An attribute must not be one that credit notes, corrections and payers are known by, but '"
                    + invoice + "' was to have '" + name + "'";
        }
    }

    /** The draft has no such line. */
    record UnknownLine(InvoiceId invoice, LineId line) implements DraftRefused {
        @Override
        public String message() {
            return "A line must be on the draft to be taken off, but '" + invoice + "' has no '" + line + "'";
        }
    }

    /** An amount of a line is of another currency than the draft. */
    record OtherCurrency(InvoiceId invoice, LineId line, CurrencyUnit given, CurrencyUnit expected)
            implements DraftRefused {
        @Override
        public String message() {
            return "Amounts on '" + invoice + "' must be in " + expected + ", but line '" + line + "' has one in "
                    + given;
        }
    }

    /** The profile knows no lines of this category. */
    record UnknownCategory(InvoiceId invoice, LineId line, String category) implements DraftRefused {
        @Override
        public String message() {
            return "A line must be of a category that the profile of its document has, but '" + line + "' on '"
                    + invoice + "' is of '" + category + "'";
        }
    }

    /** An amount has more digits than the profile bills. */
    record NotRounded(InvoiceId invoice, LineId line, Money amount, Rounding rounding) implements DraftRefused {
        @Override
        public String message() {
            return "Amounts on '" + invoice + "' must be rounded " + rounding + ", but line '" + line + "' has "
                    + amount;
        }
    }

    /** A line has a tax, and nothing of the document would tell of it. */
    record TaxNotShown(InvoiceId invoice, LineId line, String profile) implements DraftRefused {
        @Override
        public String message() {
            return "A document of profile '" + profile + "' has no taxes line by line, but '" + line + "' on '"
                    + invoice + "' has one";
        }
    }

    /** Without the lines that were to be taken off, the draft would use more prepaid credit than it charges. */
    record TooMuchCredit(InvoiceId invoice, Money credits, Money tooMuch) implements DraftRefused {
        @Override
        public String message() {
            return "A draft must not use more prepaid credit than it charges, but '" + invoice + "' uses " + credits
                    + ", which would be " + tooMuch + " too much; bill its month again instead";
        }
    }

    /** Prepaid credit that the draft uses was used by others since. */
    record CreditGone(InvoiceId invoice, String grant, Money used, Money left) implements DraftRefused {
        @Override
        public String message() {
            return "A draft must use prepaid credit that is there, but '" + invoice + "' uses " + used + " of '" + grant
                    + "', which has " + left + " left; bill its month again";
        }
    }

    /** The month that it bills is not over. */
    record NotOver(InvoiceId invoice, Instant end, Instant now) implements DraftRefused {
        @Override
        public String message() {
            return "A month must be over before its document is final, but that of '" + invoice + "' ends at " + end
                    + " and it is " + now;
        }
    }

    /** Another document bills the same month of an account whose lines are on this one. */
    record BilledElsewhere(InvoiceId invoice, AccountId account, InvoiceId other) implements DraftRefused {
        @Override
        public String message() {
            return "A month must be billed once, but that of '" + account + "' is on '" + invoice + "' and on '" + other
                    + "'; bill the month of the draft again, or drop one of them";
        }
    }

    /** Each document begins with what the one before left over, so that there is one for each time, in their order. */
    record PeriodOver(InvoiceId invoice, Period period, InvoiceId last, Instant end) implements DraftRefused {
        @Override
        public String message() {
            return "Documents that begin with what the one before left over must follow each other, but '" + invoice
                    + "' is of " + period + " and '" + last + "', which is final, ends at " + end
                    + "; put its lines on a draft that begins then or later, or that has no period";
        }
    }

    /** An earlier month of the account, whose balance this one begins with, is not final. */
    record EarlierMonthPending(AccountId account, InvoiceId earlier) implements DraftRefused {
        @Override
        public String message() {
            return "Months must be made final in their order, but '" + earlier + "' of account '" + account
                    + "' is still a draft";
        }
    }
}

package dev.billing.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/** Why a document was not credited. Nothing of it was done. */
public sealed interface CreditRefused extends BillingError {

    /** The id of the credit note is taken. */
    record AlreadyExists(InvoiceId note) implements CreditRefused {
        @Override
        public String message() {
            return "A credit note's id must be new, but '" + note + "' exists";
        }
    }

    /** The document was computed with other policies than those of the caller. */
    record OtherProfile(InvoiceId invoice, String given, String expected) implements CreditRefused {
        @Override
        public String message() {
            return "A document must be credited with the profile it was computed with, but '" + invoice + "' is of '"
                    + expected + "' and was to be credited with '" + given + "'";
        }
    }

    /** The document gives something back itself. */
    record OfCreditNote(InvoiceId note) implements CreditRefused {
        @Override
        public String message() {
            return "A credit note must not be credited itself, but '" + note + "' was to";
        }
    }

    /** Nobody has to pay the document. */
    record NotOwed(InvoiceId invoice) implements CreditRefused {
        @Override
        public String message() {
            return "A document must be one that is to be paid to be credited, but '" + invoice
                    + "' is for information only";
        }
    }

    /** What was more is charged on another document, or a draft is about to charge or give back some of it. */
    record Corrected(InvoiceId invoice, InvoiceId by) implements CreditRefused {
        @Override
        public String message() {
            return "A document must have no corrections that charge more, nor any on a draft, to be void, but '"
                    + invoice + "' has some on '" + by + "': take those back first";
        }
    }

    /** The account knows nothing of what is due on the document. */
    record NotCharged(InvoiceId invoice, AccountId account, Money due) implements CreditRefused {
        @Override
        public String message() {
            return "A document must be charged on an account to be credited there, but the " + due + " of '" + invoice
                    + "' are not on account '" + account + "'";
        }
    }

    /** No parts were named. */
    record NoParts(InvoiceId invoice) implements CreditRefused {
        @Override
        public String message() {
            return "A credit note must name at least one part, but for '" + invoice + "' there was none";
        }
    }

    /** The document has no such line, or one that charges nothing. */
    record UnknownLine(InvoiceId invoice, LineId line) implements CreditRefused {
        @Override
        public String message() {
            return "A line must charge something on the document to be credited, but '" + invoice + "' has no such '"
                    + line + "'";
        }
    }

    /** The line was given back before. */
    record NothingLeft(InvoiceId invoice, LineId line) implements CreditRefused {
        @Override
        public String message() {
            return "A line must have something left to be credited, but '" + line + "' on '" + invoice + "' has not";
        }
    }

    /** The document would give back nothing, or charge more. */
    record GivesNothing(InvoiceId invoice, Money total) implements CreditRefused {
        @Override
        public String message() {
            return "A credit note must give something back, but that of '" + invoice + "' would come to " + total;
        }
    }

    /** More units than are left, or none. */
    record QuantityNotLeft(InvoiceId invoice, LineId line, BigDecimal given, BigDecimal left) implements CreditRefused {
        @Override
        public String message() {
            return "Units that are credited must be more than none and at most those that are left, but of line '"
                    + line + "' on '" + invoice + "' they were " + given.toPlainString() + " of "
                    + left.toPlainString();
        }
    }

    /** More of a line than is left, or nothing. */
    record AmountNotLeft(InvoiceId invoice, LineId line, Money given, Money left) implements CreditRefused {
        @Override
        public String message() {
            return "A net amount that is credited must be a part of what is left, but of line '" + line + "' on '"
                    + invoice + "' it was " + given + " of " + left;
        }
    }

    /** More of the document than is left, or nothing. */
    record TotalNotLeft(InvoiceId invoice, Money given, Money left) implements CreditRefused {
        @Override
        public String message() {
            return "A net amount that is credited must be a part of what is left, but of '" + invoice + "' it was "
                    + given + " of " + left;
        }
    }

    /** More of the document than is left, with its taxes. */
    record MoreThanLeft(InvoiceId invoice, Money given, Money left) implements CreditRefused {
        @Override
        public String message() {
            return "A credit note must give back at most what is left of its document with taxes, but of '" + invoice
                    + "' it would be " + given + " of " + left;
        }
    }

    /** The amount is of another currency than the document. */
    record OtherCurrency(InvoiceId invoice, CurrencyUnit given, CurrencyUnit expected) implements CreditRefused {
        @Override
        public String message() {
            return "An amount on '" + invoice + "' must be in " + expected + ", but was in " + given;
        }
    }

    /** The amount has more digits than the profile bills, or its parts would have. */
    record NotRounded(InvoiceId invoice, Rounding rounding) implements CreditRefused {
        @Override
        public String message() {
            return "Amounts that are credited must be rounded " + rounding + ", but of '" + invoice + "' one is not";
        }
    }
}

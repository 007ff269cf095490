package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/**
 * What came of checking everything that is final.
 *
 * @param documents how many final documents were read
 * @param lines how many lines they have
 * @param erased how many of them are no longer addressed to whom they were addressed to
 * @param accounts how many accounts were read
 * @param findings what is not as it was, in the order in which it was found
 */
public record Verification(long documents, long lines, long erased, long accounts, Seq<Finding> findings) {

    public Verification {
        requireNonNull(findings, "findings");
    }

    /** Whether nothing was found. */
    public boolean isClean() {
        return findings.isEmpty();
    }

    /** Something that is not as it must be. */
    public sealed interface Finding {
        /** What it is, for a person. */
        String message();
    }

    /** A document, or a line of it, is not as it was when it was sealed. */
    public record BrokenSeal(InvoiceId document) implements Finding {
        @Override
        public String message() {
            return "Document " + document + " is not as it was when it was sealed";
        }
    }

    /** A final document has no seal: it was issued before there were seals, or by somebody else. */
    public record Unsealed(InvoiceId document) implements Finding {
        @Override
        public String message() {
            return "Document " + document + " has no seal";
        }
    }

    /** A figure does not follow from the lines and figures that it names. */
    public record WrongFigure(InvoiceId document, Figures.Mismatch mismatch) implements Finding {
        @Override
        public String message() {
            return "Figure " + mismatch.key() + " of document " + document + " is " + mismatch.stored()
                    + " but comes to " + mismatch.recomputed();
        }
    }

    /** A document cannot be checked. */
    public record Unreadable(Option<InvoiceId> document, String problem) implements Finding {
        @Override
        public String message() {
            return document.map(id -> "Document " + id).getOrElse("A document") + " cannot be read: " + problem;
        }
    }

    /** What is kept beside a document does not go with it. */
    public record Inconsistent(Option<InvoiceId> document, String problem) implements Finding {
        @Override
        public String message() {
            return document.map(id -> "Document " + id + ": ").getOrElse("") + problem;
        }
    }

    /** Numbers of a series that no document has. */
    public record NumberGap(String series, long first, long last) implements Finding {
        @Override
        public String message() {
            return "Series " + series + " has no document with "
                    + (first == last ? "number " + first : "the numbers " + first + " to " + last);
        }
    }

    /** A number of a series that several documents have. */
    public record DuplicateNumber(String series, long number, InvoiceId document) implements Finding {
        @Override
        public String message() {
            return "Number " + number + " of series " + series + " is that of document " + document
                    + " and of another one";
        }
    }

    /** The entries of an account cannot have come about as they are. */
    public record BrokenAccount(AccountId account, String problem) implements Finding {
        @Override
        public String message() {
            return "Account " + account + " does not add up: " + problem;
        }
    }

    /** Final documents ask for something of which nothing was charged. */
    public record NotCharged(AccountId account, Money amount) implements Finding {
        @Override
        public String message() {
            return "Account " + account + " was not charged " + amount + " that is due on its documents";
        }
    }

    /**
     * An account was charged something else for a document than what is to be paid on it.
     *
     * @param due none if there is no such final document
     */
    public record WrongCharge(AccountId account, InvoiceId document, Money charged, Option<Money> due)
            implements Finding {
        @Override
        public String message() {
            return "Account " + account + " was charged " + charged + " for document " + document + ", "
                    + due.map(amount -> "on which " + amount + " is due").getOrElse("which is no final document");
        }
    }
}

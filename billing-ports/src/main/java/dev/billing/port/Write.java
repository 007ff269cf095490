package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Movement;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineItem;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One change. Lines are read once, in their order, while the change is applied. */
public sealed interface Write {

    /** One change of a document. */
    sealed interface OfDocument extends Write {
        /** The document it changes. */
        InvoiceId invoice();
    }

    /** One change of an account. */
    sealed interface OfAccount extends Write {
        /** The account it changes. */
        AccountId account();
    }

    /**
     * Seals a document: it is stored as issued, at the instant the draft was computed.
     *
     * @param series where it gets its number from, if it is numbered
     * @param status where it stands from then on
     */
    record Issue(Invoice.Preview draft, Iterable<LineItem> lines, Option<Series> series, InvoiceStatus status)
            implements OfDocument {
        public Issue {
            requireNonNull(draft, "draft");
            requireNonNull(lines, "lines");
            requireNonNull(series, "series");
            requireNonNull(status, "status");
        }

        @Override
        public InvoiceId invoice() {
            return draft.head().id();
        }
    }

    /**
     * Stores the next revision of a running document, the first included. One stored first stands as pending, from the
     * instant at which it was created.
     *
     * @param next has the revision that follows the one it was computed from
     * @param lines what is added to the lines there are, or replaces them
     */
    record Revise(Invoice.Running next, Iterable<LineItem> lines, Change change) implements OfDocument {
        public Revise {
            requireNonNull(next, "next");
            requireNonNull(lines, "lines");
            requireNonNull(change, "change");
        }

        /** What a revision does with its lines. */
        public enum Change {
            ADD_LINES,
            REPLACE_LINES
        }

        @Override
        public InvoiceId invoice() {
            return next.head().id();
        }
    }

    /**
     * Seals a running document with the lines it has: from then on it is issued, at the instant the draft was computed, and stands as the
     * status says.
     *
     * @param draft its last head and figures
     * @param revision the revision that the draft was computed from
     * @param series where it gets its number from, if it is numbered
     */
    record Seal(Invoice.Preview draft, long revision, Option<Series> series, InvoiceStatus status)
            implements OfDocument {
        public Seal {
            requireNonNull(draft, "draft");
            requireNonNull(series, "series");
            requireNonNull(status, "status");
        }

        @Override
        public InvoiceId invoice() {
            return draft.head().id();
        }
    }

    /**
     * Stores how a document stands now.
     *
     * @param next has the version that follows the one it was computed from
     */
    record Stand(Standing next) implements OfDocument {
        public Stand {
            requireNonNull(next, "next");
        }

        @Override
        public InvoiceId invoice() {
            return next.invoice();
        }
    }

    /**
     * Removes who an issued document is addressed to, and nothing else: what was personal is gone, and the seal can still be checked.
     *
     * @param replacement what is shown instead
     */
    record Erase(InvoiceId invoice, Option<Customer> replacement) implements OfDocument {
        public Erase {
            requireNonNull(invoice, "invoice");
            requireNonNull(replacement, "replacement");
        }
    }

    /**
     * Adds entries to an account.
     *
     * @param expected how many entries there must be before; none if that does not matter
     * @param movements what happened, in order, at {@code at}
     */
    record Enter(AccountId account, Option<Long> expected, Instant at, Seq<Movement> movements) implements OfAccount {
        public Enter {
            requireNonNull(account, "account");
            requireNonNull(expected, "expected");
            at = at.truncatedTo(ChronoUnit.MILLIS);
            requireNonNull(movements, "movements");
        }
    }

    /**
     * Stores who an account is now.
     *
     * @param next has the version that follows the one it was computed from
     */
    record Describe(AccountDetails next) implements OfAccount {
        public Describe {
            requireNonNull(next, "next");
        }

        @Override
        public AccountId account() {
            return next.account();
        }
    }

    /**
     * Changes nothing, but is refused if who an account is has changed since it was read.
     *
     * @param version of the details that were read; 0 if there were none
     */
    record Expect(AccountId account, long version) implements OfAccount {
        public Expect {
            requireNonNull(account, "account");
        }
    }
}

package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineItem;
import io.vavr.control.Option;

/** One change of a document. Lines are read once, in their order, while the change is applied. */
public sealed interface Write {

    /** The document it changes. */
    InvoiceId invoice();

    /**
     * Seals a document: it is stored as issued, at the instant the draft was computed.
     *
     * @param series where it gets its number from, if it is numbered
     * @param status where it stands from then on
     */
    record Issue(Invoice.Preview draft, Iterable<LineItem> lines, Option<Series> series, InvoiceStatus status)
            implements Write {
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
    record Revise(Invoice.Running next, Iterable<LineItem> lines, Change change) implements Write {
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
    record Seal(Invoice.Preview draft, long revision, Option<Series> series, InvoiceStatus status) implements Write {
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
    record Stand(Standing next) implements Write {
        public Stand {
            requireNonNull(next, "next");
        }

        @Override
        public InvoiceId invoice() {
            return next.invoice();
        }
    }
}

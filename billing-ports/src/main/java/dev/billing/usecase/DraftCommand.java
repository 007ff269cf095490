package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.period.Period;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/** Asks for a change of a draft, up to its end as a final document. */
public sealed interface DraftCommand extends Command {

    /** The draft. */
    InvoiceId invoice();

    /**
     * Begins a draft of its own, which no month makes.
     *
     * @param lines in their order; there may be none yet
     * @param period the time it bills for, if it bills for one
     * @param places where all of it belongs; a number series may count by them
     * @param attributes what else it says of itself; a number series may count by them
     */
    record Open(
            InvoiceId invoice,
            AccountId account,
            Seq<LineItem> lines,
            Option<Period> period,
            Map<Dimension, Ref> places,
            Map<String, Attribute> attributes)
            implements DraftCommand {
        public Open {
            requireNonNull(invoice, "invoice");
            requireNonNull(account, "account");
            requireNonNull(lines, "lines");
            requireNonNull(period, "period");
            requireNonNull(places, "places");
            requireNonNull(attributes, "attributes");
        }

        /** A draft that says nothing but what it bills, to whom. */
        public Open(InvoiceId invoice, AccountId account, Seq<LineItem> lines) {
            this(invoice, account, lines, Option.none(), HashMap.empty(), HashMap.empty());
        }

        /** The same for a time. */
        public Open over(Period newPeriod) {
            return new Open(invoice, account, lines, Option.some(newPeriod), places, attributes);
        }

        /** The same in a place. */
        public Open in(Dimension dimension, Ref place) {
            return new Open(invoice, account, lines, period, places.put(dimension, place), attributes);
        }

        /** The same, saying one more thing of itself. */
        public Open with(String name, Attribute value) {
            return new Open(invoice, account, lines, period, places, attributes.put(name, value));
        }
    }

    /**
     * Adds lines.
     *
     * @param revision the revision that the caller has seen; another one is refused
     */
    record AddLines(InvoiceId invoice, long revision, Seq<LineItem> lines) implements DraftCommand {
        public AddLines {
            requireNonNull(invoice, "invoice");
            requireNonNull(lines, "lines");
        }
    }

    /**
     * Takes lines off.
     *
     * @param revision the revision that the caller has seen; another one is refused
     */
    record RemoveLines(InvoiceId invoice, long revision, Seq<LineId> lines) implements DraftCommand {
        public RemoveLines {
            requireNonNull(invoice, "invoice");
            requireNonNull(lines, "lines");
        }
    }

    /** Takes a draft to another status. */
    sealed interface Step extends DraftCommand {

        /** The revision that the caller has seen, if nothing else is to be taken there: another one is refused. */
        Option<Long> revision();
    }

    /** Asks for somebody's approval: the draft must not change until it is finalised or sent back. */
    record Review(InvoiceId invoice, Option<Long> revision) implements Step {
        public Review {
            requireNonNull(invoice, "invoice");
            requireNonNull(revision, "revision");
        }

        /** Whatever its revision is by then. */
        public Review(InvoiceId invoice) {
            this(invoice, Option.none());
        }

        /** Only as the caller has seen it. */
        public Review(InvoiceId invoice, long revision) {
            this(invoice, Option.some(revision));
        }
    }

    /** Sends a draft in review back to be changed. */
    record SendBack(InvoiceId invoice, Option<Long> revision) implements Step {
        public SendBack {
            requireNonNull(invoice, "invoice");
            requireNonNull(revision, "revision");
        }

        /** Whatever its revision is by then. */
        public SendBack(InvoiceId invoice) {
            this(invoice, Option.none());
        }

        /** Only as the caller has seen it. */
        public SendBack(InvoiceId invoice, long revision) {
            this(invoice, Option.some(revision));
        }
    }

    /** Makes a draft final: it is sealed, numbered and owed. */
    record Finalise(InvoiceId invoice, Option<Long> revision) implements Step {
        public Finalise {
            requireNonNull(invoice, "invoice");
            requireNonNull(revision, "revision");
        }

        /** Whatever its revision is by then. */
        public Finalise(InvoiceId invoice) {
            this(invoice, Option.none());
        }

        /** Only as the caller has seen it. */
        public Finalise(InvoiceId invoice, long revision) {
            this(invoice, Option.some(revision));
        }
    }

    /** Drops a draft: nothing will come of it. */
    record Drop(InvoiceId invoice, Option<Long> revision) implements Step {
        public Drop {
            requireNonNull(invoice, "invoice");
            requireNonNull(revision, "revision");
        }

        /** Whatever its revision is by then. */
        public Drop(InvoiceId invoice) {
            this(invoice, Option.none());
        }

        /** Only as the caller has seen it. */
        public Drop(InvoiceId invoice, long revision) {
            this(invoice, Option.some(revision));
        }
    }
}

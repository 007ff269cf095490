package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/**
 * How documents of a profile live once they are priced.
 *
 * @param due the figures that may say what is to be paid, of which the first one that a document has counts; empty if its documents are
 *     for information only
 * @param numbers where an invoice gets its number from, if it is numbered
 * @param creditNotes where a credit note gets its number from
 */
public record Invoicing(
        Seq<FigureKey> due, LifeCycle lifeCycle, Option<NumberSeries> numbers, Option<NumberSeries> creditNotes) {

    /** Documents that nobody has to pay. */
    public static final Invoicing FOR_INFORMATION =
            new Invoicing(Array.empty(), LifeCycle.STANDARD, Option.none(), Option.none());

    public Invoicing {
        requireNonNull(due, "due");
        requireNonNull(lifeCycle, "lifeCycle");
        requireNonNull(numbers, "numbers");
        requireNonNull(creditNotes, "creditNotes");
    }

    /** Documents that are paid by the first of these figures that they have, without numbers. */
    public static Invoicing of(FigureKey... due) {
        return new Invoicing(Array.of(due), LifeCycle.STANDARD, Option.none(), Option.none());
    }

    /** The same with another life cycle. */
    public Invoicing with(LifeCycle newLifeCycle) {
        return new Invoicing(due, newLifeCycle, numbers, creditNotes);
    }

    /** The same with numbers. */
    public Invoicing numbered(NumberSeries invoices, NumberSeries notes) {
        return new Invoicing(due, lifeCycle, Option.some(invoices), Option.some(notes));
    }

    /** What is to be paid on a document; none if nothing ever is. */
    public Option<Money> due(Figures figures) {
        return due.flatMap(figures::find).headOption().map(Figure::amount);
    }
}

package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Dimension;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.rollup.Rollup;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Stored;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.Iterator;
import java.util.function.Function;

/** Finds, lists and rolls up what is stored. */
public final class ReadInvoices {

    private final InvoiceStore store;

    public ReadInvoices(InvoiceStore store) {
        this.store = requireNonNull(store, "store");
    }

    public Option<Stored> find(Access access, InvoiceId id) {
        return store.find(access, id);
    }

    /** A page of the documents that meet the query, by the start of their period. */
    public Page<Stored> list(Access access, InvoiceQuery query, PageRequest page) {
        return store.search(access, query, page);
    }

    /** Streams lines: the iterator is valid only while {@code reader} runs. */
    public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
        return store.lines(access, query, reader);
    }

    /** The sums of the lines of some documents, by places. Different documents may describe the same money: state which ones. */
    public Rollup rollUp(Access access, InvoiceQuery documents, Dimension... by) {
        return rollUp(access, LineItemQuery.of(documents), Array.of(by));
    }

    public Rollup rollUp(Access access, LineItemQuery query, Seq<Dimension> by) {
        return store.rollup(access, query, by);
    }
}

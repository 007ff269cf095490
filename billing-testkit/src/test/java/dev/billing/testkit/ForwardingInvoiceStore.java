package dev.billing.testkit;

import dev.billing.domain.Dimension;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.rollup.Rollup;
import dev.billing.port.Access;
import dev.billing.port.Answer;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import dev.billing.port.Tally;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Iterator;
import java.util.function.Function;

/** Does what the store in memory does; what overrides a method breaks a rule. */
public class ForwardingInvoiceStore implements InvoiceStore {

    InvoiceStore intact;

    public ForwardingInvoiceStore() {
        this(new InMemoryInvoiceStore());
    }

    /** Does what another store does. */
    public ForwardingInvoiceStore(InvoiceStore intact) {
        this.intact = intact;
    }

    /** Ports in memory that have this in front of their documents. */
    public final Ports inPorts() {
        return InMemoryPorts.on((InMemoryInvoiceStore) intact).with(this);
    }

    @Override
    public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
        return intact.commit(tenant, commit);
    }

    @Override
    public Option<Answer> answer(TenantId tenant, CommandKey key) {
        return intact.answer(tenant, key);
    }

    @Override
    public Option<Stored> find(Access access, InvoiceId id) {
        return intact.find(access, id);
    }

    @Override
    public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
        return intact.search(access, query, order, page);
    }

    @Override
    public Tally tally(Access access, InvoiceQuery query, Seq<FigureKey> figures, Seq<String> by, Tally.Digits digits) {
        return intact.tally(access, query, figures, by, digits);
    }

    @Override
    public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
        return intact.lines(access, query, reader);
    }

    @Override
    public Page<StoredLine> searchLines(Access access, LineItemQuery query, LineItemOrder order, PageRequest page) {
        return intact.searchLines(access, query, order, page);
    }

    @Override
    public Tally tallyLines(Access access, LineItemQuery query, Seq<String> by, Tally.Digits digits) {
        return intact.tallyLines(access, query, by, digits);
    }

    @Override
    public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
        return intact.rollup(access, query, by);
    }

    final Seq<LineItem> linesOf(Access access, LineItemQuery query) {
        return intact.lines(access, query, found -> Array.ofAll(() -> found));
    }

    final Option<Stored> stored(TenantId tenant, InvoiceId id) {
        return intact.find(Access.toAll(tenant), id);
    }
}

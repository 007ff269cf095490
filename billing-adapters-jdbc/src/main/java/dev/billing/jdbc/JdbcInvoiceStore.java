package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.rollup.Rollup;
import dev.billing.port.Access;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Documents in a database. */
final class JdbcInvoiceStore implements InvoiceStore {

    private final Database database;

    JdbcInvoiceStore(Database database) {
        this.database = database;
    }

    @Override
    public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
        AtomicBoolean linesRead = new AtomicBoolean();
        return database.change(
                "apply command " + commit.key(),
                connection -> new CommitWork(
                                connection, database.dialect(), tenant.value(), commit, () -> linesRead.set(true))
                        .run(),
                () -> !linesRead.get());
    }

    @Override
    public Option<Stored> find(Access access, InvoiceId id) {
        return database.read("find invoice " + id, connection -> {
            Query query = Conditions.addDocuments(InvoiceTable.select(), access, InvoiceQuery.byId(id));
            return Array.ofAll(InvoiceTable.read(connection, query)).headOption();
        });
    }

    @Override
    public Page<Stored> search(Access access, InvoiceQuery query, PageRequest page) {
        return database.snapshot(
                "search invoices",
                connection -> new Page<>(rows(connection, access, query, page), count(connection, access, query)));
    }

    private static Seq<Stored> rows(Connection connection, Access access, InvoiceQuery query, PageRequest page)
            throws SQLException {
        Query found = Conditions.addDocuments(new Query("select i.* from billing_invoice i"), access, query)
                .add("order by i.period_start nulls first, i.invoice_id")
                .add("offset ? rows fetch next ? rows only", page.offset(), page.size());
        return Array.ofAll(InvoiceTable.read(connection, InvoiceTable.selectFrom(found)));
    }

    private static long count(Connection connection, Access access, InvoiceQuery query) throws SQLException {
        return Conditions.addDocuments(new Query("select count(*) from billing_invoice i"), access, query)
                .first(connection, Row::whole)
                .getOrElse(0L);
    }

    @Override
    public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
        return database.snapshot("read lines", connection -> reader.apply(LineReader.read(connection, access, query)));
    }

    @Override
    public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
        return database.read("roll up lines", connection -> new RollupReader(by).read(connection, access, query));
    }
}

package dev.billing.jdbc;

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
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import dev.billing.port.Tally;
import dev.billing.port.TenantId;
import io.vavr.collection.Map;
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
    public Option<Answer> answer(TenantId tenant, CommandKey key) {
        return database.read("find command " + key, connection -> CommitWork.answer(connection, tenant.value(), key));
    }

    @Override
    public Option<Stored> find(Access access, InvoiceId id) {
        return database.read("find invoice " + id, connection -> {
            Query query = Conditions.addDocuments(InvoiceTable.select(), access, InvoiceQuery.byId(id));
            return InvoiceTable.read(connection, query).values().headOption().map(access::shown);
        });
    }

    @Override
    public Page<Stored> search(Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page) {
        return database.snapshot(
                "search invoices",
                connection ->
                        new Page<>(rows(connection, access, query, order, page), count(connection, access, query)));
    }

    private static Seq<Stored> rows(
            Connection connection, Access access, InvoiceQuery query, InvoiceOrder order, PageRequest page)
            throws SQLException {
        Seq<Long> numbers = Conditions.documents("i.invoice_no", access, query)
                .add("order by")
                .add(Query.list(new DocumentOrder(access).orderBy(order)))
                .add("offset ? rows fetch next ? rows only", page.offset(), page.size())
                .list(connection, Row::whole);
        Map<Long, Stored> found = InvoiceTable.read(connection, access.tenant().value(), numbers);
        return numbers.flatMap(found::get).map(access::shown);
    }

    private static long count(Connection connection, Access access, InvoiceQuery query) throws SQLException {
        return Conditions.documents("count(*)", access, query)
                .first(connection, Row::whole)
                .getOrElse(0L);
    }

    @Override
    public Tally tally(Access access, InvoiceQuery query, Seq<FigureKey> figures, Seq<String> by, Tally.Digits digits) {
        return database.read(
                "sum up figures",
                connection ->
                        new TallyReader(connection, database.dialect(), access, by, digits).figures(query, figures));
    }

    @Override
    public <R> R lines(Access access, LineItemQuery query, Function<Iterator<LineItem>, R> reader) {
        return database.snapshot("read lines", connection -> reader.apply(LineReader.read(connection, access, query)));
    }

    @Override
    public Page<StoredLine> searchLines(Access access, LineItemQuery query, LineItemOrder order, PageRequest page) {
        return database.snapshot(
                "search lines",
                connection -> new LineSearch(connection, database.dialect(), access, query).page(order, page));
    }

    @Override
    public Tally tallyLines(Access access, LineItemQuery query, Seq<String> by, Tally.Digits digits) {
        return database.read(
                "sum up lines",
                connection -> new TallyReader(connection, database.dialect(), access, by, digits).lines(query));
    }

    @Override
    public Seq<String> problems(TenantId tenant, InvoiceId id) {
        return database.snapshot("verify invoice " + id, connection -> new StoredRows(connection, tenant).problems(id));
    }

    @Override
    public Seq<String> problems(TenantId tenant) {
        return database.snapshot("verify rows", connection -> new StoredRows(connection, tenant).strays());
    }

    @Override
    public Rollup rollup(Access access, LineItemQuery query, Seq<Dimension> by) {
        return database.read("roll up lines", connection -> new RollupReader(by).read(connection, access, query));
    }
}

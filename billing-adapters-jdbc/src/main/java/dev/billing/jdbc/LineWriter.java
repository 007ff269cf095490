package dev.billing.jdbc;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.port.CommitRefused;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Adds lines to a document whose row is locked, so nobody else adds any. */
final class LineWriter {

    private final Connection connection;
    private final Dialect dialect;
    private final String tenant;
    private final InvoiceId id;
    private final long invoiceNo;
    private final PlaceSetWriter placeSets;

    LineWriter(Connection connection, Dialect dialect, String tenant, InvoiceId id, long invoiceNo) {
        this.connection = connection;
        this.dialect = dialect;
        this.tenant = tenant;
        this.id = id;
        this.invoiceNo = invoiceNo;
        this.placeSets = new PlaceSetWriter(connection, tenant, invoiceNo);
    }

    void deleteAll() throws SQLException {
        new Query("delete from billing_line where tenant = ? and invoice_no = ?", tenant, invoiceNo).update(connection);
        placeSets.deleteAll();
    }

    /** Adds lines, or says why they are refused. */
    Option<CommitRefused> add(Iterable<LineItem> lines) throws SQLException {
        try (Batch batch = new Batch(connection, LineTable.INSERT)) {
            List<LineItem> some = new ArrayList<>(Chunks.SIZE);
            for (LineItem line : lines) {
                some.add(line);
                if (some.size() == Chunks.SIZE) {
                    Option<CommitRefused> refused = add(batch, Array.ofAll(some));
                    if (refused.isDefined()) {
                        return refused;
                    }
                    some.clear();
                }
            }
            return add(batch, Array.ofAll(some));
        }
    }

    private Option<CommitRefused> add(Batch batch, Seq<LineItem> some) throws SQLException {
        Option<CommitRefused> tooFine = some.flatMap(line -> LineTable.problem(dialect, line))
                .headOption()
                .map(problem -> new CommitRefused.TooManyDigits(id, problem));
        if (tooFine.isDefined()) {
            return tooFine;
        }
        Savepoint before = connection.setSavepoint();
        try {
            insert(batch, some);
            connection.releaseSavepoint(before);
            return Option.none();
        } catch (SQLException e) {
            if (!Failures.isUniqueViolation(e)) {
                throw e;
            }
            connection.rollback(before);
            return Option.some(new CommitRefused.DuplicateLine(id, duplicate(some, e)));
        }
    }

    private void insert(Batch batch, Seq<LineItem> some) throws SQLException {
        Iterator<Option<Long>> places =
                placeSets.keep(some.map(LineItem::places)).iterator();
        for (LineItem line : some) {
            batch.text(tenant).whole(invoiceNo);
            LineTable.bind(batch, line, places.next());
            batch.end();
        }
        batch.flush();
    }

    /** The first line that repeats one that was there, or one before it. */
    private LineId duplicate(Seq<LineItem> some, SQLException violation) throws SQLException {
        Set<LineId> seen =
                HashSet.ofAll(Query.among(some.map(line -> line.id().value()).toJavaArray(String[]::new))
                        .select("l.line_id")
                        .add("join billing_line l on l.tenant = ? and l.invoice_no = ?", tenant, invoiceNo)
                        .add("and l.line_id = w.id")
                        .list(connection, row -> new LineId(row.text())));
        for (LineItem line : some) {
            if (seen.contains(line.id())) {
                return line.id();
            }
            seen = seen.add(line.id());
        }
        throw violation;
    }
}

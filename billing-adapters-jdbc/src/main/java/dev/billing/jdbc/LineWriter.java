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
    private final PlaceSets placeSets;

    LineWriter(Connection connection, Dialect dialect, String tenant) {
        this.connection = connection;
        this.dialect = dialect;
        this.tenant = tenant;
        this.placeSets = new PlaceSets(connection, tenant);
    }

    void deleteAll(long invoiceNo) throws SQLException {
        new Query("delete from billing_line where tenant = ? and invoice_no = ?", tenant, invoiceNo).update(connection);
        placeSets.delete(invoiceNo);
    }

    /** Adds lines, or says why they are refused. */
    Option<CommitRefused> add(InvoiceId id, long invoiceNo, Iterable<LineItem> lines) throws SQLException {
        try (Batch batch = new Batch(connection, LineTable.INSERT)) {
            List<LineItem> some = new ArrayList<>(Chunks.SIZE);
            for (LineItem line : lines) {
                some.add(line);
                if (some.size() == Chunks.SIZE) {
                    Option<CommitRefused> refused = add(batch, id, invoiceNo, Array.ofAll(some));
                    if (refused.isDefined()) {
                        return refused;
                    }
                    some.clear();
                }
            }
            return add(batch, id, invoiceNo, Array.ofAll(some));
        }
    }

    private Option<CommitRefused> add(Batch batch, InvoiceId id, long invoiceNo, Seq<LineItem> some)
            throws SQLException {
        Option<CommitRefused> tooFine = some.flatMap(line -> LineTable.problem(dialect, line))
                .headOption()
                .map(problem -> new CommitRefused.TooManyDigits(id, problem));
        if (tooFine.isDefined()) {
            return tooFine;
        }
        Savepoint before = connection.setSavepoint();
        try {
            insert(batch, invoiceNo, some);
            connection.releaseSavepoint(before);
            return Option.none();
        } catch (SQLException e) {
            if (!Failures.isUniqueViolation(e)) {
                throw e;
            }
            connection.rollback(before);
            return Option.some(new CommitRefused.DuplicateLine(id, duplicate(invoiceNo, some, e)));
        }
    }

    private void insert(Batch batch, long invoiceNo, Seq<LineItem> some) throws SQLException {
        Iterator<Option<Long>> places =
                placeSets.keep(invoiceNo, some.map(LineItem::places)).iterator();
        for (LineItem line : some) {
            batch.text(tenant).whole(invoiceNo);
            LineTable.bind(batch, line, places.next());
            batch.end();
        }
        batch.flush();
    }

    /** The first line that repeats one that was there, or one before it. */
    private LineId duplicate(long invoiceNo, Seq<LineItem> some, SQLException violation) throws SQLException {
        Set<LineId> seen = HashSet.ofAll(new Query(
                        "select line_id from billing_line where tenant = ? and invoice_no = ?", tenant, invoiceNo)
                .add("and line_id = any(?)", (Object)
                        some.map(line -> line.id().value()).toJavaArray(String[]::new))
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

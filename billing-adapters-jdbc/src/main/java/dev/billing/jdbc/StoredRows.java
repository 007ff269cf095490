package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.Seal;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Compares the rows of a document with those that would be written for it: that shows what reading does not, in columns that are only
 * searched or ordered by, or that say a second time what others say.
 */
final class StoredRows {

    private static final Seq<String> OF_HEAD =
            Array.of("billing_invoice", "billing_invoice_place", "billing_attribute", "billing_figure");

    private final Connection connection;
    private final TenantId tenant;

    StoredRows(Connection connection, TenantId tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** What is not as it would be written. */
    Seq<String> problems(InvoiceId id) throws SQLException {
        Query query = Conditions.addDocuments(InvoiceTable.select(), Access.toAll(tenant), InvoiceQuery.byId(id));
        Seq<String> problems = Array.empty();
        for (Tuple2<Long, Stored> document : InvoiceTable.read(connection, query)) {
            if (document._2.invoice() instanceof Invoice.Issued issued) {
                problems = problems.appendAll(ofHead(document._1, issued))
                        .appendAll(ofLines(document._1))
                        .appendAll(ofPlaces(document._1));
            }
        }
        return problems;
    }

    private Seq<String> ofHead(long no, Invoice.Issued issued) throws SQLException {
        RecordedRows written = new RecordedRows();
        Connection recorder = written.connection();
        InvoiceTable.insert(recorder, tenant.value(), issued);
        for (InvoiceNumber number : issued.number()) {
            InvoiceTable.number(recorder, tenant.value(), no, number);
        }
        for (Seal seal : issued.seal()) {
            InvoiceTable.seal(recorder, tenant.value(), no, seal);
        }
        FinderTables.insert(recorder, tenant.value(), no, issued.head());
        InvoiceTable.insertFigures(recorder, tenant.value(), no, issued.figures());
        Seq<String> problems = Array.empty();
        for (String table : OF_HEAD) {
            Seq<Map<String, String>> expected = written.of(table);
            Seq<String> columns = columns(expected);
            Seq<Map<String, String>> kept = rows(
                    "select " + columns.mkString(", ") + " from " + table + " where tenant = ? and invoice_no = ?",
                    columns,
                    no);
            problems = problems.appendAll(differences(table, expected, kept));
        }
        return problems;
    }

    private static Seq<String> columns(Seq<Map<String, String>> rows) {
        return rows.headOption().map(row -> row.keySet().toArray()).getOrElse(Array.of("tenant"));
    }

    /** Line by line, so that a document may have millions of them. */
    private Seq<String> ofLines(long no) throws SQLException {
        Iterator<LineItem> lines = new LineReader(connection, Access.toAll(tenant), Selection.ALL).of(no);
        Seq<String> problems = Array.empty();
        for (Seq<LineItem> some : io.vavr.collection.Iterator.ofAll(lines).grouped(Chunks.SIZE)) {
            problems = problems.appendAll(ofLines(no, some));
        }
        return problems;
    }

    private Seq<String> ofLines(long no, Seq<LineItem> lines) throws SQLException {
        RecordedRows written = new RecordedRows();
        try (Batch batch = new Batch(written.connection(), LineTable.INSERT)) {
            for (LineItem line : lines) {
                batch.text(tenant.value()).whole(no);
                LineTable.bind(batch, line, Option.none());
                batch.end();
            }
        }
        Seq<Map<String, String>> expected = written.of("billing_line").map(row -> row.remove("places_no"));
        Seq<String> columns = columns(expected);
        Array<Object> ids = lines.map(line -> (Object) line.id().value()).toArray();
        Seq<Map<String, String>> kept = rows(
                "select " + columns.mkString(", ")
                        + " from billing_line where tenant = ? and invoice_no = ? and line_id in (?"
                        + ", ?".repeat(lines.size() - 1) + ")",
                columns,
                ids.prepend(no).toJavaArray());
        return differences("billing_line", expected, kept);
    }

    private Seq<Map<String, String>> rows(String sql, Seq<String> columns, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant.value());
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 2, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                List<Map<String, String>> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(RecordedRows.read(row, columns));
                }
                return Array.ofAll(rows);
            }
        }
    }

    private static Seq<String> differences(
            String table, Seq<Map<String, String>> expected, Seq<Map<String, String>> kept) {
        Seq<Map<String, String>> wrong = expected.removeAll(kept).appendAll(kept.removeAll(expected));
        return expected.size() == kept.size() && wrong.isEmpty()
                ? Array.empty()
                : Array.of("Rows of " + table + " are not as they were written: " + names(expected, kept));
    }

    /** The columns that differ, where they can be told. */
    private static String names(Seq<Map<String, String>> expected, Seq<Map<String, String>> kept) {
        return expected.size() == 1 && kept.size() == 1
                ? expected.head()
                        .filter((column, value) -> !kept.head().get(column).contains(value))
                        .keySet()
                        .mkString(", ")
                : kept.size() + " instead of " + expected.size() + ", or others";
    }

    private record Place(long set, String digest, Dimension dimension, Ref ref) {

        static Place read(Row row) throws SQLException {
            return new Place(
                    row.whole(), row.text(), new Dimension(row.text()), new Ref(row.text(), row.text(), row.text()));
        }
    }

    /** Sets of places are found by their digests, and lines have sets of their own document. */
    private Seq<String> ofPlaces(long no) throws SQLException {
        Seq<Place> places = new Query("""
                        select s.places_no, s.digest, e.dimension, e.ref_type, e.ref_id, e.ref_name
                        from billing_place_set s
                        join billing_place_set_entry e on e.tenant = s.tenant and e.places_no = s.places_no
                        where s.tenant = ? and s.invoice_no = ?
                        """, tenant.value(), no).list(connection, Place::read);
        Seq<String> wrong = places.groupBy(Place::set)
                .values()
                .filter(set -> !PlaceSetWriter.digest(
                                HashMap.ofEntries(set.map(place -> new Tuple2<>(place.dimension(), place.ref()))))
                        .equals(set.head().digest()))
                .map(set -> "The digest of a set of places is not as it was written")
                .toArray();
        return wrong.appendAll(count("lines are in places of another document", """
                select count(*) from billing_line l where l.tenant = ? and l.invoice_no = ? and l.places_no is not null
                and not exists (select 1 from billing_place_set s
                    where s.tenant = l.tenant and s.places_no = l.places_no and s.invoice_no = l.invoice_no)
                """, tenant.value(), no));
    }

    /** What belongs to no document. */
    Seq<String> strays() throws SQLException {
        Seq<String> problems = count("places belong to no set", """
                select count(*) from billing_place_set_entry e where e.tenant = ? and not exists (
                    select 1 from billing_place_set s where s.tenant = e.tenant and s.places_no = e.places_no)
                """, tenant.value());
        for (String table : Array.of(
                "billing_figure",
                "billing_line",
                "billing_invoice_place",
                "billing_attribute",
                "billing_standing",
                "billing_tag",
                "billing_place_set")) {
            problems = problems.appendAll(count(
                    "rows of " + table + " belong to no document",
                    "select count(*) from " + table + """
                     p where p.tenant = ? and p.invoice_no <> 0 and not exists (
                        select 1 from billing_invoice i where i.tenant = p.tenant and i.invoice_no = p.invoice_no)
                    """,
                    tenant.value()));
        }
        return problems;
    }

    private Seq<String> count(String what, String sql, Object... values) throws SQLException {
        return new Query(sql, values)
                .list(connection, Row::whole)
                .filter(count -> count > 0)
                .map(count -> count + " " + what);
    }
}

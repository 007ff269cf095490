package dev.billing.jdbc;

import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.port.Access;
import dev.billing.port.LineItemQuery;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;

/** Streams lines, document by document. */
final class LineReader {

    private final Connection connection;
    private final String tenant;
    private final Selection selection;
    private final PlaceSetReader placeSets;

    LineReader(Connection connection, Access access, Selection selection) {
        this.connection = connection;
        this.tenant = access.tenant().value();
        this.selection = selection;
        this.placeSets = new PlaceSetReader(connection, tenant);
    }

    private record Document(long no, boolean hidesCosts) {

        static Document read(Row row) throws SQLException {
            return new Document(row.whole(), row.flag());
        }

        LineItem shown(LineItem line) {
            return hidesCosts ? line.withCostsOfPrices() : line;
        }
    }

    static Iterator<LineItem> read(Connection connection, Access access, LineItemQuery query) throws SQLException {
        Query columns = new Query("select i.invoice_no,").add(Conditions.hidesCosts(access));
        Seq<Document> documents = Conditions.addDocuments(columns.add(Conditions.DOCUMENTS), access, query.documents())
                .add("order by i.period_start nulls first, i.id_key")
                .list(connection, Document::read);
        LineReader reader = new LineReader(connection, access, query.lines());
        return documents
                .iterator()
                .flatMap(document -> () -> io.vavr.collection.Iterator.ofAll(reader.of(document.no()))
                        .map(document::shown));
    }

    /** The lines of one document, as they are kept. */
    Iterator<LineItem> of(long invoiceNo) {
        return new Chunks<>() {
            @Override
            Seq<LineItem> read(Option<LineItem> after, int size) throws SQLException {
                return after.isDefined() ? readAfter(invoiceNo, after.get(), size) : first(lines(invoiceNo), size);
            }
        };
    }

    /** First the lines at the same position, then those behind: each finds its start in the index. */
    private Seq<LineItem> readAfter(long invoiceNo, LineItem last, int size) throws SQLException {
        Seq<LineItem> same = first(
                lines(invoiceNo)
                        .add(
                                "and l.line_position = ? and l.line_id > ?",
                                last.position(),
                                last.id().value()),
                size);
        int rest = size - same.size();
        return rest == 0
                ? same
                : same.appendAll(first(lines(invoiceNo).add("and l.line_position > ?", last.position()), rest));
    }

    private Query lines(long invoiceNo) {
        Query query = new Query(
                "select " + LineTable.COLUMNS + " from billing_line l where l.tenant = ? and l.invoice_no = ?",
                tenant,
                invoiceNo);
        return Conditions.addLines(query, selection);
    }

    /** H2 reads in the order of the index only if all its columns are named. */
    private Seq<LineItem> first(Query lines, int size) throws SQLException {
        lines.add("order by l.tenant, l.invoice_no, l.line_position, l.line_id fetch first ? rows only", size);
        return placeSets.complete(lines.list(connection, LineTable::read));
    }
}

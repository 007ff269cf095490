package dev.billing.jdbc;

import dev.billing.domain.line.LineItem;
import dev.billing.port.Access;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemOrder.Term;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Stored;
import dev.billing.port.StoredLine;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;

/**
 * Finds lines of many documents in an order. Databases order them, but for texts that have no sort keys of their own: for these, all lines
 * that fit are read, and those of the page and before it are kept.
 */
final class LineSearch {

    private final Connection connection;
    private final Dialect dialect;
    private final Access access;
    private final LineItemQuery query;

    LineSearch(Connection connection, Dialect dialect, Access access, LineItemQuery query) {
        this.connection = connection;
        this.dialect = dialect;
        this.access = access;
        this.query = query;
    }

    Page<StoredLine> page(LineItemOrder order, PageRequest page) throws SQLException {
        long total = count();
        if (page.size() == 0 || page.offset() >= total) {
            return new Page<>(Array.empty(), total);
        }
        Option<Seq<Query>> terms =
                Option.sequence(order.terms().map(this::orderBy)).map(all -> all.flatMap(term -> term));
        return new Page<>(terms.isDefined() ? ordered(terms.get(), page) : first(order, page), total);
    }

    private long count() throws SQLException {
        return Conditions.lines(new Query("count(*)"), access, query.documents(), query.lines())
                .first(connection, Row::whole)
                .getOrElse(0L);
    }

    private Seq<StoredLine> ordered(Seq<Query> terms, PageRequest page) throws SQLException {
        Query found = Conditions.lines(
                new Query("i.invoice_no, " + LineTable.columns("l")), access, query.documents(), query.lines());
        Seq<Query> all = terms.append(new Query("l.line_position"))
                .append(new Query(dialect.byCodePoints("l.line_id")))
                .append(new Query("i.id_key"));
        found.add("order by").add(Query.list(all));
        found.add("offset ? rows fetch next ? rows only", page.offset(), page.size());
        Seq<Tuple2<Long, LineTable.Found>> rows =
                found.list(connection, row -> new Tuple2<>(row.whole(), LineTable.read(row)));
        Map<Long, Stored> documents = documents(rows.map(Tuple2::_1).distinct());
        return new PlaceSetReader(connection, access.tenant().value())
                .complete(rows.map(Tuple2::_2))
                .zipWith(rows, (line, row) -> shown(documents.get(row._1).get(), line));
    }

    private Map<Long, Stored> documents(Seq<Long> numbers) throws SQLException {
        return InvoiceTable.read(connection, access.tenant().value(), numbers);
    }

    private StoredLine shown(Stored document, LineItem line) {
        return new StoredLine(
                access.shown(document), access.shown(document.invoice().head(), line));
    }

    /** None if no database has it. */
    private Option<Seq<Query>> orderBy(Term term) {
        if (term.key() instanceof LineItemOrder.OfDocument of) {
            return Option.some(new DocumentOrder(access).orderBy(of.key(), term.descending()));
        }
        return term.key() instanceof LineItemOrder.Field field
                ? sql(field).map(sql -> Array.of(DocumentOrder.orderedBy(sql, term.descending())))
                : Option.none();
    }

    private Option<Query> sql(LineItemOrder.Field field) {
        return switch (field) {
            case POSITION -> Option.some(new Query("l.line_position"));
            case POSTED -> Option.some(new Query("l.posted_at"));
            case PERIOD_START -> Option.some(new Query("l.period_start"));
            case PERIOD_END -> Option.some(new Query("l.period_end"));
            case QUANTITY -> Option.some(new Query("l.quantity"));
            case UNIT_PRICE -> Option.some(new Query("coalesce(l.unit_price, 0)"));
            case UNIT_COST -> Option.some(seen("coalesce(l.unit_price, 0)", "coalesce(l.unit_cost, 0)"));
            case PRICE -> Option.some(new Query("coalesce(l.gross - l.discount, 0)"));
            case COST -> Option.some(seen("coalesce(l.gross - l.discount, 0)", "coalesce(l.cost, 0)"));
            case TAX -> Option.some(new Query("coalesce(l.tax, 0)"));
            case CURRENCY ->
                Option.some(seen(
                        "coalesce(l.price_currency, l.cost_currency)", "coalesce(l.cost_currency, l.price_currency)"));
            case SKU, CATEGORY, DESCRIPTION, EXTERNAL_ID -> Option.none();
        };
    }

    /** What is to be seen instead of a cost, and the cost. */
    private Query seen(String instead, String cost) {
        return new Query("case when")
                .add(Conditions.hidesCosts(access))
                .add("then " + instead + " else " + cost + " end");
    }

    /** Reads all lines and keeps those that come first. */
    private Seq<StoredLine> first(LineItemOrder order, PageRequest page) throws SQLException {
        long wanted = page.offset() + page.size();
        Comparator<StoredLine> lastFirst = order.comparator().reversed();
        PriorityQueue<StoredLine> kept = new PriorityQueue<>(lastFirst);
        Seq<Long> numbers =
                Conditions.documents("i.invoice_no", access, query.documents()).list(connection, Row::whole);
        LineReader reader = new LineReader(connection, access, query.lines());
        for (Seq<Long> some : numbers.grouped(Chunks.SIZE)) {
            Map<Long, Stored> documents = documents(some);
            for (Tuple2<Long, Stored> document : documents) {
                keep(kept, wanted, document._2, reader.of(document._1));
            }
        }
        return Array.ofAll(kept).sorted(order.comparator()).drop((int) page.offset());
    }

    private void keep(PriorityQueue<StoredLine> kept, long wanted, Stored document, Iterator<LineItem> lines) {
        while (lines.hasNext()) {
            kept.add(shown(document, lines.next()));
            if (kept.size() > wanted) {
                kept.remove();
            }
        }
    }
}

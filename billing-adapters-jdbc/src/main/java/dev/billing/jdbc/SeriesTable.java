package dev.billing.jdbc;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.Series;
import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.TreeMap;

/** Gives numbers without gaps: whoever draws one holds the series' row until the transaction ends. */
final class SeriesTable {

    private final Connection connection;
    private final String tenant;

    SeriesTable(Connection connection, String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Numbers in the order in which the documents are issued, though the series are locked in the order of their scopes. */
    Map<InvoiceId, InvoiceNumber> numbers(Seq<Tuple2<InvoiceId, Series>> issued) throws SQLException {
        java.util.Map<Series, Long> next = new TreeMap<>(Comparator.comparing(Series::scope));
        issued.forEach(document -> next.merge(document._2, 1L, Long::sum));
        for (java.util.Map.Entry<Series, Long> count : next.entrySet()) {
            count.setValue(draw(count.getKey(), count.getValue()));
        }
        return LinkedHashMap.ofEntries(issued.map(document -> document.map2(series -> take(next, series))));
    }

    private static InvoiceNumber take(java.util.Map<Series, Long> next, Series series) {
        return new InvoiceNumber(series, next.merge(series, 1L, Long::sum) - 1);
    }

    /** The first of as many numbers as are needed. */
    private long draw(Series series, long count) throws SQLException {
        return Database.settle(connection, c -> {
            if (raise(series, count) == 0) {
                Batch.one(
                        connection,
                        "insert into billing_series (tenant, scope, last_number) values (?, ?, ?)",
                        row -> row.text(tenant).text(series.scope()).whole(count));
            }
            return last(series) - count + 1;
        });
    }

    private int raise(Series series, long count) throws SQLException {
        return new Query(
                        "update billing_series set last_number = last_number + ? where tenant = ? and scope = ?",
                        count,
                        tenant,
                        series.scope())
                .update(connection);
    }

    private long last(Series series) throws SQLException {
        return new Query(
                        "select last_number from billing_series where tenant = ? and scope = ?", tenant, series.scope())
                .first(connection, Row::whole)
                .get();
    }
}

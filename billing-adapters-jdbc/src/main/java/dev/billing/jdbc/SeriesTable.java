package dev.billing.jdbc;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.invoice.Series.Gaps;
import io.vavr.Tuple2;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.TreeMap;

/**
 * Gives numbers. Whoever draws one without gaps holds the series' row until the transaction ends. One that may leave gaps comes from a
 * sequence, which no transaction holds, but for the first one of a series; it is added to what was given without gaps before, so that a series that changes its mind goes on
 * above all that it gave.
 */
final class SeriesTable {

    private static final String RAISE = """
            update billing_series set last_number = last_number + ?
            where tenant = ? and scope = ? and not has_gaps
            """;

    private static final String RAISE_ABOVE_ALL = """
            update billing_series set last_number = greatest(last_number, ?) + ? where tenant = ? and scope = ?
            """;

    private static final String INSERT =
            "insert into billing_series (tenant, scope, last_number, has_gaps) values (?, ?, ?, ?)";

    private static final String GREATEST =
            "select coalesce(max(number_value), 0) from billing_invoice where tenant = ? and number_series = ?";

    private final Connection connection;
    private final Dialect dialect;
    private final String tenant;

    SeriesTable(Connection connection, Dialect dialect, String tenant) {
        this.connection = connection;
        this.dialect = dialect;
        this.tenant = tenant;
    }

    /** Numbers in the order in which the documents are issued, though the series are locked in the order of their scopes. */
    Map<InvoiceId, InvoiceNumber> numbers(Seq<Tuple2<InvoiceId, Series>> issued) throws SQLException {
        java.util.Map<Series, Long> next = new TreeMap<>(Comparator.comparing(Series::scope));
        issued.filter(document -> document._2.gaps() == Gaps.NONE)
                .forEach(document -> next.merge(document._2, 1L, Long::sum));
        for (java.util.Map.Entry<Series, Long> count : next.entrySet()) {
            count.setValue(draw(count.getKey(), count.getValue()));
        }
        Map<InvoiceId, InvoiceNumber> numbers = LinkedHashMap.empty();
        for (Tuple2<InvoiceId, Series> document : issued) {
            Series series = document._2;
            long number = series.gaps() == Gaps.NONE ? next.merge(series, 1L, Long::sum) - 1 : drawFreely(series);
            numbers = numbers.put(document._1, new InvoiceNumber(series, number));
        }
        return numbers;
    }

    /** The first of as many numbers as are needed. */
    private long draw(Series series, long count) throws SQLException {
        if (new Query(RAISE, count, tenant, series.scope()).update(connection) == 0) {
            raiseAboveAll(series, count);
        }
        return last(series).get().number() - count + 1;
    }

    private void raiseAboveAll(Series series, long count) throws SQLException {
        long greatest = new Query(GREATEST, tenant, series.scope())
                .first(connection, Row::whole)
                .get();
        if (new Query(RAISE_ABOVE_ALL, greatest, count, tenant, series.scope()).update(connection) == 0) {
            insert(series, greatest + count, greatest > 0);
        }
    }

    private void insert(Series series, long last, boolean hasGaps) throws SQLException {
        Batch.one(
                connection,
                INSERT,
                row -> row.text(tenant).text(series.scope()).whole(last).flag(Option.some(hasGaps)));
    }

    private long drawFreely(Series series) throws SQLException {
        Option<Last> last = last(series);
        if (last.isEmpty()) {
            // so that whoever draws without gaps meanwhile knows that there are numbers it cannot see yet
            insert(series, 0, true);
        } else if (last.exists(known -> !known.hasGaps())) {
            new Query(
                            "update billing_series set has_gaps = true where tenant = ? and scope = ?",
                            tenant,
                            series.scope())
                    .update(connection);
        }
        long number = new Query("select " + dialect.next("billing_number"))
                .first(connection, Row::whole)
                .get();
        return last.map(Last::number).getOrElse(0L) + number;
    }

    /** What a series gave last without gaps. */
    private record Last(long number, boolean hasGaps) {}

    private Option<Last> last(Series series) throws SQLException {
        return new Query(
                        "select last_number, has_gaps from billing_series where tenant = ? and scope = ?",
                        tenant,
                        series.scope())
                .first(connection, row -> new Last(row.whole(), row.flag()));
    }
}

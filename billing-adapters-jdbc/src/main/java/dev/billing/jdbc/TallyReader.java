package dev.billing.jdbc;

import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Tally;
import dev.billing.port.Tally.Slot;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;

/** Sums figures and lines in the database: as they are kept, apart for documents whose costs look like their prices. */
final class TallyReader {

    private static final String FIGURE_KEY = "g.name, g.basis, g.side, g.currency, g.hides_costs";
    private static final String LINE_KEY = "g.price_currency, g.cost_currency, g.hides_costs";

    private final Connection connection;
    private final Dialect dialect;
    private final Tally.Digits digits;
    private final Access access;
    private final Seq<String> by;

    TallyReader(Connection connection, Dialect dialect, Access access, Seq<String> by, Tally.Digits digits) {
        this.connection = connection;
        this.dialect = dialect;
        this.digits = digits;
        this.access = access;
        this.by = by.distinct();
    }

    Tally figures(InvoiceQuery documents, Seq<FigureKey> figures) throws SQLException {
        Query found = new Query("select f.name, f.basis, f.side, f.currency, " + counted("f.amount") + " as amount,")
                .add(columns())
                .add(Conditions.DOCUMENTS)
                .add(
                        "join billing_figure f on f.tenant = i.tenant and f.invoice_no = i.invoice_no and f.name = any(?)",
                        (Object) figures.map(FigureKey::name).distinct().toJavaArray(String[]::new))
                .add(attributes());
        Map<FigureKey, Integer> wanted = figures.groupBy(key -> key).mapValues(Seq::size);
        Summing summing = new Summing();
        grouped(FIGURE_KEY, "sum(g.amount)", Conditions.addDocuments(found, access, documents))
                .list(connection, row -> figure(row, wanted, summing));
        return summing.tally();
    }

    private String counted(String amount) {
        return digits == Tally.Digits.ALL ? amount : dialect.ofNearestDouble(amount);
    }

    /** A key that is wanted twice counts twice. */
    private Summing figure(Row row, Map<FigureKey, Integer> wanted, Summing summing) throws SQLException {
        Map<String, Attribute> group = group(row);
        String name = row.text();
        Option<Basis> basis = row.optionalText().map(Basis::valueOf);
        Side side = Side.valueOf(row.text());
        var currency = row.currency();
        boolean hidesCosts = row.flag();
        Money sum = Money.of(currency, row.number());
        for (Side shown : shownAs(side, hidesCosts)) {
            FigureKey key = new FigureKey(name, basis, shown);
            wanted.get(key)
                    .forEach(times -> summing.add(
                            key, group, Money.of(currency, sum.amount().multiply(BigDecimal.valueOf(times)))));
        }
        return summing;
    }

    private static Seq<Side> shownAs(Side side, boolean hidesCosts) {
        if (!hidesCosts) {
            return Array.of(side);
        }
        return side == Side.PRICE ? Array.of(Side.PRICE, Side.COST) : Array.empty();
    }

    Tally lines(LineItemQuery lines) throws SQLException {
        Query found = new Query("select l.price_currency, l.cost_currency, l.tax_currency, "
                        + counted("l.gross - l.discount") + " as net, " + counted("l.cost") + " as cost, "
                        + counted("l.tax") + " as tax,")
                .add(columns())
                .add(Conditions.DOCUMENTS)
                .add(Conditions.LINES)
                .add(attributes());
        Conditions.addLines(Conditions.addDocuments(found, access, lines.documents()), lines.lines());
        Summing summing = new Summing();
        grouped(LINE_KEY, "sum(g.net), sum(g.cost), g.tax_currency, sum(g.tax)", found, "g.tax_currency")
                .list(connection, row -> line(row, summing));
        return summing.tally();
    }

    private Summing line(Row row, Summing summing) throws SQLException {
        Map<String, Attribute> group = group(row);
        LineSums found = LineSums.read(row);
        found.cost().forEach(cost -> summing.add(Tally.LINE_COST, group, cost));
        found.net().forEach(net -> summing.add(Tally.LINE_PRICE, group, net));
        Option<String> taxCurrency = row.optionalText();
        Option<BigDecimal> tax = row.optionalNumber();
        taxCurrency
                .map(Currencies::of)
                .flatMap(currency -> tax.map(amount -> Money.of(currency, amount)))
                .forEach(amount -> summing.add(Tally.LINE_TAX, group, amount));
        return summing;
    }

    /** What is selected beside the amounts: whether costs look like prices, and the attributes. */
    private Query columns() {
        Query columns = Conditions.hidesCosts(access).add("as hides_costs");
        by.forEachWithIndex((name, i) -> columns.add(
                ", a%1$d.text_value as t%1$d, a%1$d.number_value as n%1$d, a%1$d.instant_value as i%1$d, a%1$d.flag_value as f%1$d"
                        .formatted(i)));
        return columns;
    }

    private Query attributes() {
        Query joins = new Query("");
        by.forEachWithIndex((name, i) -> joins.add("""
                left join billing_attribute a%1$d on a%1$d.tenant = i.tenant
                    and a%1$d.invoice_no = i.invoice_no and a%1$d.name = ?""".formatted(i), name));
        return joins;
    }

    private Query grouped(String key, String sums, Query found, String... more) {
        String group = Array.range(0, by.size())
                .map("g.t%1$d, g.n%1$d, g.i%1$d, g.f%1$d, "::formatted)
                .mkString();
        String moreKeys = Array.of(more).map(column -> ", " + column).mkString();
        return new Query("select " + group + key + ", " + sums + " from (")
                .add(found)
                .add(") g group by " + group + key + moreKeys);
    }

    private Map<String, Attribute> group(Row row) throws SQLException {
        Map<String, Attribute> group = HashMap.empty();
        for (String name : by) {
            Option<Attribute> value = FinderTables.attribute(
                    row.optionalText(), row.optionalNumber(), row.optionalInstant(), row.optionalFlag());
            group = value.isDefined() ? group.put(name, value.get()) : group;
        }
        return group;
    }

    /** Sums in the making. */
    private static final class Summing {

        private final java.util.Map<Slot, Money> sums = new java.util.HashMap<>();

        void add(FigureKey figure, Map<String, Attribute> group, Money amount) {
            sums.merge(new Slot(figure, group, amount.currency()), amount, Money::plus);
        }

        Tally tally() {
            return new Tally(HashMap.ofAll(sums));
        }
    }
}

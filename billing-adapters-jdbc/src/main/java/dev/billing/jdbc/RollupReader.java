package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.rollup.Rollup;
import dev.billing.domain.rollup.Slot;
import dev.billing.port.Access;
import dev.billing.port.LineItemQuery;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;

/** Sums lines in the database: first by their sets of places, of which there are few, then by the places that are wanted. */
final class RollupReader {

    private static final String BY_PLACE_SET = """
            from (
                select d.tenant, d.places_no, d.basis, d.category, d.price_currency, d.cost_currency, d.hides_costs,
                    sum(d.net) as net, sum(d.cost) as cost
                from (""";

    private static final String COLUMNS = """
            l.tenant, l.places_no, l.basis, l.category, l.price_currency, l.cost_currency,
            l.gross - l.discount as net, l.cost""";

    private static final String END_BY_PLACE_SET =
            ") d group by d.tenant, d.places_no, d.basis, d.category, d.price_currency, d.cost_currency, d.hides_costs) g";

    private final Seq<Dimension> by;

    RollupReader(Seq<Dimension> by) {
        this.by = by.distinct();
    }

    Rollup read(Connection connection, Access access, LineItemQuery query) throws SQLException {
        java.util.Map<Slot, Money> sums = new java.util.HashMap<>();
        query(access, query)
                .list(connection, this::sums)
                .forEach(row -> row.forEach((slot, sum) -> sums.merge(slot, sum, Money::plus)));
        return new Rollup(HashMap.ofAll(sums));
    }

    private Query query(Access access, LineItemQuery wanted) {
        String keys = columns() + "g.basis, g.category, g.price_currency, g.cost_currency, g.hides_costs";
        Query query = new Query("select " + keys + ", sum(g.net), sum(g.cost) " + BY_PLACE_SET);
        Query columns =
                new Query(COLUMNS + ",").add(Conditions.hidesCosts(access)).add("as hides_costs");
        query.add(Conditions.lines(columns, access, wanted.documents(), wanted.lines()))
                .add(END_BY_PLACE_SET);
        by.forEachWithIndex((dimension, i) -> query.add("""
                left join billing_place_set_entry e%1$d on e%1$d.tenant = g.tenant
                    and e%1$d.places_no = g.places_no and e%1$d.dimension = ?""".formatted(i), dimension.name()));
        return query.add("group by " + keys);
    }

    private String columns() {
        return Array.range(0, by.size())
                .map("e%1$d.ref_type, e%1$d.ref_id, e%1$d.ref_name, "::formatted)
                .mkString();
    }

    /** A row has the sum of the prices, that of the costs, or both. */
    private Map<Slot, Money> sums(Row row) throws SQLException {
        Map<Dimension, Ref> group = group(row);
        Basis basis = Basis.valueOf(row.text());
        String category = row.text();
        LineSums found = LineSums.read(row);
        Map<Slot, Money> sums = HashMap.empty();
        for (Money net : found.net()) {
            sums = sums.put(new Slot(group, basis, Side.PRICE, category, net.currency()), net);
        }
        for (Money cost : found.cost()) {
            sums = sums.put(new Slot(group, basis, Side.COST, category, cost.currency()), cost);
        }
        return sums;
    }

    private Map<Dimension, Ref> group(Row row) throws SQLException {
        Map<Dimension, Ref> group = HashMap.empty();
        for (Dimension dimension : by) {
            Option<Ref> place = ref(row.optionalText(), row.optionalText(), row.optionalText());
            group = place.isDefined() ? group.put(dimension, place.get()) : group;
        }
        return group;
    }

    private static Option<Ref> ref(Option<String> type, Option<String> id, Option<String> name) {
        return type.map(known -> new Ref(known, id.get(), name.get()));
    }
}

package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.TextOrder;
import dev.billing.domain.line.Selection;
import dev.billing.port.Directory;
import dev.billing.port.Place;
import dev.billing.port.TenantId;
import io.vavr.Tuple2;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Places in a database. */
final class JdbcDirectory implements Directory {

    private static final String INSERT = """
            insert into billing_place (ref_type, ref_name, created_at, folded_id, tenant, dimension, ref_id)
            values (?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE = """
            update billing_place set ref_type = ?, ref_name = ?, created_at = ?, folded_id = ?
            where tenant = ? and dimension = ? and ref_id = ?
            """;

    private static final String INSERT_WITHIN = """
            insert into billing_place_within (
                tenant, dimension, ref_id, outer_dimension, outer_type, outer_id, outer_name)
            values (?, ?, ?, ?, ?, ?, ?)
            """;

    private final Database database;

    JdbcDirectory(Database database) {
        this.database = database;
    }

    @Override
    public void put(TenantId tenant, Place place) {
        database.change("put place " + place.ref(), connection -> {
            Database.settle(connection, c -> replace(c, tenant, place));
            return Either.right(place);
        });
    }

    private static Place replace(Connection connection, TenantId tenant, Place place) throws SQLException {
        Batch.one(
                connection,
                isThere(connection, tenant, place) ? UPDATE : INSERT,
                row -> row.text(place.ref().type())
                        .text(place.ref().name())
                        .instant(place.createdAt())
                        .text(TextOrder.folded(place.ref().id()))
                        .text(tenant.value())
                        .text(place.dimension().name())
                        .text(place.ref().id()));
        replaceWithin(connection, tenant, place);
        return place;
    }

    private static boolean isThere(Connection connection, TenantId tenant, Place place) throws SQLException {
        return new Query(
                        """
                        select 1 from billing_place
                        where tenant = ? and dimension = ? and ref_id = ? for update
                        """,
                        tenant.value(),
                        place.dimension().name(),
                        place.ref().id())
                .first(connection, Row::whole)
                .isDefined();
    }

    private static void replaceWithin(Connection connection, TenantId tenant, Place place) throws SQLException {
        new Query(
                        "delete from billing_place_within where tenant = ? and dimension = ? and ref_id = ?",
                        tenant.value(),
                        place.dimension().name(),
                        place.ref().id())
                .update(connection);
        try (Batch batch = new Batch(connection, INSERT_WITHIN)) {
            for (Tuple2<Dimension, Ref> outer : place.within()) {
                batch.text(tenant.value())
                        .text(place.dimension().name())
                        .text(place.ref().id())
                        .text(outer._1.name())
                        .text(outer._2.type())
                        .text(outer._2.id())
                        .text(outer._2.name())
                        .end();
            }
            batch.flush();
        }
    }

    /** Of several that fit, the one with exactly this id, else the first by id. */
    @Override
    public Option<Ref> find(TenantId tenant, Dimension dimension, String nameOrId) {
        return database.read(
                "find a place",
                connection -> find(connection, tenant, dimension, "and ref_name = ?", nameOrId, nameOrId)
                        .orElse(find(
                                connection,
                                tenant,
                                dimension,
                                "and folded_id = ?",
                                TextOrder.folded(nameOrId),
                                nameOrId)));
    }

    private static Option<Ref> find(
            Connection connection, TenantId tenant, Dimension dimension, String condition, String value, String id)
            throws SQLException {
        return new Query(
                        "select ref_type, ref_id, ref_name from billing_place where tenant = ? and dimension = ?",
                        tenant.value(),
                        dimension.name())
                .add(condition, value)
                .add("order by case when ref_id = ? then 0 else 1 end, ref_id fetch first 1 rows only", id)
                .first(connection, row -> new Ref(row.text(), row.text(), row.text()));
    }

    @Override
    public Option<Instant> earliest(TenantId tenant, Dimension dimension, Option<Selection.At> at, Instant notAfter) {
        Query query = new Query(
                "select min(p.created_at) from billing_place p where p.tenant = ? and p.dimension = ?",
                tenant.value(),
                dimension.name());
        query.add("and p.created_at <= ?", Timestamps.floor(notAfter));
        at.forEach(place -> addAt(query, place));
        return database.read(
                "find the earliest place",
                connection -> query.first(connection, Row::optionalInstant).flatMap(instant -> instant));
    }

    private static void addAt(Query query, Selection.At at) {
        query.add("""
                and (p.dimension = ? and p.ref_id = ? or exists (
                    select 1 from billing_place_within w
                    where w.tenant = p.tenant and w.dimension = p.dimension and w.ref_id = p.ref_id
                        and w.outer_dimension = ? and w.outer_id = ?))
                """, at.dimension().name(), at.placeId(), at.dimension().name(), at.placeId());
    }
}

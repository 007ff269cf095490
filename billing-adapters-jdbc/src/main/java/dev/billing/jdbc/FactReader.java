package dev.billing.jdbc;

import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.jdbc.FactTable.FoundLifetime;
import dev.billing.port.FactQuery;
import dev.billing.port.TenantId;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Iterator;

/** Streams the facts of one account. */
final class FactReader {

    private final Connection connection;
    private final String tenant;
    private final FactQuery wanted;
    private final PlaceSetReader placeSets;

    private FactReader(Connection connection, TenantId tenant, FactQuery wanted) {
        this.connection = connection;
        this.tenant = tenant.value();
        this.wanted = wanted;
        this.placeSets = new PlaceSetReader(connection, tenant.value());
    }

    static Iterator<Lifetime> lifetimes(Connection connection, TenantId tenant, FactQuery wanted) {
        FactReader reader = new FactReader(connection, tenant, wanted);
        return new Chunks<>() {
            private long lastSeq = Long.MIN_VALUE;

            @Override
            Seq<Lifetime> read(Option<Lifetime> after, int size) throws SQLException {
                Seq<FoundLifetime> found = reader.lifetimes(lastSeq, size);
                lastSeq = found.lastOption().map(FoundLifetime::seq).getOrElse(lastSeq);
                return reader.placeSets.complete(found);
            }
        };
    }

    private Seq<FoundLifetime> lifetimes(long afterSeq, int size) throws SQLException {
        Query query = new Query("select " + FactTable.LIFETIME_COLUMNS + ", (");
        addEndings(query, "min(e.ends_at)").add(")");
        query.add(
                "from billing_lifetime f where f.tenant = ? and f.account = ?",
                tenant,
                wanted.account().value());
        query.add("and f.seq > ?", afterSeq);
        addKnown(query, "f");
        addThere(query);
        wanted.at().forEach(place -> Conditions.addAt(query, "f", place));
        return query.add("order by f.tenant, f.account, f.seq fetch first ? rows only", size)
                .list(connection, row -> FactTable.lifetime(row).endedAt(row.optionalInstant()));
    }

    /** Those that begin in the period, or before it and do not end before it. */
    private void addThere(Query query) {
        OffsetDateTime start = Timestamps.ceiling(wanted.period().start());
        OffsetDateTime startOrBefore = Timestamps.floor(wanted.period().start());
        query.add("and f.begins_at < ?", Timestamps.ceiling(wanted.period().end()));
        query.add("and (f.begins_at >= ? or (f.ends_at is null or f.ends_at > ?)", start, startOrBefore);
        addEndings(query.add("and not exists ("), "1").add("and e.ends_at <= ?))", startOrBefore);
    }

    private Query addEndings(Query query, String select) {
        query.add("select " + select + " from billing_ending e");
        query.add("where e.tenant = f.tenant and e.lifetime_id = f.fact_id");
        return addKnown(query, "e");
    }

    private Query addKnown(Query query, String alias) {
        wanted.recordedBy()
                .forEach(instant -> query.add("and " + alias + ".recorded_at <= ?", Timestamps.floor(instant)));
        return query;
    }

    static Iterator<UsageRecord> usage(Connection connection, TenantId tenant, FactQuery wanted) {
        FactReader reader = new FactReader(connection, tenant, wanted);
        return new Chunks<>() {
            @Override
            Seq<UsageRecord> read(Option<UsageRecord> after, int size) throws SQLException {
                return after.isDefined() ? reader.usageAfter(after.get(), size) : reader.first(reader.usage(), size);
            }
        };
    }

    /** First the records of the same instant, then those behind: each finds its start in the index. */
    private Seq<UsageRecord> usageAfter(UsageRecord last, int size) throws SQLException {
        OffsetDateTime at = Timestamps.exact(last.at());
        Seq<UsageRecord> same = first(
                usage().add("and f.used_at = ? and f.fact_id > ?", at, last.id().value()), size);
        int rest = size - same.size();
        return rest == 0 ? same : same.appendAll(first(usage().add("and f.used_at > ?", at), rest));
    }

    private Query usage() {
        Query query = new Query(
                "select " + FactTable.USAGE_COLUMNS + " from billing_usage f where f.tenant = ? and f.account = ?",
                tenant,
                wanted.account().value());
        query.add("and f.used_at >= ?", Timestamps.ceiling(wanted.period().start()));
        query.add("and f.used_at < ?", Timestamps.ceiling(wanted.period().end()));
        wanted.at().forEach(place -> Conditions.addAt(query, "f", place));
        wanted.meters().forEach(names -> query.add("and f.meter = any (?)", (Object) names.toJavaArray(String[]::new)));
        return addKnown(query, "f");
    }

    private Seq<UsageRecord> first(Query usage, int size) throws SQLException {
        usage.add("order by f.tenant, f.account, f.used_at, f.fact_id fetch first ? rows only", size);
        return placeSets.complete(usage.list(connection, FactTable::usage));
    }
}

package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.Selection;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.FactQuery;
import dev.billing.port.FactsRefused;
import dev.billing.port.Recorded;
import dev.billing.port.TenantId;
import dev.billing.port.UsageStore;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Function;

/** Facts in a database. */
final class JdbcUsageStore implements UsageStore {

    private final Database database;

    JdbcUsageStore(Database database) {
        this.database = database;
    }

    @Override
    public Either<FactsRefused, Recorded> record(TenantId tenant, Seq<Fact> facts) {
        if (facts.isEmpty()) {
            return Either.right(Recorded.NOTHING);
        }
        return database.change(
                "record facts",
                connection -> Database.settle(
                        connection, c -> new FactWriter(c, database.dialect(), tenant.value()).record(facts)));
    }

    @Override
    public <R> R lifetimes(Access access, FactQuery query, Function<Iterator<Lifetime>, R> reader) {
        return stream(access, query, reader, connection -> FactReader.lifetimes(connection, access.tenant(), query));
    }

    @Override
    public <R> R usage(Access access, FactQuery query, Function<Iterator<UsageRecord>, R> reader) {
        return stream(access, query, reader, connection -> FactReader.usage(connection, access.tenant(), query));
    }

    private <T, R> R stream(
            Access access, FactQuery query, Function<Iterator<T>, R> reader, Function<Connection, Iterator<T>> facts) {
        return access.sees(query.account())
                ? database.snapshot("read facts", connection -> reader.apply(facts.apply(connection)))
                : reader.apply(Collections.emptyIterator());
    }

    @Override
    public Option<Instant> earliest(Access access, AccountId account, Option<Selection.At> at, Instant notAfter) {
        if (!access.sees(account)) {
            return Option.none();
        }
        return database.snapshot(
                "find the earliest fact",
                connection -> Array.of(
                                first(connection, access, account, "billing_lifetime", "begins_at", at, notAfter),
                                first(connection, access, account, "billing_usage", "used_at", at, notAfter))
                        .flatMap(instant -> instant)
                        .min());
    }

    private static Option<Instant> first(
            Connection connection,
            Access access,
            AccountId account,
            String table,
            String column,
            Option<Selection.At> at,
            Instant notAfter)
            throws SQLException {
        Query query = new Query(
                "select f." + column + " from " + table + " f where f.tenant = ? and f.account = ?",
                access.tenant().value(),
                account.value());
        query.add("and f." + column + " <= ?", Timestamps.floor(notAfter));
        at.forEach(place -> Conditions.addAt(query, "f", place));
        return query.add("order by f.tenant, f.account, f." + column + " fetch first 1 rows only")
                .first(connection, Row::instant);
    }
}

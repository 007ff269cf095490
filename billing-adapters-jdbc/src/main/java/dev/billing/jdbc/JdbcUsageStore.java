package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.TextOrder;
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
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Facts in a database. */
final class JdbcUsageStore implements UsageStore {

    /** Looked up in an index of each table: any number of facts may lie between an account and the next one. */
    static final String NEXT_ACCOUNT = """
            select f.account from (
                (select account from billing_lifetime
                    where tenant = ? and account > ? order by tenant, account fetch first 1 rows only)
                union all
                (select account from billing_usage
                    where tenant = ? and account > ? order by tenant, account fetch first 1 rows only)
            ) f order by f.account fetch first 1 rows only
            """;

    private static final String HAS_FACTS = """
            where exists (select 1 from billing_lifetime f where f.tenant = ? and f.account = w.id)
                or exists (select 1 from billing_usage f where f.tenant = ? and f.account = w.id)
            """;

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

    @Override
    public Seq<AccountId> accounts(Access access, Option<AccountId> after, int max) {
        String tenant = access.tenant().value();
        String last = after.map(AccountId::value).getOrElse("");
        return database.snapshot(
                        "find accounts that have facts",
                        connection -> access.accounts().isDefined()
                                ? among(connection, tenant, access.accounts().get(), last)
                                        .take(max)
                                : accounts(connection, tenant, last, max))
                .map(AccountId::new);
    }

    private static Seq<String> accounts(Connection connection, String tenant, String after, int max)
            throws SQLException {
        List<String> found = new ArrayList<>();
        Option<String> next = Option.some(after);
        while (found.size() < max && next.isDefined()) {
            next = new Query(NEXT_ACCOUNT, tenant, next.get(), tenant, next.get()).first(connection, Row::text);
            next.forEach(found::add);
        }
        return Array.ofAll(found);
    }

    private static Seq<String> among(Connection connection, String tenant, Set<AccountId> seen, String after)
            throws SQLException {
        String[] ids = seen.map(AccountId::value)
                .filter(id -> TextOrder.CODE_POINTS.compare(id, after) > 0)
                .toJavaArray(String[]::new);
        return Query.among(ids)
                .select("w.id")
                .add(HAS_FACTS, tenant, tenant)
                .list(connection, Row::text)
                .sorted(TextOrder.CODE_POINTS);
    }
}

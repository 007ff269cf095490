package dev.billing.jdbc;

import dev.billing.domain.usage.Ending;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.FactsRefused;
import dev.billing.port.Recorded;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Keeps facts that are new.
 * <p>
 * Their ids are claimed in the order of the ids, so that of two calls with the same facts one waits for the other and none for both; the
 * facts themselves are written in the order in which they were reported.
 */
final class FactWriter {

    private final Connection connection;
    private final Dialect dialect;
    private final String tenant;
    private final PlaceSetReader placeSets;

    FactWriter(Connection connection, Dialect dialect, String tenant) {
        this.connection = connection;
        this.dialect = dialect;
        this.tenant = tenant;
        this.placeSets = new PlaceSetReader(connection, tenant);
    }

    Either<FactsRefused, Recorded> record(Seq<Fact> reported) throws SQLException {
        java.util.Map<FactId, Fact> known = find(reported.map(Fact::id));
        List<Fact> added = new ArrayList<>();
        for (Fact fact : reported) {
            Fact same = known.putIfAbsent(fact.id(), fact);
            if (same == null) {
                added.add(fact);
            } else if (!same.saysTheSameAs(fact)) {
                return Either.left(new FactsRefused.IdReused(fact.id()));
            }
        }
        Option<FactsRefused> refused = refusal(known, Array.ofAll(added));
        if (refused.isDefined()) {
            return Either.left(refused.get());
        }
        insert(Array.ofAll(added));
        return Either.right(new Recorded(added.size(), reported.size() - added.size()));
    }

    private Option<FactsRefused> refusal(java.util.Map<FactId, Fact> known, Seq<Fact> added) throws SQLException {
        Option<FactsRefused> tooFine = added.flatMap(fact -> FactTable.problem(dialect, fact)
                        .map(problem -> (FactsRefused) new FactsRefused.TooManyDigits(fact.id(), problem)))
                .headOption();
        if (tooFine.isDefined()) {
            return tooFine;
        }
        Seq<Ending> endings = added.filter(Ending.class::isInstance).map(Ending.class::cast);
        java.util.Map<FactId, Fact> all = new HashMap<>(find(endings.map(Ending::lifetime)));
        all.putAll(known);
        return endings.flatMap(ending -> refusal(all, ending)).headOption();
    }

    private static Option<FactsRefused> refusal(java.util.Map<FactId, Fact> known, Ending ending) {
        if (!(known.get(ending.lifetime()) instanceof Lifetime lifetime)
                || !lifetime.account().equals(ending.account())) {
            return Option.some(new FactsRefused.UnknownLifetime(ending.id(), ending.lifetime()));
        }
        Instant from = lifetime.existence().from();
        return Option.when(
                ending.at().isBefore(from), () -> new FactsRefused.EndsBeforeItBegins(ending.id(), from, ending.at()));
    }

    /** The facts with these ids that are known. */
    private java.util.Map<FactId, Fact> find(Seq<FactId> ids) throws SQLException {
        java.util.Map<FactId, Fact> found = new HashMap<>();
        for (Seq<FactId> some : ids.distinct().grouped(Chunks.SIZE)) {
            String[] values = some.map(FactId::value).toJavaArray(String[]::new);
            Seq<String> kinds =
                    select("distinct f.kind", "billing_fact", values).list(connection, Row::text);
            for (String kind : kinds) {
                find(kind, values).forEach(fact -> found.put(fact.id(), fact));
            }
        }
        return found;
    }

    private Seq<? extends Fact> find(String kind, String[] ids) throws SQLException {
        return switch (kind) {
            case "LIFETIME" ->
                placeSets.complete(select(FactTable.LIFETIME_COLUMNS, "billing_lifetime", ids)
                        .list(connection, FactTable::lifetime));
            case "ENDING" ->
                select(FactTable.ENDING_COLUMNS, "billing_ending", ids).list(connection, FactTable::ending);
            default ->
                placeSets.complete(
                        select(FactTable.USAGE_COLUMNS, "billing_usage", ids).list(connection, FactTable::usage));
        };
    }

    private Query select(String columns, String table, String[] ids) {
        return Query.among(ids)
                .select(columns)
                .add("join " + table + " f on f.tenant = ? and f.fact_id = w.id", tenant);
    }

    private void insert(Seq<Fact> added) throws SQLException {
        Seq<Tuple2<Fact, Option<Long>>> placed = added.zip(
                new PlaceSetWriter(connection, tenant, PlaceSetWriter.FACTS).keep(added.map(FactTable::places)));
        claim(added);
        insert(FactTable.INSERT_LIFETIME, placed, Lifetime.class, FactTable::bind);
        insert(FactTable.INSERT_ENDING, placed, Ending.class, (row, ending, places) -> FactTable.bind(row, ending));
        insert(FactTable.INSERT_USAGE, placed, UsageRecord.class, FactTable::bind);
    }

    private void claim(Seq<Fact> added) throws SQLException {
        try (Batch batch = new Batch(connection, FactTable.INSERT_FACT)) {
            for (Fact fact : added.sortBy(fact -> fact.id().value())) {
                batch.text(tenant)
                        .text(fact.id().value())
                        .text(FactTable.kind(fact))
                        .end();
            }
            batch.flush();
        }
    }

    /** Binds the columns of a fact's row, but for the tenant. */
    @FunctionalInterface
    private interface Binder<F> {
        void bind(Batch row, F fact, Option<Long> places) throws SQLException;
    }

    private <F extends Fact> void insert(
            String sql, Seq<Tuple2<Fact, Option<Long>>> placed, Class<F> kind, Binder<F> binder) throws SQLException {
        try (Batch batch = new Batch(connection, sql)) {
            for (Tuple2<Fact, Option<Long>> fact : placed.filter(one -> kind.isInstance(one._1))) {
                binder.bind(batch.text(tenant), kind.cast(fact._1), fact._2);
                batch.end();
            }
            batch.flush();
        }
    }
}

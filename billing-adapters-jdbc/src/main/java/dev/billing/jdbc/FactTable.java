package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.period.Existence;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.usage.Ending;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;

/** How a fact becomes a row, and a row a fact. */
final class FactTable {

    static final String INSERT_FACT = "insert into billing_fact (tenant, fact_id, kind) values (?, ?, ?)";

    static final String INSERT_LIFETIME = """
            insert into billing_lifetime (
                tenant, fact_id, account, rate, quantity, description, begins_at, ends_at, recorded_at, places_no)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    static final String LIFETIME_COLUMNS = """
            f.fact_id, f.account, f.rate, f.quantity, f.description, f.begins_at, f.ends_at, f.recorded_at,
            f.places_no, f.seq""";

    static final String INSERT_ENDING =
            "insert into billing_ending (tenant, fact_id, account, lifetime_id, ends_at, recorded_at) values (?, ?, ?, ?, ?, ?)";

    static final String ENDING_COLUMNS = "f.fact_id, f.account, f.lifetime_id, f.ends_at, f.recorded_at";

    static final String INSERT_USAGE = """
            insert into billing_usage (
                tenant, fact_id, account, meter, quantity, used_at, properties, recorded_at, places_no)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    static final String USAGE_COLUMNS =
            "f.fact_id, f.account, f.meter, f.quantity, f.used_at, f.properties, f.recorded_at, f.places_no";

    private FactTable() {}

    static String kind(Fact fact) {
        if (fact instanceof Lifetime) {
            return "LIFETIME";
        }
        return fact instanceof Ending ? "ENDING" : "USAGE";
    }

    static Map<Dimension, Ref> places(Fact fact) {
        if (fact instanceof Lifetime lifetime) {
            return lifetime.places();
        }
        return fact instanceof UsageRecord record ? record.places() : HashMap.empty();
    }

    /** What the database would not keep as it is. */
    static Option<String> problem(Dialect dialect, Fact fact) {
        Fit fit = new Fit(dialect).instant("recorded at", fact.recordedAt());
        if (fact instanceof Lifetime lifetime) {
            fit.number("quantity", lifetime.quantity())
                    .instant("from", lifetime.existence().from())
                    .instant("until", lifetime.existence().until());
        } else if (fact instanceof UsageRecord record) {
            fit.number("quantity", record.quantity()).instant("at", record.at());
        } else {
            fit.instant("at", ((Ending) fact).at());
        }
        return fit.problem();
    }

    static void bind(Batch row, Lifetime lifetime, Option<Long> places) throws SQLException {
        row.text(lifetime.id().value())
                .text(lifetime.account().value())
                .text(RuleJson.write(lifetime.rate()))
                .number(lifetime.quantity())
                .text(lifetime.description())
                .instant(lifetime.existence().from())
                .instant(lifetime.existence().until())
                .instant(lifetime.recordedAt())
                .whole(places);
    }

    static void bind(Batch row, Ending ending) throws SQLException {
        row.text(ending.id().value())
                .text(ending.account().value())
                .text(ending.lifetime().value())
                .instant(ending.at())
                .instant(ending.recordedAt());
    }

    static void bind(Batch row, UsageRecord record, Option<Long> places) throws SQLException {
        row.text(record.id().value())
                .text(record.account().value())
                .text(record.meter())
                .number(record.quantity())
                .instant(record.at())
                .text(properties(record.properties()))
                .instant(record.recordedAt())
                .whole(places);
    }

    private static Option<String> properties(Map<String, String> properties) {
        return Option.when(!properties.isEmpty(), () -> Json.object(json -> Json.texts(json, properties)));
    }

    static FoundLifetime lifetime(Row row) throws SQLException {
        FactId id = new FactId(row.text());
        AccountId account = new AccountId(row.text());
        Rate rate = RuleJson.readRate(row.text());
        BigDecimal quantity = row.number();
        String description = row.text();
        Existence existence = new Existence(row.instant(), row.optionalInstant());
        Instant recordedAt = row.instant();
        Lifetime lifetime =
                new Lifetime(id, account, rate, quantity, description, HashMap.empty(), existence, recordedAt);
        return new FoundLifetime(lifetime, row.optionalWhole(), row.whole());
    }

    static Ending ending(Row row) throws SQLException {
        return new Ending(
                new FactId(row.text()),
                new AccountId(row.text()),
                new FactId(row.text()),
                row.instant(),
                row.instant());
    }

    static FoundUsage usage(Row row) throws SQLException {
        UsageRecord record = new UsageRecord(
                new FactId(row.text()),
                new AccountId(row.text()),
                row.text(),
                row.number(),
                row.instant(),
                HashMap.empty(),
                row.optionalText().map(text -> Json.parse(text).texts()).getOrElse(HashMap.empty()),
                row.instant());
        return new FoundUsage(record, row.optionalWhole());
    }

    /**
     * A lifetime that still lacks its places.
     *
     * @param seq its place in the order in which lifetimes were recorded
     */
    record FoundLifetime(Lifetime lifetime, Option<Long> places, long seq) implements PlaceSetReader.Placed<Lifetime> {

        FoundLifetime endedAt(Option<Instant> end) {
            return end.map(known -> new FoundLifetime(lifetime.endedAt(known), places, seq))
                    .getOrElse(this);
        }

        @Override
        public Lifetime with(Map<Dimension, Ref> found) {
            return new Lifetime(
                    lifetime.id(),
                    lifetime.account(),
                    lifetime.rate(),
                    lifetime.quantity(),
                    lifetime.description(),
                    found,
                    lifetime.existence(),
                    lifetime.recordedAt());
        }
    }

    /** A usage record that still lacks its places. */
    record FoundUsage(UsageRecord record, Option<Long> places) implements PlaceSetReader.Placed<UsageRecord> {

        @Override
        public UsageRecord with(Map<Dimension, Ref> found) {
            return new UsageRecord(
                    record.id(),
                    record.account(),
                    record.meter(),
                    record.quantity(),
                    record.at(),
                    found,
                    record.properties(),
                    record.recordedAt());
        }
    }
}

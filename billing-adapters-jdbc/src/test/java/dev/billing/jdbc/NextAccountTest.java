package dev.billing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.money.Money;
import dev.billing.domain.period.Existence;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An account may have any number of facts, which are not read to find the next one. */
class NextAccountTest {

    private static final Rate RATE = new Rate(
            new PriceBookVersion("main", 1), "thing", "compute", "month", new PerUnit(Money.of("USD", "25.00")));

    @ParameterizedTest
    @EnumSource
    void is_looked_up_in_an_index(Engine engine) throws SQLException {
        DataSource dataSource = engine.empty();
        JdbcPorts.open(dataSource).usage().record(Samples.TENANT, facts(2_000));
        try (Connection connection = dataSource.getConnection()) {
            new Query("analyze").update(connection);
            String tenant = Samples.TENANT.value();
            Seq<String> plan = new Query("explain " + JdbcUsageStore.NEXT_ACCOUNT, tenant, "", tenant, "")
                    .list(connection, Row::text);
            assertThat(plan.mkString("\n"))
                    .containsIgnoringCase("billing_lifetime_by_account")
                    .containsIgnoringCase("billing_usage_by_instant");
        }
    }

    private static Seq<Fact> facts(int each) {
        return Array.range(0, each).flatMap(number -> Array.of(lifetime(number), usage(number)));
    }

    private static Fact lifetime(int number) {
        return new Lifetime(
                new FactId("lifetime " + number),
                Samples.ALICE,
                RATE,
                BigDecimal.ONE,
                "thing",
                HashMap.empty(),
                Existence.since(Samples.NOW),
                Samples.NOW);
    }

    private static Fact usage(int number) {
        return new UsageRecord(
                new FactId("usage " + number),
                Samples.ALICE,
                "requests",
                BigDecimal.ONE,
                Samples.NOW,
                HashMap.empty(),
                Samples.NOW);
    }
}

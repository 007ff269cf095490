package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.API;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.USD;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.usd;
import static dev.billing.testkit.usecase.World.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Akkeris;
import dev.billing.port.Access;
import dev.billing.port.StorageException;
import dev.billing.testkit.FaultInjection;
import dev.billing.usecase.Comparison;
import dev.billing.usecase.Scenario;
import dev.billing.usecase.WhatIfRefused;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    private static final Instant APRIL_1 = at("2024-04-01T00:00:00Z");
    private static final Executor HERE = Runnable::run;

    private final World world = new World();

    @BeforeEach
    void a_month_of_two_accounts() {
        world.record(
                begun("dyno", "dyno", "2024-03-01T00:00:00Z"),
                begun("half", "dyno", "2024-03-16T12:00:00Z"),
                begun("database", "database", "2024-03-01T00:00:00Z"),
                used("use", "gigabytes", "2024-03-02T00:00:00Z"),
                begun("other", OTHER, "dyno", API, "2024-03-01T00:00:00Z", Option.none()));
    }

    @Test
    void shows_what_each_account_sku_and_line_would_come_to_under_another_price_book() {
        Comparison comparison = compare(Scenario.pricedBy(book(USD, "30.00"))).get();
        assertThat(comparison
                        .byAccount()
                        .mapValues(Comparison.Change::difference)
                        .toMap(change -> change))
                .containsExactlyInAnyOrderElementsOf(
                        Array.of(new Tuple2<>(ACCOUNT, usd("7.45")), new Tuple2<>(OTHER, usd("5.00"))));
        assertThat(comparison.bySku().get("dyno"))
                .as("25.00, 16 of 31 days of it, and 25.00, each rounded by itself")
                .contains(new Comparison.Change(usd("62.90"), usd("75.48")));
        assertThat(comparison.total()).isEqualTo(new Comparison.Change(usd("113.03"), usd("125.48")));
        assertThat(comparison.changed().map(line -> line.id().value()))
                .hasSize(4)
                .containsSubsequence("lifetime/dyno", "lifetime/half")
                .doesNotContain("lifetime/database");
    }

    @Test
    void what_the_other_book_does_not_price_stays_as_agreed_or_costs_nothing_if_it_was_counted() {
        Comparison comparison = compare(Scenario.pricedBy(book(USD, "30.00"))).get();
        assertThat(comparison.bySku().get("database")).contains(new Comparison.Change(usd("50.00"), usd("50.00")));
        assertThat(comparison.bySku().get("traffic")).contains(new Comparison.Change(usd("0.13"), usd("0")));
        assertThat(comparison
                        .lines()
                        .find(line -> line.sku().equals("traffic"))
                        .get()
                        .then())
                .isEmpty();
    }

    @Test
    void shows_what_another_policy_comes_to() {
        Comparison comparison = compare(Scenario.under(Akkeris.upstream())).get();
        assertThat(comparison.bySku().get("dyno").get().difference())
                .as("15.5 of 31 days less a second, in place of 16 touched days of 31")
                .isEqualTo(usd("-0.40"));
        assertThat(compare(Scenario.pricedBy(book(USD, "30.00")).and(Akkeris.upstream()))
                        .get()
                        .bySku()
                        .get("dyno")
                        .get()
                        .then())
                .isEqualTo(usd("75.00"));
    }

    @Test
    void a_scenario_of_what_is_in_force_changes_nothing() {
        assertThat(compare(Scenario.under(Akkeris.profile())).get().changed()).isEmpty();
    }

    @Test
    void stores_nothing() {
        compare(Scenario.pricedBy(book(USD, "30.00")));
        assertThat(world.documents()).isEmpty();
        assertThat(world.billing
                        .priceBooks()
                        .inForce(TENANT, APRIL_1)
                        .get()
                        .version()
                        .version())
                .isEqualTo(1);
    }

    @Test
    void leaves_out_accounts_that_the_access_does_not_see() {
        assertThat(compare(Access.to(TENANT, OTHER), Scenario.under(Akkeris.upstream()), HERE)
                        .get()
                        .byAccount()
                        .keySet())
                .containsExactly(OTHER);
    }

    @Test
    void a_scenario_in_another_currency_is_refused() {
        CurrencyUnit euro = Monetary.getCurrency("EUR");
        WhatIfRefused refused = new WhatIfRefused.OtherCurrency(euro, USD);
        assertThat(compare(Scenario.pricedBy(book(euro, "30.00")))).isEqualTo(Either.left(refused));
        assertThat(compare(Scenario.under(Akkeris.profile().in(euro)))).isEqualTo(Either.left(refused));
        assertThat(compare(Scenario.pricedBy(book(USD, "30.00"))
                        .and(Akkeris.profile().in(euro))))
                .isEqualTo(Either.left(refused));
        assertThat(refused.message()).contains("USD", "EUR");
    }

    @Test
    void the_number_of_threads_changes_nothing() {
        Comparison alone = compare(Scenario.pricedBy(book(USD, "30.00"))).get();
        for (int threads = 1; threads <= 4; threads++) {
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            try {
                assertThat(compare(Access.toAll(TENANT), Scenario.pricedBy(book(USD, "30.00")), executor))
                        .isEqualTo(Either.right(alone));
            } finally {
                executor.shutdownNow();
            }
        }
    }

    @Test
    void a_storage_that_fails_is_told() {
        world.faults.before(FaultInjection.Call.USAGE, 2);
        assertThatThrownBy(() -> compare(Scenario.under(Akkeris.upstream()))).isInstanceOf(StorageException.class);
    }

    private Either<WhatIfRefused, Comparison> compare(Scenario scenario) {
        return compare(Access.toAll(TENANT), scenario, HERE);
    }

    private Either<WhatIfRefused, Comparison> compare(Access access, Scenario scenario, Executor executor) {
        Seq<AccountId> accounts = Array.of(ACCOUNT, OTHER, ACCOUNT);
        return world.billing.whatIf().compare(access, accounts, MARCH, APRIL_1, scenario, executor);
    }

    private static PriceBook book(CurrencyUnit currency, String dyno) {
        return PriceBook.of(
                new PriceBookVersion("draft", 1),
                currency,
                Instant.EPOCH,
                Array.of(new Product(
                        "dyno",
                        Akkeris.DYNO,
                        "month",
                        new PerUnit(Money.of(currency.getCurrencyCode(), dyno)),
                        Option.none())));
    }
}

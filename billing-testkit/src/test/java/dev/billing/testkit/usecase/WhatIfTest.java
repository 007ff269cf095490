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

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.StorageException;
import dev.billing.port.TaxCalculator.Question;
import dev.billing.port.TaxRefused;
import dev.billing.testkit.FaultInjection;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Comparison;
import dev.billing.usecase.Comparison.Change;
import dev.billing.usecase.Comparison.Measure;
import dev.billing.usecase.Scenario;
import dev.billing.usecase.WhatIfRefused;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    private static final Instant APRIL_1 = at("2024-04-01T00:00:00Z");
    private static final Executor HERE = Runnable::run;
    private static final Terms TENTH = Terms.NONE.discounts(Discount.percent("tenth", "10"));
    private static final TaxTable CITY_AND_STATE = TaxTable.of(
            TaxRounding.STANDARD, TaxRate.exclusive("State", "US", "6"), TaxRate.exclusive("City", "US", "4"));

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
        assertThat(comparison.byAccount().mapValues(Change::difference).toMap(change -> change))
                .containsExactlyInAnyOrderElementsOf(
                        Array.of(new Tuple2<>(ACCOUNT, usd("7.45")), new Tuple2<>(OTHER, usd("5.00"))));
        assertThat(comparison.bySku().get("dyno"))
                .as("25.00, 16 of 31 days of it, and 25.00, each rounded by itself")
                .contains(new Change(usd("62.90"), usd("75.48")));
        assertThat(comparison.total()).isEqualTo(new Change(usd("113.03"), usd("125.48")));
        assertThat(comparison.changed().map(line -> line.id().value()))
                .hasSize(4)
                .containsSubsequence("lifetime/dyno", "lifetime/half")
                .doesNotContain("lifetime/database");
    }

    @Test
    void what_the_other_book_does_not_price_stays_as_agreed_or_costs_nothing_if_it_was_counted() {
        Comparison comparison = compare(Scenario.pricedBy(book(USD, "30.00"))).get();
        assertThat(comparison.bySku().get("database")).contains(new Change(usd("50.00"), usd("50.00")));
        assertThat(comparison.bySku().get("traffic")).contains(new Change(usd("0.13"), usd("0")));
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
    void shows_what_other_discounts_come_to() {
        Scenario fifth = Scenario.under(account -> TENTH.discounts(Discount.percent("fifth", "20")));
        Comparison comparison = compare(account -> TENTH, fifth).get();
        assertThat(comparison.total())
                .as("25.00, 12.90, 50.00, 0.13 and 25.00: of 88.03 once 8.80 and once 17.61, of 25.00 2.50 and 5.00")
                .isEqualTo(new Change(usd("101.73"), usd("90.42")));
        assertThat(comparison.byAccount().get(OTHER).get().difference()).isEqualTo(usd("-2.50"));
        assertThat(compare(account -> TENTH, Scenario.under(Akkeris.profile()))
                        .get()
                        .changed())
                .as("terms stay where a scenario has none")
                .isEmpty();
    }

    @Test
    void shows_what_another_rounding_of_taxes_comes_to() {
        Terms perRate = Terms.NONE.taxes(CITY_AND_STATE);
        Function<AccountId, Terms> perLine = account ->
                perRate.taxes(new TaxTable(CITY_AND_STATE.rates(), TaxRounding.of(TaxRounding.Policy.PER_LINE)));
        Comparison comparison =
                compare(account -> perRate, Scenario.under(perLine)).get();
        assertThat(comparison.total(Measure.NET).difference()).isEqualTo(usd("0"));
        assertThat(comparison.byAccount(Measure.TAX).get(ACCOUNT))
                .as("6 % and 4 % of 25.00, 12.90, 50.00 and 0.13: of the sum 88.03, 5.28 and 3.52; line by line "
                        + "1.50, 0.77, 3.00, 0.01, and 1.00, 0.52, 2.00, 0.01")
                .contains(new Change(usd("8.80"), usd("8.81")));
        assertThat(comparison.total(Measure.DUE).difference()).isEqualTo(usd("0.01"));
        assertThat(comparison.changed()).isNotEmpty();
    }

    @Test
    void shows_what_credit_would_pay() {
        CreditGrant gift =
                CreditGrant.of("gift", usd("30.00"), at("2024-01-01T00:00:00Z")).on(Scope.skus("database"));
        Comparison comparison = compare(account -> Terms.NONE, Scenario.under(account -> Terms.NONE.grants(gift)))
                .get();
        assertThat(comparison.bySku(Measure.CREDIT).get("database")).contains(new Change(usd("0"), usd("30.00")));
        assertThat(comparison.bySku(Measure.DUE).get("database")).contains(new Change(usd("50.00"), usd("20.00")));
        assertThat(comparison.changed().map(line -> line.sku())).containsExactly("database");
    }

    @Test
    void shows_what_another_minimum_comes_to() {
        Commitment least = new Commitment("least", Scope.skus("dyno"), Akkeris.DYNO, usd("40.00"), false);
        Comparison comparison = compare(account -> Terms.NONE, Scenario.under(account -> Terms.NONE.commitments(least)))
                .get();
        assertThat(comparison.changed().map(line -> line.account() + " " + line.id()))
                .containsExactly("account true-up/least", "other account true-up/least");
        assertThat(comparison.total().difference()).isEqualTo(usd("17.10"));
    }

    @Test
    void an_engine_computes_the_taxes_of_both_sides() {
        CountryTaxes engine = new CountryTaxes();
        Billing taxed = world.billing.with(engine);
        for (AccountId account : Array.of(ACCOUNT, OTHER)) {
            taxed.commands()
                    .run(
                            Access.toAll(TENANT),
                            new CommandKey("describe " + account),
                            new AccountCommand.Describe(CountryTaxes.livingIn(account, "DE", 1)))
                    .get();
        }
        Scenario dearer = Scenario.pricedBy(book(USD, "30.00"));
        assertThat(compare(taxed, account -> Terms.NONE, dearer)
                        .get()
                        .byAccount(Measure.TAX)
                        .get(OTHER))
                .contains(new Change(usd("4.75"), usd("5.70")));
        assertThat(engine.asked().map(Question::customer)).containsOnly(Option.some(CountryTaxes.customer("DE")));
        WhatIfRefused refused = compare(taxed, account -> Terms.NONE.taxes(CITY_AND_STATE), dearer)
                .getLeft();
        assertThat(refused)
                .isEqualTo(new WhatIfRefused.NotSettled(
                        ACCOUNT,
                        new TaxRefused.RatesBesideEngine(
                                ACCOUNT, CITY_AND_STATE.rates().map(TaxRate::label))));
        assertThat(refused.message()).contains("'account'", "State US 6%");
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void months_are_those_of_the_account() {
        describe(Option.some(ZoneId.of("America/New_York")), Option.none());
        world.record(used("late", "gigabytes", "2024-04-01T02:00:00Z"));
        Comparison comparison = world.billing
                .whatIf()
                .compare(
                        Access.toAll(TENANT),
                        Array.of(ACCOUNT),
                        MARCH,
                        at("2024-04-02T00:00:00Z"),
                        Scenario.under(Akkeris.upstream()),
                        HERE)
                .get();
        assertThat(comparison.bySku().get("traffic"))
                .as("25 gigabytes, as it was still March in New York")
                .contains(new Change(usd("0.25"), usd("0.25")));
    }

    @Test
    void an_account_in_another_currency_is_refused() {
        CurrencyUnit euro = Monetary.getCurrency("EUR");
        describe(Option.none(), Option.some(euro));
        WhatIfRefused refused = new WhatIfRefused.AccountInOtherCurrency(ACCOUNT, euro, USD);
        assertThat(compare(Scenario.under(Akkeris.upstream()))).isEqualTo(Either.left(refused));
        assertThat(refused.message()).contains("'account'", "EUR", "USD");
    }

    private void describe(Option<ZoneId> zone, Option<CurrencyUnit> currency) {
        AccountDetails plain = AccountDetails.of(ACCOUNT, APRIL_1);
        AccountDetails details = new AccountDetails(
                ACCOUNT,
                1,
                plain.customer(),
                plain.contacts(),
                plain.taxIds(),
                zone,
                currency,
                plain.payer(),
                plain.updatedAt());
        world.billing
                .commands()
                .run(Access.toAll(TENANT), new CommandKey("describe"), new AccountCommand.Describe(details))
                .get();
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

    private Either<WhatIfRefused, Comparison> compare(Function<AccountId, Terms> terms, Scenario scenario) {
        return compare(world.billing, terms, scenario);
    }

    private static Either<WhatIfRefused, Comparison> compare(
            Billing billing, Function<AccountId, Terms> terms, Scenario scenario) {
        return billing.whatIf()
                .compare(Access.toAll(TENANT), Array.of(ACCOUNT, OTHER), MARCH, APRIL_1, terms, scenario, HERE);
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

package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.USD;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.Billing;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Payer;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.domain.tax.TaxableLine;
import dev.billing.domain.tax.TaxedLine;
import dev.billing.domain.tax.Taxes;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Receipt;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.TaxCalculator;
import dev.billing.port.TaxCalculator.Question;
import dev.billing.port.TaxRefused;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthRefused;
import dev.billing.usecase.Plan;
import dev.billing.usecase.RunOptions;
import dev.billing.usecase.RunReport;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an outside engine says of taxes is what is billed. */
class TaxEngineTest {

    private static final Access ALL = Access.toAll(TENANT);
    private static final InvoiceId FEBRUARYS = new InvoiceId("month/account/2024-02-01T00:00:00Z");
    private static final InvoiceId OTHERS = new InvoiceId("month/other account/2024-02-01T00:00:00Z");
    private static final Terms TENTH = Terms.NONE.discounts(Discount.percent("tenth", "10"));
    private static final RunOptions RUN = RunOptions.of("run", FEBRUARY);

    private final World world = new World();
    private final CountryTaxes engine = new CountryTaxes();
    private final Billing billing = world.billing.with(Standard.profile()).with(engine);
    private final AtomicInteger keys = new AtomicInteger();

    @BeforeEach
    void a_customer_in_germany_with_a_dyno_and_a_database() {
        run(new AccountCommand.Describe(CountryTaxes.livingIn(ACCOUNT, "DE", 1)));
        world.record(
                begun("dyno", "dyno", "2024-02-01T00:00:00Z"), begun("database", "database", "2024-02-01T00:00:00Z"));
    }

    @Test
    void the_engine_is_asked_about_what_is_charged_and_to_whom() {
        run(bill(TENTH));
        assertThat(engine.asked())
                .containsExactly(new Question(
                        ACCOUNT,
                        Option.some(CountryTaxes.customer("DE")),
                        USD,
                        at("2024-02-29T23:59:59.999Z"),
                        Array.of(
                                new TaxableLine(new LineId("lifetime/dyno"), "dyno", Akkeris.DYNO, usd("22.50")),
                                new TaxableLine(
                                        new LineId("lifetime/database"), "database", Akkeris.ADDON, usd("45.00")))));
    }

    @Test
    void a_document_has_the_taxes_of_the_engine_on_its_lines_and_figures() {
        run(bill(TENTH));
        run(new DraftCommand.Finalise(FEBRUARYS));
        assertThat(lines().map(line -> line.tax().get()))
                .as("19 % of 22.50 and of 45.00, each rounded")
                .containsExactly(usd("4.28"), usd("8.55"));
        Figures figures = stored().invoice().figures();
        assertThat(figures.amount(Settlement.TAX)).isEqualTo(usd("12.83"));
        assertThat(figures.amount(Settlement.BILLED)).isEqualTo(usd("80.33"));
        assertThat(figures.verify(lines(), Settlement.RULES)).isEmpty();
        assertThat(billing.verifyTenant().run(TENANT).findings()).isEmpty();
    }

    @Test
    void taxes_that_prices_include_are_taken_out_of_them() {
        run(new AccountCommand.Describe(CountryTaxes.livingIn(ACCOUNT, "GB", 2)));
        run(bill(Terms.NONE));
        assertThat(lines().map(line -> line.net().get() + " and " + line.tax().get()))
                .containsExactly("USD 20.83 and USD 4.17", "USD 41.67 and USD 8.33");
        assertThat(stored().invoice().figures().amount(Settlement.BILLED)).isEqualTo(usd("75.00"));
    }

    @Test
    void what_is_previewed_is_what_is_billed() {
        Figures previewed = billing.previewMonth()
                .preview(ALL, ACCOUNT, FEBRUARY, world.clock.instant(), TENTH)
                .get()
                .document()
                .invoice()
                .figures();
        Plan planned = billing.commands().preview(ALL, bill(TENTH)).get();
        assertThat(world.documents()).as("previews store nothing").isEmpty();
        run(bill(TENTH));
        Figures billed = stored().invoice().figures();
        assertThat(Array.of(Settlement.SUBTOTAL, Settlement.TAX, Settlement.BILLED)
                        .map(previewed::amount))
                .containsExactly(
                        billed.amount(Settlement.SUBTOTAL),
                        billed.amount(Settlement.TAX),
                        billed.amount(Settlement.BILLED));
        assertThat(planned.writes()).isNotEmpty();
        assertThat(engine.asked().distinct())
                .as("the preview, the plan and the bill asked the same")
                .hasSize(1);
    }

    @Test
    void a_preview_is_of_the_months_of_the_account() {
        AccountDetails berlin = CountryTaxes.livingIn(ACCOUNT, "DE", 2);
        run(new AccountCommand.Describe(new AccountDetails(
                ACCOUNT,
                2,
                berlin.customer(),
                berlin.contacts(),
                berlin.taxIds(),
                Option.some(ZoneId.of("Europe/Berlin")),
                Option.none(),
                Option.none(),
                berlin.updatedAt())));
        billing.previewMonth().preview(ALL, ACCOUNT, FEBRUARY, world.clock.instant(), TENTH);
        run(bill(TENTH));
        assertThat(engine.asked().map(Question::taxPoint)).containsOnly(at("2024-02-29T22:59:59.999Z"));
        assertThat(engine.asked().distinct()).hasSize(1);
    }

    @Test
    void the_answer_is_kept() {
        run(bill(TENTH));
        int asked = engine.asked().size();
        run(new DraftCommand.Review(FEBRUARYS));
        run(new DraftCommand.Finalise(FEBRUARYS));
        stored();
        assertThat(engine.asked()).hasSize(asked);
    }

    @Test
    void what_is_not_new_is_no_revision() {
        run(bill(TENTH));
        assertThat(billing.commands().preview(ALL, bill(TENTH))).isEqualTo(Either.right(Plan.NOTHING));
    }

    @Test
    void nobody_is_asked_about_a_month_without_charges() {
        run(new MonthCommand.Bill(OTHER, FEBRUARY, TENTH));
        assertThat(engine.asked()).isEmpty();
        assertThat(world.ports
                        .invoices()
                        .find(ALL, OTHERS)
                        .get()
                        .invoice()
                        .figures()
                        .amount(Settlement.TAX))
                .isEqualTo(usd("0"));
    }

    @Test
    void credit_before_taxes_lowers_what_is_taxed() {
        run(new AccountCommand.Grant(
                ACCOUNT,
                CreditGrant.of("gift", usd("7.50"), at("2024-01-01T00:00:00Z")).at(CreditGrant.Stage.BEFORE_TAX)));
        run(bill(TENTH));
        assertThat(engine.asked().last().lines().map(TaxableLine::amount).fold(usd("0"), Money::plus))
                .isEqualTo(usd("60.00"));
    }

    @Test
    void a_payer_is_asked_for_with_the_lines_of_all_it_pays_for() {
        AccountDetails plain = CountryTaxes.livingIn(OTHER, "GB", 1);
        run(new AccountCommand.Describe(new AccountDetails(
                OTHER,
                1,
                plain.customer(),
                plain.contacts(),
                plain.taxIds(),
                Option.none(),
                Option.none(),
                Option.some(new Payer(ACCOUNT, Payer.Mode.CONSOLIDATED)),
                plain.updatedAt())));
        world.record(begun("theirs", OTHER, "dyno", World.API, "2024-02-01T00:00:00Z", Option.none()));
        run(bill(TENTH));
        assertThat(engine.asked().map(Question::customer)).containsExactly(Option.some(CountryTaxes.customer("DE")));
        assertThat(engine.asked().head().lines().map(line -> line.id().value()))
                .containsExactly("lifetime/dyno", "lifetime/database", "of/other account/lifetime/theirs");
    }

    @Test
    void rates_in_the_terms_beside_an_engine_are_refused() {
        Terms rated = TENTH.taxes(TaxTable.of(TaxRounding.STANDARD, TaxRate.exclusive("VAT", "DE", "7")));
        TaxRefused refused = new TaxRefused.RatesBesideEngine(ACCOUNT, Array.of("VAT DE 7%"));
        assertThat(result(bill(rated))).isEqualTo(Either.left(refused));
        assertThat(billing.previewMonth().preview(ALL, ACCOUNT, FEBRUARY, world.clock.instant(), rated))
                .isEqualTo(Either.left(refused));
        assertThat(refused.message()).contains("'account'", "VAT DE 7%");
        assertThat(engine.asked()).isEmpty();
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void documents_that_show_no_taxes_are_not_billed_with_an_engine() {
        assertThat(billing.with(Akkeris.profile()).commands().run(ALL, new CommandKey("akkeris"), bill(TENTH)))
                .isEqualTo(Either.left(new MonthRefused.TermsNotShown(ACCOUNT, "akkeris")));
        assertThat(engine.asked()).isEmpty();
    }

    @Test
    void what_the_engine_refuses_is_not_billed() {
        run(new AccountCommand.Describe(CountryTaxes.livingIn(ACCOUNT, "AQ", 2)));
        long events = world.ports.outbox().undelivered(TENANT, 100).size();
        assertThat(result(bill(TENTH))).isEqualTo(Either.left(new TaxRefused.UnknownJurisdiction("account")));
        assertThat(world.documents()).isEmpty();
        assertThat(world.ports.outbox().undelivered(TENANT, 100)).hasSize((int) events);
    }

    static Stream<Arguments> bad() {
        CurrencyUnit euro = Monetary.getCurrency("EUR");
        return Stream.of(
                Arguments.of("it failed: java.lang.IllegalStateException: out of order", (TaxCalculator)
                        (tenant, question) -> {
                            throw new IllegalStateException("out of order");
                        }),
                Arguments.of("its taxes are in EUR and not in USD", (TaxCalculator)
                        (tenant, question) -> Either.right(Taxes.none(euro))),
                Arguments.of(
                        "it was asked for Array(lifetime/dyno, lifetime/database) and answered for Array()",
                        (TaxCalculator) (tenant, question) -> Either.right(Taxes.none(USD))),
                Arguments.of(
                        "it was asked for Array(lifetime/dyno, lifetime/database) and answered for Array(lifetime/dyno)",
                        (TaxCalculator)
                                (tenant, question) -> untaxed(question.lines().take(1), "0")),
                Arguments.of("it made USD 22.51 of the price of line 'lifetime/dyno', USD 22.50", (TaxCalculator)
                        (tenant, question) -> untaxed(question.lines(), "0.01")));
    }

    private static Either<TaxRefused, Taxes> untaxed(Seq<TaxableLine> lines, String more) {
        return Either.right(Taxes.of(
                USD, lines.map(line -> new TaxedLine(line.id(), line.amount().plus(usd(more)), Array.empty()))));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void an_engine_that_breaks_its_rules_is_told_and_nothing_is_stored(String why, TaxCalculator bad) {
        Billing broken = billing.with(bad);
        BillingError refused =
                broken.commands().run(ALL, new CommandKey("bad"), bill(TENTH)).getLeft();
        assertThat(refused).isEqualTo(new TaxRefused.BadAnswer(ACCOUNT, why));
        assertThat(refused.message()).contains("'account'", why);
        assertThat(broken.previewMonth().preview(ALL, ACCOUNT, FEBRUARY, world.clock.instant(), TENTH))
                .isEqualTo(Either.left(refused));
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void an_engine_that_cannot_be_reached_is_a_failure_and_nothing_is_stored() {
        assertThatThrownBy(() -> billing.with(failing(1)).commands().run(ALL, new CommandKey("bill"), bill(TENTH)))
                .isInstanceOf(StorageException.class);
        assertThat(world.documents()).isEmpty();
        billing.commands().run(ALL, new CommandKey("bill"), bill(TENTH)).get();
        assertThat(world.documents()).hasSize(1);
    }

    @Test
    void a_run_parks_whom_the_engine_refuses_and_bills_the_others() {
        world.record(begun("theirs", OTHER, "dyno", World.API, "2024-02-01T00:00:00Z", Option.none()));
        RunReport report = run(billing);
        assertThat(report.closed().map(RunReport.Closed::account)).containsExactly(ACCOUNT);
        assertThat(report.parked().map(RunReport.Parked::account)).containsExactly(OTHER);
        assertThat(report.parked().head().reason())
                .isEqualTo(new TaxRefused.UnknownJurisdiction("other account").message());
        run(new AccountCommand.Describe(CountryTaxes.livingIn(OTHER, "GB", 1)));
        run(new AccountCommand.Resume(OTHER, "the address is known"));
        assertThat(run(billing).closed().map(RunReport.Closed::account)).containsExactly(ACCOUNT, OTHER);
    }

    @Test
    void a_run_parks_an_account_for_which_the_engine_breaks() {
        RunReport report = run(billing.with((tenant, question) -> {
            throw new IllegalStateException("out of order");
        }));
        assertThat(report.parked().map(RunReport.Parked::reason))
                .containsExactly(
                        new TaxRefused.BadAnswer(ACCOUNT, "it failed: java.lang.IllegalStateException: out of order")
                                .message());
        assertThat(world.documents()).isEmpty();
    }

    @Test
    void a_run_asks_an_engine_again_that_cannot_be_reached_for_a_moment() {
        assertThat(run(billing.with(failing(4))).closed().map(RunReport.Closed::account))
                .containsExactly(ACCOUNT);
        assertThat(lines().map(line -> line.tax().get())).containsExactly(usd("4.28"), usd("8.55"));
    }

    @Test
    void a_run_ends_where_an_engine_cannot_be_reached_and_parks_nobody() {
        assertThatThrownBy(() -> run(billing.with(failing(5)))).isInstanceOf(StorageException.class);
        assertThat(run(billing).closed().map(RunReport.Closed::account)).containsExactly(ACCOUNT);
    }

    /** The engine, which cannot be reached so many times. */
    private TaxCalculator failing(int times) {
        AtomicInteger left = new AtomicInteger(times);
        return (tenant, question) -> {
            if (left.getAndDecrement() > 0) {
                throw new StorageException(StorageException.Kind.RETRYABLE, "The engine does not answer");
            }
            return engine.taxes(tenant, question);
        };
    }

    private static MonthCommand bill(Terms terms) {
        return new MonthCommand.Bill(ACCOUNT, FEBRUARY, terms);
    }

    private static RunReport run(Billing own) {
        return own.runMonth().run(ALL, RUN.under(account -> TENTH), Runnable::run, progress -> {});
    }

    private Stored stored() {
        return world.ports.invoices().find(ALL, FEBRUARYS).get();
    }

    private Seq<LineItem> lines() {
        return world.linesOf(stored());
    }

    private Receipt run(Command command) {
        return result(command).getOrElseThrow(refused -> new AssertionError(refused.message()));
    }

    private Either<BillingError, Receipt> result(Command command) {
        return billing.commands().run(ALL, new CommandKey("command " + keys.incrementAndGet()), command);
    }
}

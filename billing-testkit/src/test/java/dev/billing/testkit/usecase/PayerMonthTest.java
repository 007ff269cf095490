package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Payer;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthCommand.Correct.Policy;
import dev.billing.usecase.MonthRefused;
import dev.billing.usecase.Report;
import dev.billing.usecase.RunOptions;
import dev.billing.usecase.RunProgress;
import dev.billing.usecase.RunReport;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Jane begins to be on the boss's bill, and all that she uses is billed to somebody, once. */
class PayerMonthTest {

    private static final Access ALL = Access.toAll(TENANT);
    private static final AccountId JANE = new AccountId("jane");
    private static final AccountId BOSS = new AccountId("boss");
    private static final AccountId NEXT_BOSS = new AccountId("next boss");
    private static final String NEW_YORK = "America/New_York";
    private static final InvoiceId JANES = month(JANE, "2024-02-01T00:00:00Z");
    private static final InvoiceId BOSSES = month(BOSS, "2024-02-01T00:00:00Z");

    private final World world = new World();
    private final Billing billing = world.billing.with(Standard.profile());
    private int keys;
    private int versions;
    private int facts;

    @Test
    void who_joins_after_the_payers_month_is_final_has_that_month_by_itself_and_its_payer_owes_it() {
        begin(JANE, "2024-02-01T00:00:00Z");
        close(BOSS, BOSSES);
        paidBy(BOSS, "Z");
        close(JANE, JANES);
        assertThat(issued()).isEqualTo(usd("25.00"));
        assertThat(owed(BOSS)).isEqualTo(usd("25.00"));
        assertThat(refusal(bill(BOSS, FEBRUARY))).isEqualTo(new MonthRefused.AlreadyFinal(BOSSES));
        assertThat(refusal(bill(JANE, MARCH))).isEqualTo(new MonthRefused.BilledWithPayer(JANE, BOSS));
    }

    @Test
    void such_a_month_is_corrected_like_any_other() {
        begin(JANE, "2024-02-01T00:00:00Z");
        close(BOSS, BOSSES);
        paidBy(BOSS, "Z");
        close(JANE, JANES);
        begin(JANE, "2024-02-01T00:00:00Z");
        run(new MonthCommand.Correct(JANE, FEBRUARY, Policy.OWN_DOCUMENT, Terms.NONE));
        run(new MonthCommand.Correct(BOSS, FEBRUARY, Policy.OWN_DOCUMENT, Terms.NONE));
        assertThat(issued()).isEqualTo(usd("50.00"));
    }

    @Test
    void who_joins_one_whose_own_month_is_without_it_is_not_billed_again_for_what_another_one_was_billed_for() {
        begin(JANE, "2024-02-01T00:00:00Z");
        close(NEXT_BOSS, month(NEXT_BOSS, "2024-02-01T00:00:00Z"));
        paidBy(BOSS, "Z");
        close(BOSS, BOSSES);
        paidBy(NEXT_BOSS, "Z");
        assertThat(refusal(bill(JANE, FEBRUARY))).isEqualTo(new MonthRefused.BilledWithPayer(JANE, BOSS));
        assertThat(issued()).isEqualTo(usd("25.00"));
    }

    @Test
    void a_draft_of_its_own_is_billed_again_and_made_final_by_itself() {
        begin(JANE, "2024-02-01T00:00:00Z");
        run(bill(JANE, FEBRUARY));
        paidBy(BOSS, "Z");
        run(bill(BOSS, FEBRUARY));
        begin(JANE, "2024-02-01T00:00:00Z");
        close(BOSS, BOSSES);
        close(JANE, JANES);
        assertThat(issued()).isEqualTo(usd("50.00"));
    }

    @Test
    void a_draft_of_its_own_that_was_dropped_is_none_and_the_payers_bill_has_all() {
        begin(JANE, "2024-02-01T00:00:00Z");
        run(bill(JANE, FEBRUARY));
        run(new DraftCommand.Drop(JANES));
        paidBy(BOSS, "Z");
        assertThat(refusal(bill(JANE, FEBRUARY))).isEqualTo(new MonthRefused.BilledWithPayer(JANE, BOSS));
        close(BOSS, BOSSES);
        assertThat(issued()).isEqualTo(usd("25.00"));
    }

    @Test
    void a_run_bills_who_joined_after_the_payers_month_was_final() {
        begin(JANE, "2024-02-01T00:00:00Z");
        close(BOSS, BOSSES);
        paidBy(BOSS, "Z");
        assertThat(runMonth(progress -> {}))
                .containsExactly(
                        new RunReport.AlreadyClosed(BOSS, BOSSES),
                        new RunReport.Closed(JANE, JANES, Option.some(usd("25.00"))));
        assertThat(issued()).isEqualTo(usd("25.00"));
    }

    @Test
    void a_run_bills_who_joins_while_it_runs() {
        begin(JANE, "2024-02-01T00:00:00Z");
        describe(BOSS, 1, Option.some("Z"), Option.none());
        describe(JANE, ++versions, Option.some("Z"), Option.none());
        AtomicBoolean joined = new AtomicBoolean();
        runMonth(progress -> {
            if (!joined.getAndSet(true)) {
                paidBy(BOSS, "Z");
            }
        });
        assertThat(issued()).isEqualTo(usd("25.00"));
    }

    @Test
    void a_run_makes_drafts_of_their_own_final() {
        begin(JANE, "2024-02-01T00:00:00Z");
        run(bill(JANE, FEBRUARY));
        paidBy(BOSS, "Z");
        assertThat(runMonth(progress -> {}).map(RunReport.Outcome::account)).containsExactly(BOSS, JANE);
        assertThat(issued()).isEqualTo(usd("25.00"));
    }

    @Test
    void a_run_leaves_alone_who_had_nothing_before_it_joined() {
        begin(JANE, "2024-03-02T00:00:00Z");
        close(BOSS, BOSSES);
        paidBy(BOSS, "Z");
        assertThat(runMonth(progress -> {}).map(RunReport.Outcome::account)).containsExactly(BOSS);
    }

    @Test
    void what_was_used_in_the_last_month_of_its_own_zone_is_not_on_the_payers_bill_too() {
        inNewYork();
        used("2024-03-01T02:00:00Z", "1000000");
        close(JANE, month(JANE, "2024-02-01T05:00:00Z"));
        paidBy(BOSS, NEW_YORK);
        used("2024-03-01T05:00:00Z", "100");
        toApril();
        close(BOSS, month(BOSS, "2024-03-01T00:00:00Z"));
        assertThat(issued()).isEqualTo(usd("10001.00"));
        nothingToCorrect(BOSS, MARCH);
    }

    @Test
    void what_was_used_between_the_last_month_of_its_own_zone_and_that_of_its_payer_is_billed_too() {
        describe(JANE, ++versions, Option.some("Z"), Option.none());
        describe(BOSS, 1, Option.some(NEW_YORK), Option.none());
        begin(JANE, "2024-01-01T00:00:00Z");
        close(JANE, JANES);
        paidBy(BOSS, "Z");
        used("2024-03-01T02:00:00Z", "100");
        toApril();
        close(BOSS, month(BOSS, "2024-03-01T05:00:00Z"));
        assertThat(issued()).as("two months and what was used").isEqualTo(usd("51.00"));
        assertThat(lines(month(BOSS, "2024-03-01T05:00:00Z"), BOSS).flatMap(LineItem::period))
                .containsOnly(Period.of(at("2024-03-01T00:00:00Z"), at("2024-04-01T04:00:00Z")));
        nothingToCorrect(BOSS, MARCH);
    }

    @Test
    void who_leaves_for_its_own_zone_is_billed_from_where_the_payers_bill_ended() {
        describe(JANE, ++versions, Option.some(NEW_YORK), Option.some(consolidated(BOSS)));
        begin(JANE, "2024-02-01T00:00:00Z");
        close(BOSS, BOSSES);
        inNewYork();
        used("2024-03-01T02:00:00Z", "100");
        toApril();
        close(JANE, month(JANE, "2024-03-01T05:00:00Z"));
        assertThat(issued()).as("two months and what was used").isEqualTo(usd("51.00"));
        nothingToCorrect(JANE, MARCH);
    }

    @Test
    void a_month_that_is_billed_after_the_one_that_follows_ends_where_that_begins() {
        inNewYork();
        begin(JANE, "2024-02-01T05:00:00Z");
        used("2024-03-01T02:00:00Z", "100");
        paidBy(BOSS, NEW_YORK);
        run(bill(BOSS, MARCH));
        world.clock.advance(Duration.ofMinutes(1));
        describe(JANE, ++versions, Option.some(NEW_YORK), Option.none());
        close(JANE, month(JANE, "2024-02-01T05:00:00Z"));
        paidBy(BOSS, NEW_YORK);
        toApril();
        close(BOSS, month(BOSS, "2024-03-01T00:00:00Z"));
        assertThat(issued()).as("two months and what was used, once").isEqualTo(usd("51.00"));
        nothingToCorrect(BOSS, MARCH);
        nothingToCorrect(JANE, FEBRUARY);
    }

    private void nothingToCorrect(AccountId account, YearMonth month) {
        assertThat(billing.lateFacts()
                        .report(ALL, account, month, Terms.NONE)
                        .get()
                        .lines())
                .isEmpty();
    }

    private void begin(AccountId account, String from) {
        world.record(World.begun("dyno " + ++facts, account, "dyno", World.API, from, Option.none()));
    }

    private void used(String at, String quantity) {
        world.record(new Report.Used(
                World.id("use " + ++facts), JANE, "gigabytes", new BigDecimal(quantity), at(at), World.API));
    }

    private void inNewYork() {
        describe(JANE, ++versions, Option.some(NEW_YORK), Option.none());
    }

    private void paidBy(AccountId payer, String zone) {
        describe(JANE, ++versions, Option.some(zone), Option.some(consolidated(payer)));
    }

    private static Payer consolidated(AccountId payer) {
        return new Payer(payer, Payer.Mode.CONSOLIDATED);
    }

    private void describe(AccountId account, long version, Option<String> zone, Option<Payer> payer) {
        run(new AccountCommand.Describe(new AccountDetails(
                account,
                version,
                Option.none(),
                Array.empty(),
                Array.empty(),
                zone.map(ZoneId::of),
                Option.none(),
                payer,
                at("2024-01-01T00:00:00Z"))));
    }

    private void toApril() {
        world.clock.set(Instant.parse("2024-04-10T12:00:00Z"));
    }

    private static MonthCommand bill(AccountId account, YearMonth month) {
        return new MonthCommand.Bill(account, month, Terms.NONE);
    }

    private void close(AccountId account, InvoiceId document) {
        run(bill(account, YearMonth.parse(document.value().split("/", -1)[2].substring(0, 7))));
        run(new DraftCommand.Finalise(document));
    }

    private Seq<RunReport.Outcome> runMonth(Consumer<RunProgress> listener) {
        return billing.runMonth()
                .run(ALL, RunOptions.of("run", FEBRUARY), Runnable::run, listener)
                .outcomes();
    }

    private static InvoiceId month(AccountId account, String start) {
        return new InvoiceId("month/" + account + "/" + start);
    }

    /** What is billed for good, to anybody. */
    private Money issued() {
        return world.documents()
                .filter(stored -> stored.invoice() instanceof Invoice.Issued)
                .flatMap(world::linesOf)
                .flatMap(LineItem::net)
                .fold(usd("0"), Money::plus);
    }

    private Seq<LineItem> lines(InvoiceId document, AccountId account) {
        Stored stored = world.ports
                .invoices()
                .find(Access.to(TENANT, account), document)
                .get();
        return world.linesOf(stored);
    }

    private Money owed(AccountId account) {
        return Account.of(account, world.ports.accounts().entries(ALL, account)).balance(World.USD);
    }

    private void run(Command command) {
        result(command).getOrElseThrow(refused -> new AssertionError(refused.message()));
    }

    private BillingError refusal(Command command) {
        return result(command).getLeft();
    }

    private Either<BillingError, Receipt> result(Command command) {
        return billing.commands().run(ALL, new CommandKey("command " + ++keys), command);
    }
}

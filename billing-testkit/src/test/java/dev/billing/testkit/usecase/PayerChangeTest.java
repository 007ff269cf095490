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
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Receipt;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.CloseRefused;
import dev.billing.usecase.Command;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.DraftRefused;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthCommand.Correct.Policy;
import dev.billing.usecase.MonthRefused;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.ProvidedDocument;
import dev.billing.usecase.RunOptions;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jane has a dyno, and whoever pays for her, each month of it is billed once. */
class PayerChangeTest {

    private static final Access ALL = Access.toAll(TENANT);
    private static final AccountId JANE = new AccountId("jane");
    private static final AccountId BOSS = new AccountId("boss");
    private static final AccountId NEXT_BOSS = new AccountId("next boss");
    private static final String UTC = "2024-02-01T00:00:00Z";
    private static final String NEW_YORK = "2024-02-01T05:00:00Z";

    private final World world = new World();
    private final Billing billing = world.billing.with(Standard.profile());
    private int keys;
    private int versions;

    @Test
    void a_month_that_a_payer_was_billed_for_is_not_billed_again_to_an_account_that_left() {
        begin("dyno", "2024-02-01T00:00:00Z");
        paidBy(BOSS);
        close(BOSS);
        leave();
        assertThat(refusal(bill(JANE, FEBRUARY))).isEqualTo(new MonthRefused.BilledWithPayer(JANE, BOSS));
        run(bill(JANE, MARCH));
        assertThat(billed(FEBRUARY)).isEqualTo(usd("25.00"));
    }

    @Test
    void a_second_run_of_a_month_does_not_bill_who_left_meanwhile() {
        begin("dyno", "2024-02-01T00:00:00Z");
        paidBy(BOSS);
        runMonth("first");
        leave();
        runMonth("second");
        assertThat(billed(FEBRUARY)).isEqualTo(usd("25.00"));
    }

    @Test
    void a_month_that_a_payer_was_billed_for_is_not_billed_again_to_the_next_one() {
        begin("dyno", "2024-02-01T00:00:00Z");
        paidBy(BOSS);
        close(BOSS);
        paidBy(NEXT_BOSS);
        close(NEXT_BOSS);
        assertThat(billed(FEBRUARY)).isEqualTo(usd("25.00"));
    }

    @Test
    void whose_payer_changes_payers_is_not_billed_again_either() {
        begin("dyno", "2024-02-01T00:00:00Z");
        paidBy(BOSS);
        close(BOSS);
        describe(BOSS, 1, "Z", Option.none());
        describe(BOSS, 2, "Z", Option.some(consolidated(NEXT_BOSS)));
        close(NEXT_BOSS);
        assertThat(billed(FEBRUARY)).isEqualTo(usd("25.00"));
    }

    @Test
    void whose_payer_gets_its_first_details_is_not_billed_again_either() {
        begin("dyno", "2024-02-01T00:00:00Z");
        paidBy(BOSS);
        close(BOSS);
        describe(BOSS, 1, "Z", Option.some(consolidated(NEXT_BOSS)));
        close(NEXT_BOSS);
        runMonth("all");
        assertThat(billed(FEBRUARY)).isEqualTo(usd("25.00"));
    }

    @Test
    void an_account_on_a_draft_is_billed_by_itself_once_it_is_off_that_draft() {
        begin("dyno", "2024-02-01T00:00:00Z");
        paidBy(BOSS);
        run(bill(BOSS, FEBRUARY));
        leave();
        assertThat(refusal(bill(JANE, FEBRUARY))).isEqualTo(new MonthRefused.BilledWithPayer(JANE, BOSS));
        run(bill(BOSS, FEBRUARY));
        close(JANE);
        run(new DraftCommand.Finalise(month(BOSS, UTC)));
        assertThat(billed(FEBRUARY)).isEqualTo(usd("25.00"));
    }

    @Test
    void a_payer_whose_document_was_dropped_does_not_keep_an_account_from_being_billed() {
        begin("dyno", "2024-02-01T00:00:00Z");
        paidBy(BOSS);
        run(bill(BOSS, FEBRUARY));
        run(new DraftCommand.Drop(month(BOSS, UTC)));
        leave();
        close(JANE);
        assertThat(billed(FEBRUARY)).isEqualTo(usd("25.00"));
    }

    @Test
    void a_draft_is_not_made_final_if_one_on_it_was_billed_meanwhile() {
        begin("dyno", "2024-02-01T00:00:00Z");
        paidBy(BOSS);
        run(bill(BOSS, FEBRUARY));
        leave();
        assertThat(billing.closeMonth().close(ALL, JANE, FEBRUARY))
                .isEqualTo(Either.left(new CloseRefused.NotClosed(new MonthRefused.BilledWithPayer(JANE, BOSS))));
        importMonthOfJane();
        assertThat(refusal(new DraftCommand.Finalise(month(BOSS, UTC))))
                .isEqualTo(new DraftRefused.BilledElsewhere(month(BOSS, UTC), JANE, month(JANE, UTC)));
        run(bill(BOSS, FEBRUARY));
        run(new DraftCommand.Finalise(month(BOSS, UTC)));
        assertThat(billed(FEBRUARY)).as("nothing beside what came from outside").isEqualTo(usd("0"));
    }

    @Test
    void what_an_account_was_billed_in_its_own_time_zone_is_not_billed_to_its_payer_in_another() {
        begin("dyno", "2024-01-01T00:00:00Z");
        describe(JANE, ++versions, "America/New_York", Option.none());
        close(JANE, NEW_YORK);
        describe(JANE, ++versions, "America/New_York", Option.some(consolidated(BOSS)));
        close(BOSS);
        assertThat(billed(FEBRUARY)).isEqualTo(usd("25.00"));
        run(bill(BOSS, MARCH));
        assertThat(billed(MARCH))
                .as(
                        "nine days and seven hours of thirty days and nineteen: five hours of March in UTC were February in New York")
                .isEqualTo(usd("7.54"));
    }

    @Test
    void a_correction_on_the_bill_of_a_payer_is_not_made_again_after_it_changed() {
        begin("dyno", "2024-02-01T00:00:00Z");
        close(JANE);
        begin("late", "2024-02-01T00:00:00Z");
        paidBy(BOSS);
        run(correct(Policy.NEXT_INVOICE));
        leave();
        run(correct(Policy.NEXT_INVOICE));
        run(correct(Policy.OWN_DOCUMENT));
        paidBy(NEXT_BOSS);
        run(correct(Policy.NEXT_INVOICE));
        assertThat(total(world.documents()
                        .flatMap(world::linesOf)
                        .filter(line -> line.id().value().startsWith("correction/"))))
                .isEqualTo(usd("25.00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"25.00", "20.00", "3.00"})
    void what_prepaid_credit_paid_comes_back_to_whose_it_was_and_not_to_who_pays_the_rest(String first) {
        begin("dyno", "2024-02-01T00:00:00Z");
        run(new AccountCommand.Grant(JANE, CreditGrant.of("gift", usd("10.00"), at("2024-01-01T00:00:00Z"))));
        describe(JANE, ++versions, "Z", Option.some(new Payer(BOSS, Payer.Mode.SEPARATE)));
        close(JANE);
        run(new PaymentCommand.Receive(BOSS, "payment", usd("15.00"), new PaymentCommand.Allocation.OldestFirst()));
        run(new CreditCommand.Credit(
                month(JANE, UTC),
                new InvoiceId("first"),
                Array.of(new CreditCommand.Part.Amount(usd(first))),
                "Not as agreed"));
        if (!first.equals("25.00")) {
            run(new CreditCommand.Void(month(JANE, UTC), new InvoiceId("rest"), "By mistake"));
        }
        assertThat(balance(BOSS)).isEqualTo(usd("-15.00"));
        assertThat(balance(JANE)).isEqualTo(usd("-10.00"));
    }

    /** Another system has billed her. */
    private void importMonthOfJane() {
        Head head = Head.of(
                month(JANE, UTC),
                Standard.profile().name(),
                JANE,
                Standard.profile().calendar().period(FEBRUARY),
                World.USD,
                world.clock.instant());
        billing.importDocument()
                .take(
                        TENANT,
                        new ProvidedDocument(
                                "outside",
                                head,
                                HashMap.of(Standard.TOTAL, usd("25.00")),
                                Array.empty(),
                                InvoiceStatus.CLOSED,
                                world.clock.instant()))
                .get();
    }

    private Money balance(AccountId account) {
        return Account.of(account, world.ports.accounts().entries(ALL, account)).balance(World.USD);
    }

    private void begin(String id, String from) {
        world.record(World.begun(id, JANE, "dyno", World.API, from, Option.none()));
    }

    private void paidBy(AccountId payer) {
        describe(JANE, ++versions, "Z", Option.some(consolidated(payer)));
    }

    private void leave() {
        describe(JANE, ++versions, "Z", Option.none());
    }

    private static Payer consolidated(AccountId payer) {
        return new Payer(payer, Payer.Mode.CONSOLIDATED);
    }

    private void describe(AccountId account, long version, String zone, Option<Payer> payer) {
        run(new AccountCommand.Describe(new AccountDetails(
                account,
                version,
                Option.none(),
                Array.empty(),
                Array.empty(),
                Option.some(ZoneId.of(zone)),
                Option.none(),
                payer,
                at("2024-01-01T00:00:00Z"))));
    }

    private static MonthCommand bill(AccountId account, YearMonth month) {
        return new MonthCommand.Bill(account, month, Terms.NONE);
    }

    private static MonthCommand correct(Policy policy) {
        return new MonthCommand.Correct(JANE, FEBRUARY, policy, Terms.NONE);
    }

    private void close(AccountId account) {
        close(account, UTC);
    }

    private void close(AccountId account, String start) {
        run(bill(account, FEBRUARY));
        run(new DraftCommand.Finalise(month(account, start)));
    }

    private void runMonth(String id) {
        billing.runMonth().run(ALL, RunOptions.of(id, FEBRUARY), Runnable::run, progress -> {});
    }

    private static InvoiceId month(AccountId account, String start) {
        return new InvoiceId("month/" + account + "/" + start);
    }

    /** What is billed to anybody for a month. */
    private Money billed(YearMonth month) {
        return total(world.documents()
                .filter(stored -> stored.standing().status() != InvoiceStatus.VOID)
                .filter(stored -> stored.invoice().head().id().value().contains("/" + month))
                .flatMap(world::linesOf));
    }

    private static Money total(Iterable<LineItem> lines) {
        return Array.ofAll(lines).flatMap(LineItem::net).fold(usd("0"), Money::plus);
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

package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.USD;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.ended;
import static dev.billing.testkit.usecase.World.usd;
import static dev.billing.testkit.usecase.World.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.CreditRefused;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthCommand.Correct.Policy;
import dev.billing.usecase.PaymentCommand;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.YearMonth;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.money.CurrencyUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A month of 50.00 is corrected and credited: nobody gets back more than was charged. */
class CorrectedAndCreditedTest {

    private static final Access ALL = Access.toAll(TENANT);
    private static final AccountId PAYER = new AccountId("payer");
    private static final InvoiceId FEBRUARYS = new InvoiceId("month/account/2024-02-01T00:00:00Z");
    private static final InvoiceId MARCHS = new InvoiceId("month/account/2024-03-01T00:00:00Z");
    private static final InvoiceId OWN = new InvoiceId("correction/1/" + FEBRUARYS);

    private final World world = new World();
    private final Billing billing = world.billing.with(Standard.profile());
    private final AtomicInteger keys = new AtomicInteger();
    private int versions;

    @Test
    void a_void_gives_back_what_a_credit_note_of_a_correction_has_left() {
        close();
        endEarly();
        run(correct(Policy.OWN_DOCUMENT));
        run(annul(FEBRUARYS));
        assertThat(issuedInAll()).isEqualTo(usd("0"));
        assertThat(free()).isEqualTo(usd("0"));
        assertThat(status(FEBRUARYS)).isEqualTo(InvoiceStatus.VOID);
    }

    @Test
    void a_void_gives_back_what_a_correction_on_a_later_month_has_left() {
        close();
        endEarly();
        run(correct(Policy.NEXT_INVOICE));
        assertThat(refusal(annul(FEBRUARYS))).isEqualTo(new CreditRefused.Corrected(FEBRUARYS, MARCHS));
        finaliseMarch();
        run(annul(FEBRUARYS));
        assertThat(issuedInAll()).isEqualTo(usd("0"));
        assertThat(balance()).isEqualTo(usd("0"));
    }

    @Test
    void what_a_correction_gave_back_is_not_credited_again() {
        close();
        endEarly();
        run(correct(Policy.OWN_DOCUMENT));
        Money left = usd("50.00").plus(correction());
        assertThat(result(credit(left.plus(usd("0.01")))).isLeft()).isTrue();
        run(credit(left));
        assertThat(balance()).isEqualTo(usd("0"));
        assertThat(status(FEBRUARYS)).isEqualTo(InvoiceStatus.VOID);
    }

    @ParameterizedTest
    @EnumSource
    void what_charges_more_is_taken_back_before_the_month_is_void(Policy policy) {
        close();
        world.record(begun("late", "dyno", "2024-02-01T00:00:00Z"));
        run(correct(policy));
        InvoiceId by = policy == Policy.OWN_DOCUMENT ? OWN : MARCHS;
        assertThat(refusal(annul(FEBRUARYS))).isEqualTo(new CreditRefused.Corrected(FEBRUARYS, by));
        assertThat(refusal(annul(FEBRUARYS)).message()).contains(by.value());
        run(credit(usd("50.00")));
        assertThat(status(FEBRUARYS)).as("still corrected").isNotEqualTo(InvoiceStatus.VOID);
        if (policy == Policy.NEXT_INVOICE) {
            finaliseMarch();
            assertThat(refusal(annul(FEBRUARYS))).isEqualTo(new CreditRefused.Corrected(FEBRUARYS, by));
        }
        run(annul(by));
        run(annul(FEBRUARYS));
        assertThat(status(FEBRUARYS)).isEqualTo(InvoiceStatus.VOID);
        assertThat(balance()).isEqualTo(usd("0"));
    }

    @Test
    void a_correction_whose_line_was_credited_on_its_month_does_not_stand_in_the_way() {
        close();
        world.record(begun("late", "dyno", "2024-02-01T00:00:00Z"), begun("march", "database", "2024-03-01T00:00:00Z"));
        run(correct(Policy.NEXT_INVOICE));
        run(bill(MARCH));
        finaliseMarch();
        run(new CreditCommand.Credit(
                MARCHS,
                note(),
                Array.of(new CreditCommand.Part.Line(corrections(MARCHS).head())),
                "Not agreed"));
        run(annul(FEBRUARYS));
        assertThat(status(FEBRUARYS)).isEqualTo(InvoiceStatus.VOID);
        assertThat(status(MARCHS)).isNotEqualTo(InvoiceStatus.VOID);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_forgiven_is_not_paid_out_by_a_correction(Policy policy) {
        close();
        run(new PaymentCommand.Forgive(FEBRUARYS, Option.none()));
        endEarly();
        run(correct(policy));
        assertThat(correction().isNegative()).isTrue();
        assertThat(free()).isEqualTo(usd("0"));
        assertThat(balance()).isEqualTo(usd("0"));
    }

    @ParameterizedTest
    @EnumSource
    void what_was_written_off_is_not_paid_out_by_a_correction(Policy policy) {
        close();
        run(new PaymentCommand.WriteOff(FEBRUARYS, Option.none()));
        endEarly();
        run(correct(policy));
        assertThat(correction().isNegative()).isTrue();
        assertThat(free()).isEqualTo(usd("0"));
        assertThat(balance()).isEqualTo(usd("0"));
    }

    @ParameterizedTest
    @EnumSource
    void what_was_credited_is_not_given_back_by_a_correction(Policy policy) {
        close();
        run(credit(usd("40.00")));
        endEarly();
        run(correct(policy));
        assertThat(correction()).isEqualTo(usd("-10.00"));
        assertThat(billing.lateFacts()
                        .report(ALL, ACCOUNT, FEBRUARY, Terms.NONE)
                        .get()
                        .lines())
                .isEmpty();
        assertThat(run(correct(policy)).events()).isEmpty();
    }

    @Test
    void what_was_forgiven_and_credited_leaves_no_credit_when_its_payment_is_charged_back() {
        close();
        run(new PaymentCommand.Receive(ACCOUNT, "payment", usd("30.00"), new PaymentCommand.Allocation.OldestFirst()));
        run(new PaymentCommand.Forgive(FEBRUARYS, Option.none()));
        run(credit(usd("50.00")));
        assertThat(free()).isEqualTo(usd("30.00"));
        run(new PaymentCommand.ChargeBack(ACCOUNT, "payment", "dispute", usd("30.00"), Option.none()));
        assertThat(free()).isEqualTo(usd("0"));
        assertThat(balance()).isEqualTo(usd("0"));
    }

    @ParameterizedTest
    @EnumSource
    void of_a_correction_that_was_lowered_no_more_is_credited_than_is_in_force(Policy lowering) {
        closeWithNothing();
        begin("late");
        run(correct(Policy.OWN_DOCUMENT));
        run(new PaymentCommand.Receive(ACCOUNT, "payment", usd("50.00"), new PaymentCommand.Allocation.OldestFirst()));
        end("late");
        run(correct(lowering));
        assertThat(refusal(credit(OWN, usd("24.15"))))
                .isEqualTo(new CreditRefused.TotalNotLeft(OWN, usd("24.15"), usd("24.14")));
        run(credit(OWN, usd("24.14")));
        if (lowering == Policy.NEXT_INVOICE) {
            finaliseMarch();
        }
        assertThat(issuedInAll()).isEqualTo(usd("0"));
        assertThat(balance()).isEqualTo(usd("-50.00"));
        assertThat(billing.lateFacts()
                        .report(ALL, ACCOUNT, FEBRUARY, Terms.NONE)
                        .get()
                        .lines())
                .as("what is in force is what is known")
                .hasSize(1);
    }

    @Test
    void a_lowered_correction_and_its_month_are_taken_back_in_the_order_that_is_asked_for() {
        close();
        begin("late");
        run(correct(Policy.OWN_DOCUMENT));
        end("late");
        run(correct(Policy.OWN_DOCUMENT));
        assertThat(refusal(annul(FEBRUARYS))).isEqualTo(new CreditRefused.Corrected(FEBRUARYS, OWN));
        run(annul(OWN));
        run(annul(FEBRUARYS));
        assertThat(issuedInAll()).isEqualTo(usd("0"));
        assertThat(balance()).isEqualTo(usd("0"));
    }

    @Test
    void a_correction_of_a_void_correction_bills_what_is_known() {
        closeWithNothing();
        begin("late");
        run(correct(Policy.OWN_DOCUMENT));
        end("late");
        run(correct(Policy.OWN_DOCUMENT));
        run(annul(OWN));
        run(correct(Policy.OWN_DOCUMENT));
        assertThat(issuedInAll()).isEqualTo(usd("24.14"));
        assertThat(balance()).isEqualTo(usd("24.14"));
    }

    @Test
    void what_a_draft_charges_more_is_not_given_back_before_it_is_charged() {
        closeWithNothing();
        begin("late");
        run(correct(Policy.NEXT_INVOICE));
        end("late");
        run(correct(Policy.OWN_DOCUMENT));
        assertThat(free()).isEqualTo(usd("0"));
        assertThat(correction()).isEqualTo(usd("24.14"));
        finaliseMarch();
        assertThat(balance()).isEqualTo(usd("24.14"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_month_that_was_corrected_and_the_one_on_which_it_was_are_void_in_any_order(boolean februaryFirst) {
        close();
        world.record(
                begun("march", "database", "2024-03-01T00:00:00Z"), begun("too", "database", "2024-03-01T00:00:00Z"));
        endEarly();
        run(correct(Policy.NEXT_INVOICE));
        world.clock.advance(Duration.ofDays(30));
        run(bill(MARCH));
        run(new DraftCommand.Finalise(MARCHS));
        run(annul(februaryFirst ? FEBRUARYS : MARCHS));
        run(annul(februaryFirst ? MARCHS : FEBRUARYS));
        assertThat(issuedInAll()).isEqualTo(usd("0"));
        assertThat(balance()).isEqualTo(usd("0"));
    }

    @Test
    void what_lowers_a_month_and_was_credited_itself_is_left_of_the_month_again() {
        close();
        world.record(
                begun("march", "database", "2024-03-01T00:00:00Z"), begun("too", "database", "2024-03-01T00:00:00Z"));
        endEarly();
        run(correct(Policy.NEXT_INVOICE));
        world.clock.advance(Duration.ofDays(30));
        run(bill(MARCH));
        run(new DraftCommand.Finalise(MARCHS));
        LineId march = world.linesOf(world.ports.invoices().find(ALL, MARCHS).get())
                .map(LineItem::id)
                .reject(CorrectedAndCreditedTest::isCorrection)
                .head();
        run(new CreditCommand.Credit(
                MARCHS,
                note(),
                Array.of(
                        new CreditCommand.Part.Line(march),
                        new CreditCommand.Part.Line(corrections(MARCHS).head())),
                "Not agreed"));
        run(annul(FEBRUARYS));
        assertThat(balance()).as("one database in March").isEqualTo(usd("50.00"));
        run(annul(MARCHS));
        assertThat(balance()).isEqualTo(usd("0"));
    }

    @Test
    void what_a_limit_gave_and_a_credit_note_took_back_is_not_charged_again() {
        Terms limited = Terms.NONE.limits(new SpendLimit("cap", Scope.DOCUMENT, "addon", usd("40.00")));
        begin("database");
        run(new MonthCommand.Bill(ACCOUNT, FEBRUARY, limited));
        run(new DraftCommand.Finalise(FEBRUARYS));
        Seq<LineId> lines =
                world.linesOf(world.ports.invoices().find(ALL, FEBRUARYS).get()).map(LineItem::id);
        run(new CreditCommand.Credit(
                FEBRUARYS,
                note(),
                Array.of(
                        new CreditCommand.Part.LineAmount(lines.get(0), usd("30.00")),
                        new CreditCommand.Part.LineAmount(lines.get(1), usd("-10.00"))),
                "Not as agreed"));
        world.record(ended("end", "database", "2024-02-01T00:00:00.001Z"));
        run(new MonthCommand.Correct(ACCOUNT, FEBRUARY, Policy.OWN_DOCUMENT, limited));
        assertThat(balance()).isEqualTo(usd("0"));
    }

    @Test
    void a_correction_is_not_put_on_a_draft_in_another_currency() {
        close();
        begin("late");
        describe(Option.some(Money.of("EUR", "1").currency()), Option.none());
        run(new DraftCommand.Open(
                        MARCHS,
                        ACCOUNT,
                        Array.of(DraftWorld.lineOf("setup")
                                .price(Money.of("EUR", "10.00"))
                                .build()))
                .over(Period.of(World.at("2024-03-01T00:00:00Z"), World.at("2024-04-01T00:00:00Z"))));
        describe(Option.none(), Option.none());
        assertThat(refusal(correct(Policy.NEXT_INVOICE)).message()).contains("EUR");
    }

    @Test
    void a_credit_note_that_was_planned_before_a_correction_is_planned_again() {
        paidBy(PAYER);
        close();
        run(new PaymentCommand.Receive(PAYER, "payment", usd("50.00"), new PaymentCommand.Allocation.OldestFirst()));
        endEarly();
        Billing slow = racing(() -> run(credit(FEBRUARYS, usd("40.00"))));
        assertThat(slow.commands()
                        .run(ALL, new CommandKey("slow"), correct(Policy.NEXT_INVOICE))
                        .isRight())
                .isTrue();
        assertThat(correction()).isEqualTo(usd("-10.00"));
    }

    @Test
    void what_one_account_paid_is_not_given_back_to_another_that_pays_by_now() {
        close();
        run(new PaymentCommand.Receive(ACCOUNT, "payment", usd("50.00"), new PaymentCommand.Allocation.OldestFirst()));
        paidBy(PAYER);
        endEarly();
        run(correct(Policy.NEXT_INVOICE));
        assertThat(balance()).isEqualTo(correction()).isEqualTo(usd("-25.86"));
        assertThat(Account.of(PAYER, world.ports.accounts().entries(ALL, PAYER)).balance(USD))
                .isEqualTo(usd("0"));
    }

    private void paidBy(AccountId payer) {
        describe(Option.none(), Option.some(new AccountDetails.Payer(payer, AccountDetails.Payer.Mode.SEPARATE)));
    }

    private void describe(Option<CurrencyUnit> currency, Option<AccountDetails.Payer> payer) {
        run(new AccountCommand.Describe(new AccountDetails(
                ACCOUNT,
                ++versions,
                Option.none(),
                Array.empty(),
                Array.empty(),
                Option.none(),
                currency,
                payer,
                World.at("2024-01-01T00:00:00Z"))));
    }

    /** Something happens between what is read and what is stored. */
    private Billing racing(Runnable meanwhile) {
        AtomicReference<Runnable> once = new AtomicReference<>(meanwhile);
        InvoiceStore store = (InvoiceStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {InvoiceStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        once.getAndSet(() -> {}).run();
                    }
                    try {
                        return method.invoke(world.ports.invoices(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return Billing.on(world.ports.with(store)).with(Standard.profile()).with(world.clock);
    }

    @Test
    void a_line_is_corrected_again_on_a_draft_from_which_somebody_removed_its_first_correction() {
        world.record(used("first", "gigabytes", "2024-02-20T00:00:00Z"));
        close();
        world.record(used("second", "gigabytes", "2024-02-21T00:00:00Z"));
        run(correct(Policy.NEXT_INVOICE));
        world.record(used("third", "gigabytes", "2024-02-22T00:00:00Z"));
        run(correct(Policy.NEXT_INVOICE));
        Money both = correction();
        run(new DraftCommand.RemoveLines(MARCHS, 2, Array.of(corrections(MARCHS).head())));
        run(correct(Policy.NEXT_INVOICE));
        assertThat(corrections(MARCHS)).hasSize(2).doesNotHaveDuplicates();
        assertThat(correction()).isEqualTo(both);
    }

    @Test
    void what_is_free_pays_a_correction_that_charges_more() {
        close();
        run(new PaymentCommand.Receive(ACCOUNT, "payment", usd("100.00"), new PaymentCommand.Allocation.OldestFirst()));
        world.record(begun("late", "dyno", "2024-02-01T00:00:00Z"));
        run(correct(Policy.OWN_DOCUMENT));
        assertThat(free()).isEqualTo(usd("25.00"));
        assertThat(status(OWN)).isEqualTo(InvoiceStatus.PAID);
        assertThat(account().items().get(OWN).get().open()).isEqualTo(usd("0"));
    }

    private void close() {
        begin("database");
        closeWithNothing();
    }

    private void begin(String thing) {
        world.record(begun(thing, "database", "2024-02-01T00:00:00Z"));
    }

    private void end(String thing) {
        world.record(ended("end of " + thing, thing, "2024-02-15T00:00:00Z"));
    }

    private void closeWithNothing() {
        run(bill(FEBRUARY));
        run(new DraftCommand.Finalise(FEBRUARYS));
    }

    private void finaliseMarch() {
        world.clock.advance(Duration.ofDays(30));
        run(new DraftCommand.Finalise(MARCHS));
    }

    private void endEarly() {
        end("database");
    }

    private static MonthCommand bill(YearMonth month) {
        return new MonthCommand.Bill(ACCOUNT, month, Terms.NONE);
    }

    private static MonthCommand correct(Policy policy) {
        return new MonthCommand.Correct(ACCOUNT, FEBRUARY, policy, Terms.NONE);
    }

    private CreditCommand annul(InvoiceId invoice) {
        return new CreditCommand.Void(invoice, note(), "By mistake");
    }

    private CreditCommand credit(Money net) {
        return credit(FEBRUARYS, net);
    }

    private CreditCommand credit(InvoiceId document, Money net) {
        return new CreditCommand.Credit(
                document, note(), Array.of(new CreditCommand.Part.Amount(net)), "Not as agreed");
    }

    private InvoiceId note() {
        return new InvoiceId("note " + keys.incrementAndGet());
    }

    private Seq<LineId> corrections(InvoiceId on) {
        return world.linesOf(world.ports.invoices().find(ALL, on).get())
                .map(LineItem::id)
                .filter(CorrectedAndCreditedTest::isCorrection);
    }

    private static boolean isCorrection(LineId line) {
        return line.value().startsWith("correction/");
    }

    /** What all corrections come to. */
    private Money correction() {
        return sum(world.documents().flatMap(world::linesOf).filter(line -> isCorrection(line.id())));
    }

    /** What all final documents come to. */
    private Money issuedInAll() {
        return sum(world.documents()
                .filter(stored -> stored.invoice() instanceof Invoice.Issued)
                .flatMap(world::linesOf));
    }

    private static Money sum(Seq<LineItem> lines) {
        return lines.flatMap(LineItem::net).fold(usd("0"), Money::plus);
    }

    private InvoiceStatus status(InvoiceId id) {
        return world.ports.invoices().find(ALL, id).map(Stored::standing).get().status();
    }

    private Account account() {
        return Account.of(ACCOUNT, world.ports.accounts().entries(ALL, ACCOUNT));
    }

    private Money balance() {
        return account().balance(USD);
    }

    private Money free() {
        return account().funds().values().map(Account.Fund::free).fold(usd("0"), Money::plus);
    }

    private Receipt run(Command command) {
        return result(command).getOrElseThrow(refused -> new AssertionError(refused.message()));
    }

    private BillingError refusal(Command command) {
        return result(command).getLeft();
    }

    private Either<BillingError, Receipt> result(Command command) {
        return billing.commands().run(ALL, new CommandKey("command " + keys.incrementAndGet()), command);
    }
}

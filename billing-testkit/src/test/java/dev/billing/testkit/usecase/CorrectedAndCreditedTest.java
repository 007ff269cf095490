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
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
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
import java.time.Duration;
import java.time.YearMonth;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A month of 50.00 is corrected and credited: nobody gets back more than was charged. */
class CorrectedAndCreditedTest {

    private static final Access ALL = Access.toAll(TENANT);
    private static final InvoiceId FEBRUARYS = new InvoiceId("month/account/2024-02-01T00:00:00Z");
    private static final InvoiceId MARCHS = new InvoiceId("month/account/2024-03-01T00:00:00Z");
    private static final InvoiceId OWN = new InvoiceId("correction/1/" + FEBRUARYS);

    private final World world = new World();
    private final Billing billing = world.billing.with(Standard.profile());
    private final AtomicInteger keys = new AtomicInteger();

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
        world.record(begun("database", "database", "2024-02-01T00:00:00Z"));
        run(bill(FEBRUARY));
        run(new DraftCommand.Finalise(FEBRUARYS));
    }

    private void finaliseMarch() {
        world.clock.advance(Duration.ofDays(30));
        run(new DraftCommand.Finalise(MARCHS));
    }

    private void endEarly() {
        world.record(ended("end", "database", "2024-02-15T00:00:00Z"));
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
        return new CreditCommand.Credit(
                FEBRUARYS, note(), Array.of(new CreditCommand.Part.Amount(net)), "Not as agreed");
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

package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.PaymentWorld.ACCESS;
import static dev.billing.testkit.usecase.PaymentWorld.ACCOUNT;
import static dev.billing.testkit.usecase.PaymentWorld.OTHER;
import static dev.billing.testkit.usecase.PaymentWorld.TENANT;
import static dev.billing.testkit.usecase.PaymentWorld.chargeBack;
import static dev.billing.testkit.usecase.PaymentWorld.fail;
import static dev.billing.testkit.usecase.PaymentWorld.forgive;
import static dev.billing.testkit.usecase.PaymentWorld.id;
import static dev.billing.testkit.usecase.PaymentWorld.receive;
import static dev.billing.testkit.usecase.PaymentWorld.refund;
import static dev.billing.testkit.usecase.PaymentWorld.to;
import static dev.billing.testkit.usecase.PaymentWorld.usd;
import static dev.billing.testkit.usecase.PaymentWorld.writeOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.BillingError;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Atlas;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Event;
import dev.billing.port.Receipt;
import dev.billing.port.StorageException;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.PaymentCommand.Allocation;
import dev.billing.usecase.PaymentRefused;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentCommandTest {

    private final PaymentWorld world = new PaymentWorld();

    @Test
    void money_pays_the_oldest_documents_and_what_is_left_is_credit() {
        world.issued("b 10.00, a 5.00, c 7.00");
        assertThat(world.done(receive("p", "12.00")))
                .containsExactly(
                        "payment.received p 12.00",
                        "payment.allocated p 10.00 on b",
                        "payment.allocated p 2.00 on a",
                        "invoice.paid b 0.00 PAID",
                        "invoice.partly_paid a 3.00 PARTLY_PAID");
        assertThat(world.payments("b")).isEqualTo("p 10.00");
        assertThat(world.payments("a")).isEqualTo("p 2.00");
        assertThat(world.status("c")).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(world.done(receive("q", "11.00")))
                .containsExactly(
                        "payment.received q 11.00",
                        "payment.allocated q 3.00 on a",
                        "payment.allocated q 7.00 on c",
                        "invoice.paid a 0.00 PAID",
                        "invoice.paid c 0.00 PAID");
        assertThat(world.payments("a")).isEqualTo("p 2.00, q 3.00");
        assertThat(world.free()).isEqualTo("1.00");
        assertThat(world.account().balance(PaymentWorld.USD)).isEqualTo(usd("-1"));
    }

    @Test
    void how_a_document_stands_is_versioned_once_with_each_command() {
        world.issued("a 10.00");
        Standing closed = world.standing("a");
        world.done(receive("p", "4.00"));
        Standing partly = world.standing("a");
        assertThat(partly.version()).isEqualTo(closed.version() + 1);
        assertThat(partly.payments()).containsExactly(new Payment("p", usd("4.00"), PaymentWorld.NOON.plusSeconds(1)));
        world.done(receive("q", "6.00", to("a 6.00")));
        assertThat(world.standing("a").version()).isEqualTo(closed.version() + 2);
        assertThat(world.standing("a").updatedAt()).isEqualTo(PaymentWorld.NOON.plusSeconds(2));
    }

    @Test
    void money_pays_the_documents_that_it_is_told_for() {
        world.issued("a 10.00, b 5.00");
        assertThat(world.done(receive("p", "12.00", to("b 5.00, a 1.00"))))
                .containsExactly(
                        "payment.received p 12.00",
                        "payment.allocated p 1.00 on a",
                        "payment.allocated p 5.00 on b",
                        "invoice.partly_paid a 9.00 PARTLY_PAID",
                        "invoice.paid b 0.00 PAID");
        assertThat(world.free()).isEqualTo("6.00");
    }

    @Test
    void money_for_nothing_yet_is_credit_that_pays_later() {
        world.issued("a 10.00");
        assertThat(world.done(receive("p", "12.00", new Allocation.Nothing())))
                .containsExactly("payment.received p 12.00");
        assertThat(world.open("a")).isEqualTo("10.00");
        assertThat(world.done(allocate(Source.payment("p"), to("a 4.00"))))
                .containsExactly("payment.allocated p 4.00 on a", "invoice.partly_paid a 6.00 PARTLY_PAID");
        assertThat(world.done(allocate(Source.payment("p"), new Allocation.OldestFirst())))
                .containsExactly("payment.allocated p 6.00 on a", "invoice.paid a 0.00 PAID");
        assertThat(world.payments("a")).as("one payment, in two parts").isEqualTo("p 10.00");
        assertThat(world.free()).isEqualTo("2.00");
        assertThat(world.done(allocate(Source.payment("p"), new Allocation.OldestFirst())))
                .isEmpty();
    }

    @Test
    void a_document_that_becomes_final_is_paid_with_what_came_in_first() {
        Seq<String> payments = Array.of("z", "b", "y", "a", "x");
        payments.forEach(payment -> world.done(receive(payment, "2.00", new Allocation.Nothing())));
        DraftCommand.Open open = new DraftCommand.Open(id("d"), ACCOUNT, Array.of(DraftWorld.line("line", "9.00")));
        world.billing.commands().run(ACCESS, new CommandKey("open"), open).get();
        Receipt receipt = world.billing
                .commands()
                .run(ACCESS, new CommandKey("finalise"), new DraftCommand.Finalise(id("d")))
                .get();
        assertThat(world.payments("d")).isEqualTo("z 2.00, b 2.00, y 2.00, a 2.00, x 1.00");
        assertThat(world.status("d")).isEqualTo(InvoiceStatus.PAID);
        assertThat(receipt.events().last().type()).isEqualTo("invoice.paid");
        assertThat(world.account().free(PaymentWorld.USD)).isEqualTo(usd("1.00"));
    }

    @Test
    void credit_notes_pay_too_but_are_no_payments() {
        world.issued("a 10.00");
        world.enter(new Movement.Received(Source.creditNote(id("note")), usd("10.00")));
        assertThat(world.done(allocate(Source.creditNote(id("note")), new Allocation.OldestFirst())))
                .containsExactly("payment.allocated note 10.00 on a", "invoice.paid a 0.00 PAID");
        assertThat(world.payments("a")).isEmpty();
    }

    @Test
    void money_of_one_currency_pays_documents_of_that_one() {
        world.issue("euro", Money.of("EUR", "10.00"), InvoiceStatus.CLOSED, ACCOUNT);
        world.issued("dollar 10.00");
        world.done(receive("p", "15.00"));
        assertThat(world.open("euro")).isEqualTo("10.00");
        assertThat(world.open("dollar")).isEqualTo("0.00");
        assertThat(world.account().balance(Monetary.getCurrency("EUR"))).isEqualTo(Money.of("EUR", "10.00"));
        assertThat(world.account().balance(PaymentWorld.USD)).isEqualTo(usd("-5.00"));
    }

    @Test
    void a_payment_is_recorded_once_whatever_the_key() {
        world.issued("a 10.00");
        world.done(receive("p", "4.00"));
        assertThat(world.done(receive("p", "4.00"))).isEmpty();
        assertThat(world.open("a")).isEqualTo("6.00");
        assertRefused(receive("p", "5.00"), new PaymentRefused.OtherContent(ACCOUNT, "p"), "'p'", "account");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a 10.01          | on 'a' it would be USD 10.01 of USD 10.00
            a 10.00, b 5.01  | on 'b' it would be USD 5.01 of USD 5.00
            a 10.00, c 3.00  | of PAYMENT p on account 'account' it would be USD 3.00 of USD 2.00
            x 1.00           | 'x' is not on account 'account'
            """)
    void what_is_told_must_be_open_and_free(String told, String message) {
        world.issued("a 10.00, b 5.00, c 7.00");
        assertThat(world.refused(receive("p", "12.00", to(told))).message()).contains(message);
    }

    @Test
    void what_is_told_must_be_of_the_currency() {
        world.issue("euro", Money.of("EUR", "10.00"), InvoiceStatus.CLOSED, ACCOUNT);
        Allocation euros = new Allocation.To(HashMap.of(id("euro"), Money.of("EUR", "1.00")));
        assertThat(world.refused(receive("p", "12.00", euros)).message())
                .isEqualTo("An amount of PAYMENT p must be in USD, but was in EUR");
        assertThat(world.refused(receive("p", "12.00", to("euro 1.00"))).message())
                .isEqualTo("An amount on 'euro' must be in EUR, but was in USD");
    }

    @Test
    void a_source_must_have_come_in() {
        Source unknown = Source.payment("x");
        assertRefused(
                allocate(unknown, new Allocation.OldestFirst()),
                new PaymentRefused.UnknownSource(ACCOUNT, unknown),
                "PAYMENT x",
                "'account'");
        assertRefused(refund("x", "r", "1.00"), new PaymentRefused.UnknownSource(ACCOUNT, unknown), "PAYMENT x");
    }

    @Test
    void an_attempt_that_failed_moves_nothing_and_the_document_may_still_be_paid() {
        world.issued("a 10.00");
        assertThat(world.done(fail("a", "p", "10.00"))).containsExactly("invoice.payment_failed a 10.00: declined");
        assertThat(world.status("a")).isEqualTo(InvoiceStatus.FAILED);
        assertThat(world.standing("a").payments().map(Payment::status)).containsExactly(Payment.Status.FAILED);
        assertThat(world.open("a")).isEqualTo("10.00");
        assertThat(world.done(fail("a", "p", "10.00"))).as("recorded already").isEmpty();
        assertThat(world.done(fail("a", "q", "10.00")))
                .as("another attempt")
                .containsExactly("invoice.payment_failed a 10.00: declined");
        assertThat(world.done(receive("p", "4.00")))
                .containsExactly(
                        "payment.received p 4.00",
                        "payment.allocated p 4.00 on a",
                        "invoice.partly_paid a 6.00 PARTLY_PAID");
        assertThat(world.payments("a")).isEqualTo("p 4.00, q 0");
        assertThat(world.standing("a").payments().head().status()).isEqualTo(Payment.Status.PAID);
        assertRefused(fail("a", "p", "4.00"), new PaymentRefused.OtherContent(ACCOUNT, "p"), "'p'");
        assertRefused(fail("a", "q", "4.00"), new PaymentRefused.OtherContent(ACCOUNT, "q"), "'q'");
        world.done(fail("a", "r", "6.00"));
        world.done(receive("s", "6.00"));
        assertThat(world.status("a")).isEqualTo(InvoiceStatus.PAID);
        assertRefused(
                fail("a", "t", "1.00"),
                new CommandRefused.StatusForbids(id("a"), InvoiceStatus.PAID, InvoiceStatus.FAILED),
                "PAID",
                "FAILED");
    }

    @Test
    void an_attempt_must_be_of_the_documents_currency() {
        world.issued("a 10.00");
        PaymentCommand euros = new PaymentCommand.Fail(id("a"), "p", Money.of("EUR", "10.00"), Option.none());
        assertThat(world.refused(euros).message()).isEqualTo("An amount on 'a' must be in USD, but was in EUR");
    }

    @Test
    void what_failed_after_a_part_was_paid_stays_so_when_the_part_goes_back() {
        world.issued("a 10.00");
        world.done(receive("p", "4.00"));
        world.done(receive("q", "3.00"));
        world.done(fail("a", "r", "3.00"));
        assertThat(world.done(refund("p", "back", "4.00")))
                .containsExactly("payment.refunded p 4.00", "invoice.reopened a 7.00 FAILED");
        world.done(refund("q", "back", "3.00"));
        assertThat(world.status("a")).isEqualTo(InvoiceStatus.FAILED);
        assertThat(world.open("a")).isEqualTo("10.00");
    }

    @Test
    void a_refund_takes_what_is_free_and_then_opens_what_was_paid_last() {
        world.issued("a 10.00, b 5.00, c 5.00");
        world.done(receive("p", "22.00"));
        assertThat(world.done(refund("p", "r1", "2.00"))).containsExactly("payment.refunded p 2.00");
        assertThat(world.done(refund("p", "r2", "6.00")))
                .containsExactly(
                        "payment.refunded p 6.00",
                        "invoice.reopened c 5.00 CLOSED",
                        "invoice.reopened b 1.00 PARTLY_PAID");
        assertThat(world.payments("c")).isEqualTo("p 5.00 - p 5.00");
        assertThat(world.payments("b")).isEqualTo("p 5.00 - p 1.00");
        assertThat(world.status("a")).isEqualTo(InvoiceStatus.PAID);
        assertThat(world.done(refund("p", "r3", "1.00")))
                .as("open still, and more so")
                .containsExactly("payment.refunded p 1.00", "invoice.reopened b 2.00 PARTLY_PAID");
        assertRefused(
                refund("p", "r4", "13.01"),
                new PaymentRefused.MoreThanReceived(ACCOUNT, Source.payment("p"), usd("13.01"), usd("13.00")),
                "PAYMENT p",
                "13.01",
                "13.00");
        world.done(refund("p", "r4", "13.00"));
        assertThat(world.account().balance(PaymentWorld.USD)).isEqualTo(usd("20.00"));
        assertThat(world.status("a")).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(world.done(receive("q", "20.00")))
                .contains("invoice.paid a 0.00 PAID", "invoice.paid b 0.00 PAID", "invoice.paid c 0.00 PAID");
    }

    @Test
    void what_was_used_again_was_used_last() {
        world.issued("a 10.00, b 5.00");
        world.done(receive("p", "12.00", to("a 4.00")));
        world.done(allocate(Source.payment("p"), to("b 5.00")));
        world.done(allocate(Source.payment("p"), to("a 3.00")));
        world.done(refund("p", "r", "7.00"));
        assertThat(world.open("a")).isEqualTo("10.00");
        assertThat(world.open("b")).isEqualTo("0.00");
    }

    @Test
    void a_refund_is_recorded_once_whatever_the_key() {
        world.issued("a 10.00");
        world.done(receive("p", "10.00"));
        world.done(refund("p", "r", "4.00"));
        assertThat(world.done(refund("p", "r", "4.00"))).isEmpty();
        assertThat(world.open("a")).isEqualTo("4.00");
        assertRefused(refund("p", "r", "5.00"), new PaymentRefused.OtherContent(ACCOUNT, "r"), "'r'");
        assertRefused(chargeBack("p", "r", "4.00"), new PaymentRefused.OtherContent(ACCOUNT, "r"), "'r'");
    }

    @Test
    void a_refund_must_be_of_the_payments_currency() {
        world.done(receive("p", "10.00"));
        PaymentCommand euros =
                new PaymentCommand.Refund(ACCOUNT, Source.payment("p"), "r", Money.of("EUR", "1.00"), Option.none());
        assertThat(world.refused(euros).message()).isEqualTo("An amount of PAYMENT p must be in USD, but was in EUR");
    }

    @Test
    void credit_of_a_credit_note_may_be_paid_out() {
        world.issued("a 10.00");
        Source note = Source.creditNote(id("note"));
        world.enter(new Movement.Received(note, usd("15.00")), new Movement.Allocated(note, id("a"), usd("10.00")));
        world.stand("a", InvoiceStatus.PAID);
        assertThat(world.done(new PaymentCommand.Refund(ACCOUNT, note, "r", usd("6.00"), Option.some("asked for"))))
                .containsExactly("payment.refunded note 6.00: asked for", "invoice.reopened a 1.00 PARTLY_PAID");
        assertThat(world.payments("a")).isEmpty();
    }

    @Test
    void a_charge_back_opens_what_was_paid_and_says_so() {
        world.issued("a 10.00");
        world.done(receive("p", "10.00"));
        assertThat(world.done(chargeBack("p", "c", "10.00")))
                .containsExactly("payment.charged_back p 10.00: stolen card", "invoice.reopened a 10.00 CLOSED");
        assertThat(world.status("a")).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(world.standing("a").refunds().head().reason()).contains("stolen card");
    }

    @Test
    void what_is_forgiven_is_not_owed_and_stays_so_when_money_goes_back() {
        world.issued("a 10.00");
        world.done(receive("p", "4.00"));
        assertThat(world.done(forgive("a"))).containsExactly("invoice.forgiven a 6.00: goodwill");
        assertThat(world.status("a")).isEqualTo(InvoiceStatus.FORGIVEN);
        assertThat(world.open("a")).isEqualTo("0.00");
        assertRefused(
                forgive("a"),
                new CommandRefused.StatusForbids(id("a"), InvoiceStatus.FORGIVEN, InvoiceStatus.FORGIVEN),
                "FORGIVEN");
        assertThat(world.refused(receive("q", "1.00", to("a 1.00"))).message()).contains("USD 1.00 of USD 0.00");
        assertThat(world.done(refund("p", "r", "4.00")))
                .containsExactly("payment.refunded p 4.00", "invoice.forgiven a 4.00");
        assertThat(world.status("a")).isEqualTo(InvoiceStatus.FORGIVEN);
        assertThat(world.account().balance(PaymentWorld.USD)).isEqualTo(usd("0"));
    }

    @Test
    void what_was_paid_may_be_forgiven_and_then_given_back() {
        world.issued("a 10.00");
        world.done(receive("p", "10.00"));
        assertThat(world.done(forgive("a"))).containsExactly("invoice.forgiven a 0.00: goodwill");
        world.done(refund("p", "r", "10.00"));
        assertThat(world.account().balance(PaymentWorld.USD)).isEqualTo(usd("0"));
    }

    @Test
    void what_is_written_off_is_reinstated_as_far_as_it_is_paid_after_all() {
        world.issued("a 10.00");
        world.done(receive("p", "2.00"));
        assertThat(world.done(writeOff("a"))).containsExactly("invoice.written_off a 8.00: bankrupt");
        assertThat(world.account().balance(PaymentWorld.USD)).isEqualTo(usd("0"));
        assertThat(world.done(receive("q", "3.00", to("a 3.00"))))
                .containsExactly("payment.received q 3.00", "payment.allocated q 3.00 on a");
        assertThat(world.status("a")).isEqualTo(InvoiceStatus.WRITTEN_OFF);
        assertThat(world.account().items().get(id("a")).get().waived()).isEqualTo(usd("5.00"));
        assertThat(world.refused(receive("r", "6.00", to("a 6.00"))).message()).contains("USD 6.00 of USD 5.00");
        assertThat(world.done(refund("q", "back", "1.00")))
                .containsExactly("payment.refunded q 1.00", "invoice.written_off a 1.00");
        assertThat(world.done(receive("r", "6.00", to("a 6.00")))).contains("invoice.paid a 0.00 PAID");
        assertThat(world.account().items().get(id("a")).get().waived().isZero()).isTrue();
        assertThat(world.account().balance(PaymentWorld.USD)).isEqualTo(usd("0"));
    }

    @Test
    void money_that_is_not_told_for_a_document_pays_nothing_that_was_written_off() {
        world.issued("a 10.00");
        world.done(writeOff("a"));
        assertThat(world.done(receive("q", "3.00"))).containsExactly("payment.received q 3.00");
        assertRefused(
                writeOff("a"),
                new CommandRefused.StatusForbids(id("a"), InvoiceStatus.WRITTEN_OFF, InvoiceStatus.WRITTEN_OFF),
                "WRITTEN_OFF");
    }

    @Test
    void what_a_credit_note_took_back_is_paid_by_it_when_money_goes_back() {
        world.issued("a 10.00");
        world.done(receive("p", "10.00"));
        world.credit("note", "a", usd("10.00"));
        world.stand("a", InvoiceStatus.VOID);
        assertThat(world.done(chargeBack("p", "c", "10.00")))
                .containsExactly("payment.charged_back p 10.00: stolen card", "payment.allocated note 10.00 on a");
        assertThat(world.status("a")).isEqualTo(InvoiceStatus.VOID);
        assertThat(world.open("a")).isEqualTo("0.00");
        assertThat(world.account().free(PaymentWorld.USD)).isEqualTo(usd("0"));
    }

    @Test
    void what_a_credit_note_paid_elsewhere_comes_back_when_the_money_that_it_stands_for_goes_back() {
        world.issued("a 10.00, b 10.00");
        world.done(receive("p", "10.00"));
        world.credit("note", "a", usd("10.00"));
        world.stand("a", InvoiceStatus.VOID);
        world.done(new PaymentCommand.Allocate(
                ACCOUNT, Source.creditNote(id("note")), new PaymentCommand.Allocation.OldestFirst()));
        assertThat(world.status("b")).isEqualTo(InvoiceStatus.PAID);
        assertThat(world.done(chargeBack("p", "c", "10.00")))
                .containsExactly(
                        "payment.charged_back p 10.00: stolen card",
                        "payment.allocated note 10.00 on a",
                        "invoice.reopened b 10.00 CLOSED");
        assertThat(world.open("a")).isEqualTo("0.00");
        assertThat(world.open("b")).isEqualTo("10.00");
    }

    @Test
    void what_a_credit_note_only_took_back_is_not_paid_out() {
        world.issued("a 10.00");
        world.credit("note", "a", usd("10.00"));
        world.done(new PaymentCommand.Allocate(
                ACCOUNT, Source.creditNote(id("note")), new PaymentCommand.Allocation.OldestFirst()));
        world.stand("a", InvoiceStatus.VOID);
        assertThat(world.refused(new PaymentCommand.Refund(
                        ACCOUNT, Source.creditNote(id("note")), "r", usd("10.00"), Option.none())))
                .isEqualTo(new PaymentRefused.MoreThanReceived(
                        ACCOUNT, Source.creditNote(id("note")), usd("10.00"), usd("0")));
    }

    @Test
    void what_is_void_and_open_since_its_credit_was_paid_out_can_be_given_up() {
        world.issued("a 10.00");
        world.done(receive("p", "10.00"));
        world.credit("note", "a", usd("10.00"));
        world.stand("a", InvoiceStatus.VOID);
        world.done(new PaymentCommand.Refund(ACCOUNT, Source.creditNote(id("note")), "r", usd("10.00"), Option.none()));
        assertThat(world.done(chargeBack("p", "c", "10.00")))
                .containsExactly("payment.charged_back p 10.00: stolen card", "invoice.reopened a 10.00 VOID");
        assertThat(world.done(writeOff("a"))).containsExactly("invoice.written_off a 10.00: bankrupt");
        assertThat(world.open("a")).isEqualTo("0.00");
        assertThat(world.status("a")).isEqualTo(InvoiceStatus.VOID);
    }

    @Test
    void where_the_life_cycle_knows_no_step_money_counts_nevertheless() {
        PaymentWorld atlas = new PaymentWorld(Atlas.profile()).issued("a 10.00");
        assertThat(atlas.done(receive("p", "4.00")))
                .containsExactly("payment.received p 4.00", "payment.allocated p 4.00 on a");
        assertThat(atlas.status("a")).isEqualTo(InvoiceStatus.CLOSED);
        atlas.done(receive("q", "6.00"));
        assertThat(atlas.status("a")).isEqualTo(InvoiceStatus.PAID);
        assertThat(atlas.done(refund("q", "r", "6.00")))
                .containsExactly("payment.refunded q 6.00", "invoice.reopened a 6.00 PAID");
        assertThat(atlas.open("a")).isEqualTo("6.00");
        assertThat(atlas.refused(writeOff("a")))
                .isEqualTo(new CommandRefused.StatusForbids(id("a"), InvoiceStatus.PAID, InvoiceStatus.WRITTEN_OFF));
        assertThat(atlas.done(forgive("a"))).containsExactly("invoice.forgiven a 6.00: goodwill");
        assertThat(atlas.account().balance(PaymentWorld.USD)).isEqualTo(usd("0"));
    }

    @Test
    void money_is_recorded_on_parked_accounts_too() {
        world.issued("a 10.00");
        world.enter(new Movement.Parked("figures do not tie", "look at it"));
        assertThat(world.done(receive("p", "10.00"))).contains("invoice.paid a 0.00 PAID");
    }

    @Test
    void what_was_charged_without_a_document_is_paid_like_any_other() {
        world.enter(new Movement.Charged(id("before our time"), usd("10.00")));
        assertThat(world.done(receive("p", "12.00")))
                .containsExactly("payment.received p 12.00", "payment.allocated p 10.00 on before our time");
        assertThat(world.done(refund("p", "r", "12.00"))).containsExactly("payment.refunded p 12.00");
        assertThat(world.open("before our time")).isEqualTo("10.00");
    }

    @Test
    void who_pays_for_another_account_settles_its_documents() {
        world.issue("a", usd("10.00"), InvoiceStatus.CLOSED, OTHER);
        Access payer = Access.to(TENANT, OTHER);
        PaymentCommand receive = new PaymentCommand.Receive(OTHER, "p", usd("4.00"), new Allocation.OldestFirst());
        Receipt receipt = world.run(payer, receive).get();
        assertThat(receipt.events().map(event -> event.type() + " of " + event.account()))
                .containsExactly(
                        "payment.received of other account",
                        "payment.allocated of other account",
                        "invoice.partly_paid of account");
        assertThat(world.run(ACCESS, forgive("a")).getLeft()).isEqualTo(new CommandRefused.NoAccess(OTHER));
        world.run(Access.toAll(TENANT), forgive("a")).get();
        assertThat(world.account(OTHER).balance(PaymentWorld.USD)).isEqualTo(usd("0"));
        assertThat(world.account().entries()).isZero();
    }

    @Test
    void an_attempt_on_a_document_that_nobody_was_charged_for_is_refused() {
        world.issue("a", usd("10.00"), InvoiceStatus.CLOSED, OTHER);
        world.issued("b 10.00");
        assertThat(world.refused(receive("p", "1.00", to("a 1.00"))))
                .isEqualTo(new PaymentRefused.NotOwed(ACCOUNT, id("a")));
    }

    @Test
    void what_a_caller_may_not_see_is_refused() {
        world.issued("a 10.00");
        Access foreign = Access.to(TENANT, OTHER);
        assertThat(world.run(foreign, receive("p", "1.00")))
                .isEqualTo(Either.left(new CommandRefused.NoAccess(ACCOUNT)));
        assertThat(world.run(foreign, forgive("a"))).isEqualTo(Either.left(new CommandRefused.UnknownInvoice(id("a"))));
        assertThat(world.refused(writeOff("x"))).isEqualTo(new CommandRefused.UnknownInvoice(id("x")));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1.00"})
    void amounts_are_positive(String amount) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receive("p", amount))
                .withMessageContaining("positive")
                .withMessageContaining(amount);
        assertThatIllegalArgumentException().isThrownBy(() -> to("a " + amount)).withMessageContaining(amount);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> refund("p", "r", amount))
                .withMessageContaining(amount);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chargeBack("p", "r", amount))
                .withMessageContaining(amount);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fail("a", "p", amount))
                .withMessageContaining(amount);
    }

    @Test
    void texts_are_clean() {
        assertThatIllegalArgumentException().isThrownBy(() -> receive(" ", "1")).withMessageContaining("Payment id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> refund("p", "", "1"))
                .withMessageContaining("Refund id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chargeBack("p", "", "1"))
                .withMessageContaining("Charge-back");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PaymentCommand.Forgive(id("a"), Option.some("a\u0000b")))
                .withMessageContaining("Reason");
    }

    @Test
    void the_same_key_gives_the_same_answer_and_takes_effect_once() {
        world.issued("a 10.00");
        Either<BillingError, Receipt> first = world.run("key", receive("p", "4.00"));
        world.done(receive("q", "1.00"));
        assertThat(world.run("key", receive("p", "4.00"))).isEqualTo(first);
        assertThat(world.run("key", receive("p", "5.00")).getLeft()).isInstanceOf(CommandRefused.KeyReused.class);
        assertThat(world.open("a")).isEqualTo("5.00");
    }

    @Test
    void what_is_done_forbids_nothing_to_its_own_replay() {
        world.issued("a 10.00");
        Either<BillingError, Receipt> forgiven = world.run("key", forgive("a"));
        assertThat(forgiven.isRight()).isTrue();
        assertThat(world.run("key", forgive("a"))).isEqualTo(forgiven);
    }

    @Test
    void a_command_whose_outcome_nobody_learned_is_done_once() {
        world.issued("a 10.00");
        world.faults.after(Call.COMMIT, 1);
        assertThatThrownBy(() -> world.run("key", receive("p", "4.00"))).isInstanceOf(StorageException.class);
        assertThat(world.open("a")).isEqualTo("6.00");
        assertThat(world.run("key", receive("p", "4.00")).get().events().map(PaymentWorld::text))
                .contains("payment.received p 4.00");
        assertThat(world.open("a")).isEqualTo("6.00");
    }

    @ParameterizedTest
    @CsvSource({"COMMIT", "ANSWER", "ENTRIES", "FIND"})
    void a_command_that_failed_did_nothing(Call call) {
        world.issued("a 10.00");
        world.faults.before(call, 1);
        assertThatThrownBy(() -> world.run("key", receive("p", "4.00"))).isInstanceOf(StorageException.class);
        assertThat(world.open("a")).isEqualTo("10.00");
        assertThat(world.run("key", receive("p", "4.00")).isRight()).isTrue();
        assertThat(world.open("a")).isEqualTo("6.00");
    }

    @Test
    void payments_from_many_threads_all_count_and_pay_no_more_than_is_open() {
        world.issued("a 0.25, b 0.25");
        AtOnce.run(thread ->
                world.run("key " + thread, receive("p" + thread, "0.10")).get());
        Money paid = usd("0.10").times(AtOnce.THREADS);
        assertThat(world.account().balance(PaymentWorld.USD))
                .isEqualTo(usd("0.50").minus(paid));
        assertThat(world.standing("a").paid(PaymentWorld.USD)).isEqualTo(usd("0.25"));
        assertThat(world.status("b")).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void one_payment_from_many_threads_counts_once() {
        world.issued("a 10.00");
        AtOnce.run(thread -> world.run("key " + thread, receive("p", "4.00")).get());
        assertThat(world.open("a")).isEqualTo("6.00");
        assertThat(world.standing("a").payments()).hasSize(1);
    }

    @Test
    void one_failure_from_many_threads_counts_once() {
        world.issued("a 10.00");
        AtOnce.run(thread -> world.run("key " + thread, fail("a", "p", "4.00")).get());
        assertThat(world.standing("a").payments()).hasSize(1);
    }

    @Test
    void events_are_in_the_outbox() {
        world.issued("a 10.00");
        Receipt receipt = world.run(receive("p", "10.00")).get();
        Event first = receipt.events().head();
        assertThat(first.data()).isEqualTo(HashMap.of("amount", "10.00", "currency", "USD"));
        assertThat(receipt.events().get(1).data())
                .isEqualTo(HashMap.of("amount", "10.00", "currency", "USD", "source", "PAYMENT", "document", "a"));
        assertThat(world.ports.outbox().undelivered(TENANT, 100).map(published -> published.event()))
                .isEqualTo(receipt.events());
    }

    private void assertRefused(PaymentCommand command, BillingError expected, String... texts) {
        assertThat(world.refused(command)).isEqualTo(expected);
        assertThat(expected.message()).contains(texts);
    }

    private static PaymentCommand allocate(Source source, Allocation to) {
        return new PaymentCommand.Allocate(ACCOUNT, source, to);
    }
}

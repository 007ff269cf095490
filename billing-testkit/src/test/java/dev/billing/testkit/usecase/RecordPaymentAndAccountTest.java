package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.DraftWorld.ACCESS;
import static dev.billing.testkit.usecase.DraftWorld.ACCOUNT;
import static dev.billing.testkit.usecase.DraftWorld.NOW;
import static dev.billing.testkit.usecase.DraftWorld.TENANT;
import static dev.billing.testkit.usecase.DraftWorld.id;
import static dev.billing.testkit.usecase.DraftWorld.line;
import static dev.billing.testkit.usecase.DraftWorld.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.LifeCycle;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.port.CommandKey;
import dev.billing.port.Event;
import dev.billing.port.Stored;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.RecordPayment;
import dev.billing.usecase.RecordRefused;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Payments that are recorded document by document, on an account that has credit notes, waivers and payments of other kinds too. */
class RecordPaymentAndAccountTest {

    @ParameterizedTest
    @EnumSource
    void what_is_open_beside_a_credit_note_is_all_that_is_due(LifeCycle lifeCycle) {
        DraftWorld world = world(lifeCycle);
        world.done(credit("40.00"));
        RecordRefused expected = new RecordRefused.MoreThanDue(id("x"), usd("60.01"), usd("60.00"));
        assertThat(record(world, lifeCycle, "p", "60.01")).isEqualTo(Either.left(expected));
        assertThat(record(world, lifeCycle, "p", "60.00").get().standing().status())
                .isEqualTo(InvoiceStatus.PAID);
        assertThat(open(world)).isEqualTo(usd("0"));
        assertThat(record(world, lifeCycle, "q", "0.01").isLeft()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void it_leads_where_the_commands_lead(LifeCycle lifeCycle) {
        for (String first : Array.of("1.00", "60.00", "99.99", "100.00")) {
            DraftWorld recorded = world(lifeCycle);
            DraftWorld commanded = world(lifeCycle);
            record(recorded, lifeCycle, "p", first).get();
            receive(commanded, "p", first);
            assertSame(recorded, commanded);
            String rest = usd("100.00").minus(usd(first)).amount().toPlainString();
            if (!first.equals("100.00")) {
                record(recorded, lifeCycle, "q", rest).get();
                receive(commanded, "q", rest);
                assertSame(recorded, commanded);
            }
            refund(recorded, lifeCycle, "p", first).get();
            commanded
                    .run(
                            ACCESS,
                            new PaymentCommand.Refund(ACCOUNT, Source.payment("p"), "r", usd(first), Option.none()))
                    .get();
            assertSame(recorded, commanded);
            if (lifeCycle == LifeCycle.STANDARD) {
                record(recorded, lifeCycle, "again", first).get();
                receive(commanded, "again", first);
                assertSame(recorded, commanded);
                assertThat(recorded.status("x")).isEqualTo(InvoiceStatus.PAID);
            }
        }
    }

    @Test
    void what_was_written_off_is_reinstated_as_far_as_it_is_paid() {
        DraftWorld recorded = world(LifeCycle.STANDARD);
        DraftWorld commanded = world(LifeCycle.STANDARD);
        for (DraftWorld world : Array.of(recorded, commanded)) {
            world.run(ACCESS, new PaymentCommand.WriteOff(id("x"), Option.none()))
                    .get();
        }
        record(recorded, LifeCycle.STANDARD, "p", "30.00").get();
        receive(commanded, "p", "30.00");
        assertThat(recorded.status("x")).isEqualTo(InvoiceStatus.WRITTEN_OFF);
        assertSame(recorded, commanded);
        record(recorded, LifeCycle.STANDARD, "q", "70.00").get();
        receive(commanded, "q", "70.00");
        assertThat(recorded.status("x")).isEqualTo(InvoiceStatus.PAID);
        assertSame(recorded, commanded);
    }

    @Test
    void what_goes_back_of_what_was_written_off_stays_written_off() {
        DraftWorld world = world(LifeCycle.STANDARD);
        record(world, LifeCycle.STANDARD, "p", "30.00").get();
        world.run(ACCESS, new PaymentCommand.WriteOff(id("x"), Option.none())).get();
        refund(world, LifeCycle.STANDARD, "p", "30.00").get();
        assertThat(world.status("x")).isEqualTo(InvoiceStatus.WRITTEN_OFF);
        assertThat(open(world)).isEqualTo(usd("0"));
    }

    @Test
    void a_document_that_is_partly_paid_fails_and_is_forgiven() {
        DraftWorld world = world(LifeCycle.STANDARD);
        record(world, LifeCycle.STANDARD, "p", "30.00").get();
        Payment failed =
                new Payment("f", Payment.Status.FAILED, usd("70.00"), usd("0"), usd("70.00"), usd("0"), NOW, NOW);
        recording(world, LifeCycle.STANDARD).record(ACCESS, id("x"), failed).get();
        assertThat(world.status("x")).isEqualTo(InvoiceStatus.FAILED);
        recording(world, LifeCycle.STANDARD).forgive(ACCESS, id("x")).get();
        assertThat(world.status("x")).isEqualTo(InvoiceStatus.FORGIVEN);
        assertThat(open(world)).isEqualTo(usd("0"));
    }

    @Test
    void everybody_is_told_of_what_was_recorded_once() {
        DraftWorld world = world(LifeCycle.STANDARD);
        int before = events(world).size();
        record(world, LifeCycle.STANDARD, "p", "40.00").get();
        record(world, LifeCycle.STANDARD, "p", "40.00").get();
        record(world, LifeCycle.STANDARD, "q", "60.00").get();
        refund(world, LifeCycle.STANDARD, "q", "10.00").get();
        recording(world, LifeCycle.STANDARD).forgive(ACCESS, id("x")).get();
        assertThat(events(world).drop(before).map(RecordPaymentAndAccountTest::text))
                .containsExactly(
                        "payment.received p 40.00",
                        "payment.allocated p 40.00",
                        "invoice.partly_paid x 60.00",
                        "payment.received q 60.00",
                        "payment.allocated q 60.00",
                        "invoice.paid x 0.00",
                        "payment.refunded q 10.00",
                        "invoice.reopened x 10.00",
                        "invoice.forgiven x 10.00");
    }

    private static String text(Event event) {
        return event.type() + " " + event.subject() + " "
                + event.data().get("amount").get();
    }

    private static Seq<Event> events(DraftWorld world) {
        return world.ports.outbox().undelivered(TENANT, 1_000).map(published -> published.event());
    }

    /** With an invoice over 100.00. */
    private static DraftWorld world(LifeCycle lifeCycle) {
        DraftWorld world = new DraftWorld(profile(lifeCycle));
        world.issued("x", line("work", "100.00"));
        return world;
    }

    private static Profile profile(LifeCycle lifeCycle) {
        return lifeCycle == LifeCycle.ATLAS ? Atlas.profile() : Standard.profile();
    }

    private static FigureKey due(LifeCycle lifeCycle) {
        return lifeCycle == LifeCycle.ATLAS ? Atlas.BILLED : Standard.BILLED;
    }

    private static RecordPayment recording(DraftWorld world, LifeCycle lifeCycle) {
        return new RecordPayment(world.ports.invoices(), world.ports.accounts(), due(lifeCycle), world.clock)
                .with(lifeCycle);
    }

    private static Either<RecordRefused, Stored> record(
            DraftWorld world, LifeCycle lifeCycle, String payment, String amount) {
        return recording(world, lifeCycle).record(ACCESS, id("x"), new Payment(payment, usd(amount), NOW));
    }

    private static Either<RecordRefused, Stored> refund(
            DraftWorld world, LifeCycle lifeCycle, String payment, String amount) {
        return recording(world, lifeCycle)
                .refund(ACCESS, id("x"), new CommandKey("r"), new Refund(payment, usd(amount), Option.none(), NOW));
    }

    private static void receive(DraftWorld world, String payment, String amount) {
        world.run(
                        ACCESS,
                        new PaymentCommand.Receive(
                                ACCOUNT,
                                payment,
                                usd(amount),
                                new PaymentCommand.Allocation.To(HashMap.of(id("x"), usd(amount)))))
                .get();
    }

    private static CreditCommand credit(String amount) {
        return new CreditCommand.Credit(
                id("x"), id("note"), Array.of(new CreditCommand.Part.Amount(usd(amount))), "Not as agreed");
    }

    private static Money open(DraftWorld world) {
        return world.account().open(usd("0").currency());
    }

    private static void assertSame(DraftWorld recorded, DraftWorld commanded) {
        assertThat(recorded.status("x")).isEqualTo(commanded.status("x"));
        assertThat(recorded.account().items()).isEqualTo(commanded.account().items());
        assertThat(recorded.account().balance(usd("0").currency()))
                .isEqualTo(commanded.account().balance(usd("0").currency()));
        assertThat(recorded.stored("x").standing().payments().map(Payment::paid))
                .isEqualTo(commanded.stored("x").standing().payments().map(Payment::paid));
    }
}

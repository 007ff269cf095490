package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.DraftWorld.ACCESS;
import static dev.billing.testkit.usecase.DraftWorld.ACCOUNT;
import static dev.billing.testkit.usecase.DraftWorld.NOW;
import static dev.billing.testkit.usecase.DraftWorld.TENANT;
import static dev.billing.testkit.usecase.DraftWorld.id;
import static dev.billing.testkit.usecase.DraftWorld.line;
import static dev.billing.testkit.usecase.DraftWorld.types;
import static dev.billing.testkit.usecase.DraftWorld.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Payer;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.profile.Standard;
import dev.billing.port.PaymentGateway;
import dev.billing.port.PaymentGateway.Demand;
import dev.billing.port.PaymentGateway.Outcome;
import dev.billing.port.StorageException;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.testkit.InMemoryPaymentGateway;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.CollectPayments;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.Commands;
import dev.billing.usecase.DeliverEvents;
import dev.billing.usecase.DeliverEvents.Delivery;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.PaymentCommand.Allocation;
import io.vavr.collection.HashMap;
import io.vavr.control.Either;
import io.vavr.control.Option;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;

class CollectPaymentsTest {

    private final DraftWorld world = new DraftWorld();
    private final InMemoryPaymentGateway generous = InMemoryPaymentGateway.collecting();

    @Test
    void what_is_due_is_collected_when_a_document_becomes_final() {
        world.issued("i", line("a", "12.00"));
        assertThat(deliver(generous).failed()).isEmpty();
        assertThat(generous.demands().map(demand -> demand.account() + " " + demand.document() + " " + demand.amount()))
                .containsExactly("account i USD 12.00");
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PAID);
        assertThat(world.account().funds().keySet()).containsExactly(Source.payment("payment-1"));
    }

    @Test
    void what_credit_has_paid_is_not_asked_for() {
        world.done(new PaymentCommand.Receive(ACCOUNT, "in advance", usd("5.00"), new Allocation.Nothing()));
        world.issued("i", line("a", "12.00"));
        deliver(generous);
        assertThat(generous.demands().map(Demand::amount)).containsExactly(usd("7.00"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void nothing_is_asked_for_where_nothing_is_due() {
        world.issued("i", line("a", "0"));
        deliver(generous);
        assertThat(generous.demands()).isEmpty();
    }

    @Test
    void whoever_pays_for_another_account_is_asked() {
        AccountId boss = new AccountId("boss");
        world.done(new AccountCommand.Describe(AccountDetails.of(ACCOUNT, NOW).paidBy(boss, Payer.Mode.SEPARATE)));
        world.issued("i", line("a", "12.00"));
        deliver(generous);
        assertThat(generous.demands().map(Demand::account)).containsExactly(boss);
        assertThat(world.account(boss).open(Monetary.getCurrency("USD"))).isEqualTo(usd("0"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void what_is_declined_is_tried_again_under_another_name() {
        world.issued("i", line("a", "12.00"));
        deliver(InMemoryPaymentGateway.declining("no funds"));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.FAILED);
        assertThat(collecting(generous).collect(id("i"), CollectPayments.FIRST).get())
                .as("the first attempt has failed, and is not made again")
                .anyMatch(receipt -> types(receipt).contains("invoice.payment_failed"));
        assertThat(generous.demands()).isEmpty();
        assertThat(collecting(generous).collect(id("i"), "a week later").get()).isNotEmpty();
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void what_is_told_later_is_recorded_then() {
        world.issued("i", line("a", "12.00"));
        deliver(new InMemoryPaymentGateway((payment, demand) -> new Outcome.Pending(payment)));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(world.account().funds()).isEmpty();
        PaymentCommand told = new PaymentCommand.Receive(
                ACCOUNT, "payment-1", usd("12.00"), new Allocation.To(HashMap.of(id("i"), usd("12.00"))));
        assertThat(world.run("message 7", told)).isEqualTo(world.run("message 7", told));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void a_part_that_is_collected_leaves_the_rest_open() {
        world.issued("i", line("a", "12.00"));
        deliver(new InMemoryPaymentGateway((payment, demand) -> new Outcome.Collected(payment, usd("5.00"))));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PARTLY_PAID);
    }

    @Test
    void an_attempt_moves_money_once_although_its_outcome_was_lost() {
        world.issued("i", line("a", "12.00"));
        world.faults.before(Call.COMMIT, 1).after(Call.COMMIT, 2);
        for (int lost = 0; lost < 2; lost++) {
            assertThat(deliver(generous).failed().get(ACCOUNT).get()).isInstanceOf(StorageException.class);
        }
        assertThat(deliver(generous).failed()).isEmpty();
        assertThat(generous.demands().map(Demand::attempt).distinct()).hasSize(1);
        assertThat(world.account().funds()).hasSize(1);
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void a_gateway_that_cannot_be_reached_is_asked_again() {
        world.issued("i", line("a", "12.00"));
        PaymentGateway broken = (tenant, demand) -> {
            throw new StorageException(StorageException.Kind.RETRYABLE, "No route to the provider");
        };
        assertThat(deliver(broken).failed().keySet()).containsExactly(ACCOUNT);
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.CLOSED);
        deliver(generous);
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void money_that_came_although_less_was_open_by_then_is_credit() {
        world.issued("i", line("a", "12.00"));
        deliver(new InMemoryPaymentGateway((payment, demand) -> {
            world.done(new PaymentCommand.Receive(
                    ACCOUNT, "by bank", usd("9.00"), new Allocation.To(HashMap.of(id("i"), usd("9.00")))));
            return new Outcome.Collected(payment, demand.amount());
        }));
        assertThat(world.status("i")).isEqualTo(InvoiceStatus.PAID);
        assertThat(world.account().free(Monetary.getCurrency("USD"))).isEqualTo(usd("9.00"));
    }

    @Test
    void many_who_make_one_attempt_record_it_once() {
        world.issued("i", line("a", "12.00"));
        assertThat(AtOnce.run(thread -> collecting(generous).collect(id("i"), "once")))
                .allMatch(Either::isRight);
        assertThat(world.account().funds()).hasSize(1);
        assertThat(world.account().free(Monetary.getCurrency("USD"))).isEqualTo(usd("0"));
    }

    @Test
    void documents_that_are_not_there_are_refused() {
        assertThat(collecting(generous).collect(id("nothing"), "once"))
                .isEqualTo(Either.left(new CommandRefused.UnknownInvoice(id("nothing"))));
    }

    @Test
    void what_cannot_be_recorded_is_told_again() {
        world.issued("i", line("a", "12.00"));
        PaymentGateway confused =
                (tenant, demand) -> new Outcome.Collected("payment", usd("0.01").negated());
        assertThat(deliver(confused).failed().keySet()).containsExactly(ACCOUNT);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Demand("attempt", ACCOUNT, id("i"), usd("0")))
                .withMessageContaining("USD 0");
        assertThat(world.ports
                        .invoices()
                        .find(ACCESS, id("i"))
                        .map(stored -> stored.standing().status()))
                .isEqualTo(Option.some(InvoiceStatus.CLOSED));
    }

    private CollectPayments collecting(PaymentGateway gateway) {
        return new CollectPayments(
                world.ports, new Commands(world.ports, Standard.profile(), world.clock), TENANT, gateway);
    }

    private Delivery deliver(PaymentGateway gateway) {
        return new DeliverEvents(world.ports.outbox(), TENANT, collecting(gateway)).deliver(100);
    }
}

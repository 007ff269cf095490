package dev.billing.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Receipt;
import dev.billing.port.TenantId;
import dev.billing.usecase.Command;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthCommand.Correct.Policy;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.PaymentCommand.Allocation;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Two commands that want the same thing meet at a barrier, again and again: what comes of them is what comes of them one after the other,
 * and neither has to be sent again. Extend it for a storage of your own.
 */
public abstract class RaceContract extends Races {

    /** What the line comes to, is sealed and charged; or it comes too late. */
    @Test
    void a_line_is_added_before_a_draft_is_final_or_not_at_all() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InvoiceId invoice = open("invoice", round);
            Seq<Either<BillingError, Receipt>> results = race(
                    round,
                    new DraftCommand.Finalise(invoice),
                    new DraftCommand.AddLines(invoice, 1, Array.of(line("late"))));
            assertThat(results.get(0).isRight())
                    .as("A draft must become final although a line is added: %s", results)
                    .isTrue();
            int lines = results.get(1).isRight() ? 2 : 1;
            count(lines);
            assertThat(lines(invoice)).as("Lines after %s", results).isEqualTo(lines);
            assertThat(account(round).open(TEN.currency()))
                    .as("What is charged after %s", results)
                    .isEqualTo(TEN.times(lines));
        }
        checkNumbers(rounds());
        checkOutcomes(1, 2);
    }

    /** One number, one charge. */
    @Test
    void a_draft_becomes_final_once() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InvoiceId invoice = open("invoice", round);
            Seq<Either<BillingError, Receipt>> results =
                    race(round, new DraftCommand.Finalise(invoice), new DraftCommand.Finalise(invoice));
            assertThat(results.count(Either::isRight))
                    .as("One of two must make a draft final: %s", results)
                    .isOne();
            assertThat(account(round).open(TEN.currency()))
                    .as("What is charged after %s", results)
                    .isEqualTo(TEN);
            count(results.indexWhere(Either::isRight));
        }
        checkNumbers(rounds());
        checkOutcomes(0, 1);
    }

    /** What is void is not owed, and what was paid on it is the customer's. */
    @Test
    void a_document_is_void_and_its_payment_is_credit_or_comes_too_late() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InvoiceId invoice = issue("invoice", round);
            Seq<Either<BillingError, Receipt>> results = race(
                    round,
                    new CreditCommand.Void(invoice, new InvoiceId("note-" + round), "because"),
                    new PaymentCommand.Receive(
                            accountId(round), "payment", TEN, new Allocation.To(HashMap.of(invoice, TEN))));
            assertThat(results.get(0).isRight())
                    .as("A document must become void although it is paid: %s", results)
                    .isTrue();
            assertThat(status(invoice)).isEqualTo(InvoiceStatus.VOID);
            Account account = account(round);
            assertThat(account.open(TEN.currency()))
                    .as("What is open after %s", results)
                    .isEqualTo(NOTHING);
            assertThat(account.free(TEN.currency()))
                    .as("What is free after %s", results)
                    .isEqualTo(results.get(1).isRight() ? TEN : NOTHING);
            count(results.get(1).isRight());
        }
        checkOutcomes(true, false);
    }

    /** Ten can be spent once. */
    @Test
    void credit_is_used_once() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InvoiceId one = issue("one", round);
            InvoiceId other = issue("other", round);
            Source payment = Source.payment("payment");
            did("pay", round, new PaymentCommand.Receive(accountId(round), "payment", TEN, new Allocation.Nothing()));
            Seq<Either<BillingError, Receipt>> results = race(
                    round,
                    new PaymentCommand.Allocate(accountId(round), payment, new Allocation.To(HashMap.of(one, TEN))),
                    new PaymentCommand.Allocate(accountId(round), payment, new Allocation.To(HashMap.of(other, TEN))));
            assertThat(results.count(Either::isRight))
                    .as("One of two must get the credit: %s", results)
                    .isOne();
            checkOneIsPaid(one, other);
        }
        checkOutcomes(InvoiceStatus.PAID, InvoiceStatus.CLOSED);
    }

    /** It pays one of the documents that become final at once, and the other waits. */
    @Test
    void credit_pays_one_of_two_that_become_final() throws Exception {
        for (int round = 0; round < fewerRounds(); round++) {
            InvoiceId one = open("one", round);
            InvoiceId other = open("other", round);
            did("pay", round, new PaymentCommand.Receive(accountId(round), "payment", TEN, new Allocation.Nothing()));
            Seq<Either<BillingError, Receipt>> results =
                    race(round, new DraftCommand.Finalise(one), new DraftCommand.Finalise(other));
            assertThat(results.forAll(Either::isRight))
                    .as("Two drafts of one account must both become final: %s", results)
                    .isTrue();
            checkOneIsPaid(one, other);
        }
        checkNumbers(2 * fewerRounds());
        checkOutcomes(InvoiceStatus.PAID, InvoiceStatus.CLOSED);
    }

    private void checkOneIsPaid(InvoiceId one, InvoiceId other) {
        Seq<InvoiceStatus> statuses = Array.of(status(one), status(other));
        assertThat(statuses)
                .as("One of two must be paid")
                .containsExactlyInAnyOrder(InvoiceStatus.PAID, InvoiceStatus.CLOSED);
        count(statuses.head());
    }

    /** What was heard late is billed once, wherever it is billed. */
    @Test
    void a_month_is_corrected_once() throws Exception {
        price();
        for (int round = 0; round < fewerRounds(); round++) {
            AccountId account = accountId(round);
            did("bill", round, new MonthCommand.Bill(account, MONTH, Terms.NONE));
            did("finalise", round, new DraftCommand.Finalise(monthOf(account)));
            ports().usage().record(tenant, Array.of(used(account)));
            Seq<Either<BillingError, Receipt>> results = race(
                    round,
                    new MonthCommand.Correct(account, MONTH, Policy.OWN_DOCUMENT, Terms.NONE),
                    new MonthCommand.Correct(account, MONTH, Policy.NEXT_INVOICE, Terms.NONE));
            assertThat(results.forAll(Either::isRight))
                    .as("Both corrections must be accepted, one of them with nothing to do: %s", results)
                    .isTrue();
            assertThat(results.map(Either::get)
                            .count(receipt -> receipt.events().nonEmpty()))
                    .as("One of two must correct the month: %s", results)
                    .isOne();
            count(results.indexWhere(result -> result.get().events().nonEmpty()));
        }
        checkOutcomes(0, 1);
    }

    private static UsageRecord used(AccountId account) {
        return new UsageRecord(
                new FactId("late/" + account),
                account,
                "requests",
                BigDecimal.ONE,
                Instant.parse("2024-02-10T00:00:00Z"),
                HashMap.empty(),
                NOW);
    }

    /** A key is a tenant's own. */
    @Test
    void one_key_of_two_tenants_names_two_commands() throws Exception {
        Seq<TenantId> tenants = Array.of(tenant, new TenantId("other " + tenant.value()));
        for (int round = 0; round < rounds(); round++) {
            InvoiceId invoice = new InvoiceId("invoice-" + round);
            CommandKey key = new CommandKey("key-" + round);
            Command open = new DraftCommand.Open(invoice, accountId(round), Array.of(line("line")));
            Seq<Either<BillingError, Receipt>> results =
                    meet(thread -> commands().run(Access.toAll(tenants.get(thread)), key, open));
            assertThat(results.forAll(Either::isRight))
                    .as("Both tenants' commands must take effect: %s", results)
                    .isTrue();
            assertThat(tenants.forAll(one ->
                            ports().invoices().find(Access.toAll(one), invoice).isDefined()))
                    .as("Both tenants must have a document of their own")
                    .isTrue();
        }
    }
}

package dev.billing.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.usecase.Command;
import dev.billing.usecase.Commands;
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
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two commands that want the same thing meet at a barrier, again and again: what comes of them is what comes of them one after the other,
 * and neither has to be sent again. Extend it for a storage of your own.
 */
public abstract class RaceContract {

    private static final Instant NOW = Instant.parse("2024-03-10T12:00:00Z");
    private static final long SECONDS = 60;
    private static final Money TEN = Money.of("USD", "10");
    private static final Money NOTHING = Money.of("USD", "0");

    private final TenantId tenant = new TenantId("race " + UUID.randomUUID());
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final CyclicBarrier start = new CyclicBarrier(2);

    /** Ports of the storage. Every race has a tenant of its own, so that they may be the same ones each time. */
    protected abstract Ports ports();

    /** How often two commands meet in each race. */
    protected int rounds() {
        return 1_000;
    }

    @AfterEach
    final void end() {
        pool.shutdownNow();
    }

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
            assertThat(lines(invoice)).as("Lines after %s", results).isEqualTo(lines);
            assertThat(account(round).open(TEN.currency()))
                    .as("What is charged after %s", results)
                    .isEqualTo(TEN.times(lines));
        }
        checkNumbers(rounds());
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
        }
        checkNumbers(rounds());
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
        }
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
            assertThat(Array.of(status(one), status(other)))
                    .as("One of two must be paid: %s", results)
                    .containsExactlyInAnyOrder(InvoiceStatus.PAID, InvoiceStatus.CLOSED);
        }
    }

    /** It pays one of the documents that become final at once, and the other waits. */
    @Test
    void credit_pays_one_of_two_that_become_final() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InvoiceId one = open("one", round);
            InvoiceId other = open("other", round);
            did("pay", round, new PaymentCommand.Receive(accountId(round), "payment", TEN, new Allocation.Nothing()));
            Seq<Either<BillingError, Receipt>> results =
                    race(round, new DraftCommand.Finalise(one), new DraftCommand.Finalise(other));
            assertThat(results.forAll(Either::isRight))
                    .as("Two drafts of one account must both become final: %s", results)
                    .isTrue();
            assertThat(Array.of(status(one), status(other)))
                    .as("One of two must be paid: %s", results)
                    .containsExactlyInAnyOrder(InvoiceStatus.PAID, InvoiceStatus.CLOSED);
        }
        checkNumbers(2 * rounds());
    }

    /** What was heard late is billed once, wherever it is billed. */
    @Test
    void a_month_is_corrected_once() throws Exception {
        YearMonth month = YearMonth.of(2024, 2);
        Product requests = new Product("requests", "usage", "request", new PerUnit(TEN), Option.some("requests"));
        ports().priceBooks()
                .put(
                        tenant,
                        PriceBook.of(
                                new PriceBookVersion("main", 1), TEN.currency(), Instant.EPOCH, Array.of(requests)));
        for (int round = 0; round < rounds(); round++) {
            AccountId account = accountId(round);
            did("bill", round, new MonthCommand.Bill(account, month, Terms.NONE));
            did(
                    "finalise",
                    round,
                    new DraftCommand.Finalise(new InvoiceId("month/" + account + "/2024-02-01T00:00:00Z")));
            ports().usage().record(tenant, Array.of(used(account)));
            Seq<Either<BillingError, Receipt>> results = race(
                    round,
                    new MonthCommand.Correct(account, month, Policy.OWN_DOCUMENT, Terms.NONE),
                    new MonthCommand.Correct(account, month, Policy.NEXT_INVOICE, Terms.NONE));
            assertThat(results.forAll(Either::isRight))
                    .as("Both corrections must be accepted, one of them with nothing to do: %s", results)
                    .isTrue();
            assertThat(results.map(Either::get)
                            .count(receipt -> receipt.events().nonEmpty()))
                    .as("One of two must correct the month: %s", results)
                    .isOne();
        }
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

    // How they meet

    private Commands commands() {
        return new Commands(ports(), Standard.profile(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Seq<Either<BillingError, Receipt>> race(int round, Command one, Command other) throws Exception {
        Seq<Command> both = Array.of(one, other);
        return meet(thread ->
                commands().run(Access.toAll(tenant), new CommandKey("race-" + round + "-" + thread), both.get(thread)));
    }

    private <T> Seq<T> meet(IntFunction<T> task) throws Exception {
        Seq<Callable<T>> calls = Array.range(0, 2).map(thread -> () -> {
            start.await(SECONDS, TimeUnit.SECONDS);
            return task.apply(thread);
        });
        Array<T> results = Array.empty();
        for (Future<T> result : pool.invokeAll(calls.asJava(), SECONDS, TimeUnit.SECONDS)) {
            results = results.append(result.get());
        }
        return results;
    }

    private void did(String what, int round, Command command) {
        commands()
                .run(Access.toAll(tenant), new CommandKey(what + "-" + round), command)
                .getOrElseThrow(refused -> new AssertionError(what + ": " + refused.message()));
    }

    // What there is

    private InvoiceId open(String name, int round) {
        InvoiceId invoice = new InvoiceId(name + "-" + round);
        did("open " + name, round, new DraftCommand.Open(invoice, accountId(round), Array.of(line("line"))));
        return invoice;
    }

    private InvoiceId issue(String name, int round) {
        InvoiceId invoice = open(name, round);
        did("finalise " + name, round, new DraftCommand.Finalise(invoice));
        return invoice;
    }

    private static AccountId accountId(int round) {
        return new AccountId("account-" + round);
    }

    private static LineItem line(String id) {
        return LineItem.builder(new LineId(id), "sku", "compute", NOW, Origin.Provided.of(id))
                .price(TEN)
                .build();
    }

    private Account account(int round) {
        return Account.of(accountId(round), ports().accounts().entries(Access.toAll(tenant), accountId(round)));
    }

    private InvoiceStatus status(InvoiceId invoice) {
        return ports().invoices()
                .find(Access.toAll(tenant), invoice)
                .get()
                .standing()
                .status();
    }

    private int lines(InvoiceId invoice) {
        return ports().invoices()
                .lines(
                        Access.toAll(tenant),
                        LineItemQuery.of(invoice),
                        lines -> Array.ofAll(() -> lines).size());
    }

    private void checkNumbers(int documents) {
        Seq<Long> numbers = Array.empty();
        for (int from = 0; from < documents; from += PageRequest.MAX_SIZE) {
            numbers = numbers.appendAll(ports().invoices()
                    .search(Access.toAll(tenant), InvoiceQuery.ALL, new PageRequest(from, PageRequest.MAX_SIZE))
                    .rows()
                    .map(Stored::invoice)
                    .flatMap(invoice -> ((Invoice.Issued) invoice).number())
                    .map(InvoiceNumber::value));
        }
        assertThat(numbers.sorted())
                .as("Numbers must be 1, 2, 3, … without gap or duplicate")
                .containsExactlyElementsOf(Array.rangeClosed(1L, (long) documents));
    }
}

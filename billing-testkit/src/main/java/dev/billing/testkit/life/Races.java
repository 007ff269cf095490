package dev.billing.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
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
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.VerifyTenant;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
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

/**
 * Two commands that want the same thing meet at a barrier, again and again: what comes of them is what comes of them one after the other,
 * and neither has to be sent again.
 */
abstract class Races {

    static final Instant NOW = Instant.parse("2024-03-10T12:00:00Z");
    static final YearMonth MONTH = YearMonth.of(2024, 2);
    private static final long SECONDS = 60;
    static final Money TEN = Money.of("USD", "10");
    static final Money NOTHING = Money.of("USD", "0");

    final TenantId tenant = new TenantId("race " + UUID.randomUUID());
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final CyclicBarrier start = new CyclicBarrier(2);
    private Map<String, Integer> outcomes = HashMap.empty();

    /** Ports of the storage. Every race has a tenant of its own, so that they may be the same ones each time. */
    protected abstract Ports ports();

    /** How often two commands meet in each race. */
    protected int rounds() {
        return 1_000;
    }

    /** How often they meet in races that take longer. */
    final int fewerRounds() {
        return Math.max(2, rounds() / 5);
    }

    /** Whether there are so many rounds that each of two commands must have been the first one now and then. */
    protected boolean isEitherFirst() {
        return false;
    }

    @AfterEach
    final void end() {
        pool.shutdownNow();
        assertThat(new VerifyTenant(ports(), Array.of(Standard.profile()))
                        .run(tenant)
                        .findings())
                .as("What is wrong after the race")
                .isEmpty();
    }

    final void price() {
        Product requests = new Product("requests", "usage", "request", new PerUnit(TEN), Option.some("requests"));
        ports().priceBooks()
                .put(
                        tenant,
                        PriceBook.of(
                                new PriceBookVersion("main", 1), TEN.currency(), Instant.EPOCH, Array.of(requests)));
    }

    static InvoiceId monthOf(AccountId account) {
        return new InvoiceId("month/" + account + "/2024-02-01T00:00:00Z");
    }

    // How they meet

    final Commands commands() {
        return new Commands(ports(), Standard.profile(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** In every tenth round each of them lets the other plan first, so that the one that plans faster does not win them all. */
    final Seq<Either<BillingError, Receipt>> race(int round, Command one, Command other) throws Exception {
        Seq<Command> both = Array.of(one, other);
        return meet(thread -> {
            if (round % 10 == thread) {
                commands().preview(Access.toAll(tenant), both.get(1 - thread));
            }
            return commands()
                    .run(Access.toAll(tenant), new CommandKey("race-" + round + "-" + thread), both.get(thread));
        });
    }

    final <T> Seq<T> meet(IntFunction<T> task) throws Exception {
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

    final void did(String what, int round, Command command) {
        commands()
                .run(Access.toAll(tenant), new CommandKey(what + "-" + round), command)
                .getOrElseThrow(refused -> new AssertionError(what + ": " + refused.message()));
    }

    final void count(Object outcome) {
        outcomes = outcomes.put(outcome.toString(), 1, Integer::sum);
    }

    final void checkOutcomes(Object one, Object other) {
        assertThat(outcomes.keySet())
                .as("What came of the race, and how often: %s", outcomes)
                .isSubsetOf(one.toString(), other.toString())
                .hasSizeGreaterThanOrEqualTo(isEitherFirst() ? 2 : 1);
    }

    // What there is

    final InvoiceId open(String name, int round) {
        InvoiceId invoice = new InvoiceId(name + "-" + round);
        did("open " + name, round, new DraftCommand.Open(invoice, accountId(round), Array.of(line("line"))));
        return invoice;
    }

    final InvoiceId issue(String name, int round) {
        InvoiceId invoice = open(name, round);
        did("finalise " + name, round, new DraftCommand.Finalise(invoice));
        return invoice;
    }

    static AccountId accountId(int round) {
        return new AccountId("account-" + round);
    }

    static LineItem line(String id) {
        return LineItem.builder(new LineId(id), "sku", "compute", NOW, Origin.Provided.of(id))
                .price(TEN)
                .build();
    }

    final Account account(int round) {
        return Account.of(accountId(round), ports().accounts().entries(Access.toAll(tenant), accountId(round)));
    }

    final InvoiceStatus status(InvoiceId invoice) {
        return stored(invoice).standing().status();
    }

    final Stored stored(InvoiceId document) {
        return ports().invoices().find(Access.toAll(tenant), document).get();
    }

    final int lines(InvoiceId invoice) {
        return ports().invoices()
                .lines(
                        Access.toAll(tenant),
                        LineItemQuery.of(invoice),
                        lines -> Array.ofAll(() -> lines).size());
    }

    final void checkNumbers(int documents) {
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

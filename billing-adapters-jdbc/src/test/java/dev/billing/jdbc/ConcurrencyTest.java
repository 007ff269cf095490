package dev.billing.jdbc;

import static dev.billing.jdbc.Samples.ALL;
import static dev.billing.jdbc.Samples.TENANT;
import static dev.billing.jdbc.Samples.commit;
import static dev.billing.jdbc.Samples.issue;
import static dev.billing.jdbc.Samples.line;
import static dev.billing.jdbc.Samples.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Movement;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.usage.Fact;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.Recorded;
import dev.billing.port.UsageStore;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever order callers name things in, they wait for each other and never in a circle: no call here asks to be repeated. */
class ConcurrencyTest {

    private static final int THREADS = 8;
    private static final int ROUNDS = 5;

    private static <T> Seq<T> together(IntFunction<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                calls.add(() -> {
                    start.await();
                    return task.apply(thread);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> call : pool.invokeAll(calls)) {
                results.add(call.get());
            }
            return Array.ofAll(results);
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> Seq<T> ordered(int thread, Seq<T> values) {
        return thread % 2 == 0 ? values : values.reverse();
    }

    @ParameterizedTest
    @EnumSource
    void documents_may_be_named_in_any_order(Engine engine) throws Exception {
        InvoiceStore store = JdbcPorts.open(engine.empty()).invoices();
        for (int round = 0; round < ROUNDS; round++) {
            Seq<Write> writes =
                    Array.of(round + "-a", round + "-b", round + "-c").map(id -> (Write) issue(id, line("line", "1")));
            Seq<Either<CommitRefused, Receipt>> results = together(thread ->
                    store.commit(TENANT, commit(ordered(thread, writes).toJavaArray(Write[]::new))));
            assertThat(results.count(Either::isRight)).isOne();
        }
        assertThat(store.search(ALL, InvoiceQuery.ALL, PageRequest.first(0)).total())
                .isEqualTo(3L * ROUNDS);
    }

    @ParameterizedTest
    @EnumSource
    void accounts_may_be_named_in_any_order(Engine engine) throws Exception {
        Ports ports = JdbcPorts.open(engine.empty());
        Seq<AccountId> accounts = Array.of("a", "b", "c").map(AccountId::new);
        for (int round = 0; round < ROUNDS; round++) {
            Seq<Either<CommitRefused, Receipt>> results = together(thread -> {
                Seq<AccountId> order = ordered(thread, accounts);
                return ports.invoices()
                        .commit(
                                TENANT,
                                new Commit(
                                        Samples.newKey(),
                                        "content",
                                        order.take(2).map(ConcurrencyTest::enter),
                                        order.drop(1)
                                                .map(account -> Event.of("type", account, "subject", Samples.NOW))));
            });
            assertThat(results.forAll(Either::isRight)).isTrue();
        }
        assertThat(accounts.map(
                        account -> ports.accounts().entries(ALL, account).size()))
                .containsExactly(THREADS * ROUNDS / 2, THREADS * ROUNDS, THREADS * ROUNDS / 2);
        assertThat(ports.outbox().undelivered(TENANT, 1_000)).hasSize(2 * THREADS * ROUNDS);
    }

    private static Write enter(AccountId account) {
        return new Write.Enter(account, Option.none(), Samples.NOW, Array.of(new Movement.Resumed("note")));
    }

    @ParameterizedTest
    @EnumSource
    void lines_may_belong_to_the_same_places_in_any_order(Engine engine) throws Exception {
        InvoiceStore store = JdbcPorts.open(engine.empty()).invoices();
        Seq<LineItem> lines = Array.range(0, 2_000)
                .map(i -> LineItem.builder(
                                line("line-" + i, "1").id(),
                                "sku",
                                "compute",
                                Samples.NOW,
                                line("x", "1").origin())
                        .price(line("x", "1").price().get())
                        .places(Samples.places("app-" + i))
                        .build());
        Seq<Either<CommitRefused, Receipt>> results = together(thread ->
                store.commit(TENANT, commit(issue(Samples.head("invoice-" + thread), ordered(thread, lines)))));
        assertThat(results.forAll(Either::isRight)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void facts_may_be_reported_in_any_order(Engine engine) throws Exception {
        UsageStore store = JdbcPorts.open(engine.empty()).usage();
        for (int round = 0; round < ROUNDS; round++) {
            int first = round * 500;
            Seq<Fact> facts = Array.range(first, first + 500).map(i -> used("fact-" + i, "1"));
            Seq<Recorded> results = together(
                    thread -> store.record(TENANT, ordered(thread, facts)).get());
            assertThat(results.reduce(Recorded::plus)).isEqualTo(new Recorded(500, 500L * (THREADS - 1)));
        }
    }
}

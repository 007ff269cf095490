package dev.billing.testkit;

import static dev.billing.testkit.FactFixtures.day;
import static dev.billing.testkit.FactFixtures.used;
import static dev.billing.testkit.InvoiceFixtures.ALICE;
import static dev.billing.testkit.InvoiceFixtures.ALL;
import static dev.billing.testkit.InvoiceFixtures.FEBRUARY;
import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static dev.billing.testkit.InvoiceFixtures.commit;
import static dev.billing.testkit.InvoiceFixtures.id;
import static dev.billing.testkit.InvoiceFixtures.issue;
import static dev.billing.testkit.InvoiceFixtures.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.port.Commit;
import dev.billing.port.FactQuery;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemOrder;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.StorageException;
import dev.billing.port.StorageException.Kind;
import dev.billing.port.UsageStore;
import dev.billing.testkit.FaultInjection.Call;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.util.EnumMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FaultInjectionTest {

    private final FaultInjection faults = new FaultInjection();
    private final Ports ports = faults.in(InMemoryPorts.create());
    private final InvoiceStore invoices = ports.invoices();
    private final UsageStore usage = ports.usage();

    @Test
    void fails_before_a_change_is_made() {
        faults.before(Call.COMMIT, 1);
        assertThatThrownBy(() -> invoices.commit(TENANT, commit(issue("invoice"))))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.RETRYABLE));
        assertThat(invoices.find(ALL, id("invoice"))).isEmpty();
    }

    @Test
    void fails_after_a_change_is_made() {
        Commit commit = commit(issue("invoice"));
        faults.after(Call.COMMIT, 1);
        assertThatThrownBy(() -> invoices.commit(TENANT, commit))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME));
        assertThat(invoices.find(ALL, id("invoice"))).isNotEmpty();
        assertThat(invoices.commit(TENANT, commit).isRight()).isTrue();
    }

    @Test
    void fails_at_the_call_that_is_chosen_and_once() {
        invoices.find(ALL, id("invoice"));
        faults.before(Call.FIND, 2);
        invoices.find(ALL, id("invoice"));
        assertThatThrownBy(() -> invoices.find(ALL, id("invoice"))).isInstanceOf(StorageException.class);
        invoices.find(ALL, id("invoice"));
        assertThat(faults.calls(Call.FIND)).isEqualTo(4);
        assertThat(faults.calls(Call.COMMIT)).isZero();
    }

    @Test
    void lets_every_call_fail() {
        FactQuery facts = FactQuery.of(ALICE, FEBRUARY);
        LineItemQuery lines = LineItemQuery.of(InvoiceQuery.ALL);
        Map<Call, ThrowingCallable> calls = new EnumMap<>(Map.ofEntries(
                Map.entry(Call.COMMIT, () -> invoices.commit(TENANT, commit(issue("invoice")))),
                Map.entry(Call.ANSWER, () -> invoices.answer(TENANT, newKey())),
                Map.entry(Call.FIND, () -> invoices.find(ALL, id("invoice"))),
                Map.entry(Call.SEARCH, () -> invoices.search(ALL, InvoiceQuery.ALL, PageRequest.first(1))),
                Map.entry(Call.TALLY, () -> invoices.tally(ALL, InvoiceQuery.ALL, Array.empty(), Array.empty())),
                Map.entry(Call.LINES, () -> invoices.lines(ALL, lines, found -> found.hasNext())),
                Map.entry(
                        Call.SEARCH_LINES,
                        () -> invoices.searchLines(ALL, lines, LineItemOrder.of(), PageRequest.first(1))),
                Map.entry(Call.TALLY_LINES, () -> invoices.tallyLines(ALL, lines, Array.empty())),
                Map.entry(Call.ROLLUP, () -> invoices.rollup(ALL, lines, Array.empty())),
                Map.entry(Call.ENTRIES, () -> ports.accounts().entries(ALL, ALICE)),
                Map.entry(Call.DETAILS, () -> ports.accounts().details(ALL, ALICE)),
                Map.entry(Call.PAID_BY, () -> ports.accounts().paidBy(ALL, ALICE)),
                Map.entry(Call.ACCOUNTS, () -> ports.accounts().accounts(ALL, Option.none(), 1)),
                Map.entry(Call.UNDELIVERED, () -> ports.outbox().undelivered(TENANT, 1)),
                Map.entry(Call.DELIVERED, () -> ports.outbox().delivered(TENANT, ALICE, 1)),
                Map.entry(Call.RECORD, () -> usage.record(TENANT, Array.of(used("use", day(1))))),
                Map.entry(Call.LIFETIMES, () -> usage.lifetimes(ALL, facts, found -> found.hasNext())),
                Map.entry(Call.USAGE, () -> usage.usage(ALL, facts, found -> found.hasNext())),
                Map.entry(Call.EARLIEST, () -> usage.earliest(ALL, ALICE, Option.none(), day(1))),
                Map.entry(Call.FACT_ACCOUNTS, () -> usage.accounts(ALL, Option.none(), 1))));
        assertThat(calls).containsOnlyKeys(Call.values());
        calls.forEach((call, made) -> {
            faults.before(call, 1).after(call, 2);
            assertThatThrownBy(made).as("before %s", call).isInstanceOf(StorageException.class);
            assertThatThrownBy(made).as("after %s", call).isInstanceOf(StorageException.class);
        });
    }

    @Test
    void lets_all_calls_fail_while_the_storage_is_down() {
        invoices.find(ALL, id("invoice"));
        faults.downAfter(2);
        invoices.find(ALL, id("invoice"));
        usage.accounts(ALL, Option.none(), 1);
        assertThatThrownBy(() -> invoices.find(ALL, id("invoice"))).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> ports.accounts().entries(ALL, ALICE)).isInstanceOf(StorageException.class);
        assertThat(faults.calls()).isEqualTo(5);
        faults.up();
        assertThat(invoices.find(ALL, id("invoice"))).isEmpty();
        assertThatThrownBy(() -> faults.downAfter(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void counts_from_the_next_call() {
        assertThatThrownBy(() -> faults.before(Call.FIND, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.billing.testkit;

import static dev.billing.testkit.AccountFixtures.accepted;
import static dev.billing.testkit.InvoiceFixtures.ALICE;
import static dev.billing.testkit.InvoiceFixtures.BOB;
import static dev.billing.testkit.InvoiceFixtures.LATER;
import static dev.billing.testkit.InvoiceFixtures.NOW;
import static dev.billing.testkit.InvoiceFixtures.ODD;
import static dev.billing.testkit.InvoiceFixtures.OTHER_TENANT;
import static dev.billing.testkit.InvoiceFixtures.TENANT;
import static dev.billing.testkit.InvoiceFixtures.issue;
import static dev.billing.testkit.InvoiceFixtures.newKey;
import static dev.billing.testkit.InvoiceFixtures.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.Series;
import dev.billing.port.Commit;
import dev.billing.port.Event;
import dev.billing.port.Outbox;
import dev.billing.port.Ports;
import dev.billing.port.Published;
import dev.billing.port.Receipt;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import org.junit.jupiter.api.Test;

/**
 * The rules that every {@link Outbox} keeps: at least one test for each number in its Javadoc. Extend it in your tests, beside
 * {@link InvoiceStoreContract}, and return your ports.
 * <p>
 * In which order accounts come is left open. Where threads meet, a store may ask for a call to be repeated with a
 * {@link dev.billing.port.StorageException} that says so; the contract repeats it, for a while.
 */
public abstract class OutboxContract {

    private static final int MANY = 10_000;
    private static final Seq<Write> NOTHING = Array.empty();
    private static final AccountId OTHER_CASE = new AccountId("Alice");

    /** Ports over an empty storage, of which documents and events are used. Called once for each test. */
    protected abstract Ports emptyPorts();

    // O1: events are there if the commit took effect

    @Test
    void o1_the_events_of_a_commit_are_there() {
        Ports ports = emptyPorts();
        Event full = new Event(
                "type" + ODD,
                new AccountId("account" + ODD),
                "subject" + ODD + "x".repeat(300),
                LATER,
                HashMap.of("name" + ODD, "value" + ODD, "empty", "", "", "of nothing"));
        publish(ports, full);
        publish(ports, event("a", ALICE));
        assertThat(all(ports, TENANT).map(Published::event))
                .as("O1: events must be there as committed; is a part or an odd character lost on the way?")
                .containsExactlyInAnyOrder(full, event("a", ALICE));
    }

    @Test
    void o1_an_event_tells_the_number_that_its_subject_got() {
        Ports ports = emptyPorts();
        Series series = new Series("series", new NumberFormat("No. ", 4), Series.Gaps.NONE);
        Event told = Event.of("invoice.finalised", ALICE, "invoice", NOW).with("total", "12.34");
        Event other = Event.of("invoice.finalised", ALICE, "unnumbered", NOW);
        Receipt receipt =
                commit(ports, Array.of(numbered("invoice", series), issue("unnumbered")), Array.of(told, other));
        Seq<Event> expected = Array.of(told.with(Event.NUMBER, "No. 0001"), other);
        assertThat(all(ports, TENANT).map(Published::event))
                .as("O1: the event of a document that gets a number must tell it, as it is written")
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(receipt.events())
                .as("O1: the answer must tell the events as they are there")
                .isEqualTo(expected);
    }

    @Test
    void o1_what_is_refused_tells_nothing() {
        Ports ports = emptyPorts();
        commit(ports, Array.of(issue("invoice")), Array.of(event("first", ALICE)));
        Commit refused = new Commit(
                newKey(), "content", Array.of(issue("invoice")), Array.of(event("refused", ALICE), event("too", BOB)));
        assertThat(ports.invoices().commit(TENANT, refused).isLeft()).isTrue();
        assertThat(all(ports, TENANT))
                .as("O1: there must be no event of a commit that was refused")
                .containsExactly(new Published(event("first", ALICE), 1));
    }

    @Test
    void o1_what_is_sent_again_is_told_once() {
        Ports ports = emptyPorts();
        Commit commit = new Commit(newKey(), "content", NOTHING, Array.of(event("a", ALICE)));
        accepted(ports.invoices().commit(TENANT, commit));
        accepted(ports.invoices().commit(TENANT, commit));
        assertThat(all(ports, TENANT))
                .as("O1: a commit that is sent again must not be told again")
                .containsExactly(new Published(event("a", ALICE), 1));
    }

    // O2: numbers

    @Test
    void o2_numbers_the_events_of_each_account_in_order() {
        Ports ports = emptyPorts();
        Seq<AccountId> accounts = Array.of(ALICE, BOB, OTHER_CASE, ALICE, ALICE, BOB);
        for (int n = 0; n < 5; n++) {
            int commit = n;
            publish(
                    ports,
                    accounts.zipWithIndex((account, index) -> event(9 - commit + "-" + (9 - index), account))
                            .toJavaArray(Event[]::new));
        }
        Seq<Published> all = all(ports, TENANT);
        for (AccountId account : accounts.distinct()) {
            Seq<String> types = Array.range(0, 5)
                    .flatMap(commit -> accounts.zipWithIndex()
                            .filter(told -> told._1.equals(account))
                            .map(told -> 9 - commit + "-" + (9 - told._2)));
            assertThat(of(all, account))
                    .as("O2: events of an account must be numbered in the order of commits, and within them as given")
                    .isEqualTo(types.zipWithIndex((type, index) -> new Published(event(type, account), index + 1L)));
        }
    }

    @Test
    void o2_numbers_go_on_after_all_was_delivered() {
        Ports ports = emptyPorts();
        publish(ports, event("a", ALICE), event("b", ALICE));
        ports.outbox().delivered(TENANT, ALICE, 2);
        publish(ports, event("c", ALICE));
        assertThat(all(ports, TENANT))
                .as("O2: numbers must go on, whatever was delivered")
                .containsExactly(new Published(event("c", ALICE), 3));
    }

    @Test
    void o2_numbers_the_events_of_many_threads_without_gap_or_duplicate() {
        Ports ports = emptyPorts();
        int each = 12;
        Together.run(thread -> Array.range(0, each).map(n -> {
            Commit commit = new Commit(
                    newKey(),
                    "content",
                    NOTHING,
                    Array.of(event("a-" + thread, ALICE), event("b-" + thread, thread % 2 == 0 ? BOB : ALICE)));
            return accepted(Together.persistently(() -> ports.invoices().commit(TENANT, commit)));
        }));
        Seq<Published> all = all(ports, TENANT);
        for (AccountId account : Array.of(ALICE, BOB)) {
            Seq<Published> own = of(all, account);
            assertThat(own.map(Published::number))
                    .as("O2: the events of an account must be numbered without gap or duplicate")
                    .isEqualTo(Array.rangeClosed(1L, own.size()));
        }
        assertThat(all).as("O2: all events must be there").hasSize(2 * each * Together.THREADS);
    }

    // O3: what was not delivered

    @Test
    void o3_gives_at_most_so_many_and_no_gap() {
        Ports ports = emptyPorts();
        for (int n = 0; n < 4; n++) {
            publish(ports, event("a", ALICE), event("b", BOB), event("c", ALICE));
        }
        for (int max = 0; max <= 13; max++) {
            Seq<Published> some = ports.outbox().undelivered(TENANT, max);
            assertThat(some)
                    .as("O3: there must be as many events as are asked for, while there are")
                    .hasSize(Math.min(max, 12));
            for (AccountId account : Array.of(ALICE, BOB)) {
                assertThat(of(some, account).map(Published::number))
                        .as("O3: an account's events must come in the order of their numbers, without a gap")
                        .isEqualTo(Array.rangeClosed(1L, of(some, account).size()));
            }
        }
    }

    @Test
    void o3_gives_each_event_until_it_is_marked() {
        Ports ports = emptyPorts();
        for (int n = 0; n < 12; n++) {
            publish(ports, event("a" + n, ALICE), event("b" + n, BOB));
        }
        Seq<Published> expected = all(ports, TENANT);
        assertThat(all(ports, TENANT))
                .as("O3: to look at events must not deliver them")
                .isEqualTo(expected);
        Seq<Published> drained = Array.empty();
        for (int round = 0; round < 24 && !all(ports, TENANT).isEmpty(); round++) {
            for (Published next : ports.outbox().undelivered(TENANT, 5)) {
                ports.outbox().delivered(TENANT, next.event().account(), next.number());
                drained = drained.append(next);
            }
        }
        assertThat(drained)
                .as("O3: whoever delivers some at a time must get every event once")
                .containsExactlyInAnyOrderElementsOf(expected);
        for (AccountId account : Array.of(ALICE, BOB)) {
            assertThat(of(drained, account).map(Published::number))
                    .as("O3: an account's events must come in the order of their numbers")
                    .isEqualTo(Array.rangeClosed(1L, 12L));
        }
    }

    // O4: what was delivered

    @Test
    void o4_what_was_marked_is_never_given_again() {
        Ports ports = emptyPorts();
        publish(ports, event("a", ALICE), event("b", ALICE), event("c", ALICE));
        for (long upTo : new long[] {0, 1, 2, 1, 0}) {
            ports.outbox().delivered(TENANT, ALICE, upTo);
        }
        assertThat(all(ports, TENANT).map(Published::number))
                .as("O4: what was marked must not come again, even if less is marked later")
                .containsExactly(3L);
    }

    @Test
    void o4_marks_the_events_of_one_account() {
        Ports ports = emptyPorts();
        publish(ports, event("a", ALICE), event("b", OTHER_CASE), event("c", BOB));
        ports.outbox().delivered(TENANT, ALICE, 1);
        ports.outbox().delivered(TENANT, new AccountId("unknown"), 1);
        assertThat(all(ports, TENANT).map(published -> published.event().account()))
                .as("O4: what is marked for one account must not be marked for another")
                .containsExactlyInAnyOrder(OTHER_CASE, BOB);
    }

    @Test
    void o4_what_happens_later_is_not_marked() {
        Ports ports = emptyPorts();
        publish(ports, event("a", ALICE));
        ports.outbox().delivered(TENANT, ALICE, 7);
        publish(ports, event("b", ALICE));
        assertThat(all(ports, TENANT))
                .as("O4: only what there is can be marked; what happens later must be given")
                .containsExactly(new Published(event("b", ALICE), 2));
    }

    // O5: tenants

    @Test
    void o5_nothing_crosses_a_tenant() {
        Ports ports = emptyPorts();
        publish(ports, event("a", ALICE));
        assertThat(all(ports, OTHER_TENANT))
                .as("O5: events of another tenant must not be given")
                .isEmpty();
        ports.outbox().delivered(OTHER_TENANT, ALICE, 1);
        assertThat(all(ports, TENANT))
                .as("O5: events of another tenant must not be marked")
                .containsExactly(new Published(event("a", ALICE), 1));
        Event other = event("other", ALICE);
        accepted(ports.invoices().commit(OTHER_TENANT, new Commit(newKey(), "content", NOTHING, Array.of(other))));
        assertThat(all(ports, OTHER_TENANT))
                .as("O5: each tenant must have its own numbers")
                .containsExactly(new Published(other, 1));
    }

    // What the tests share

    private static Event event(String type, AccountId account) {
        return Event.of(type, account, "subject", NOW);
    }

    private static void publish(Ports ports, Event... events) {
        commit(ports, NOTHING, Array.of(events));
    }

    private static Receipt commit(Ports ports, Seq<? extends Write> writes, Seq<Event> events) {
        return accepted(ports.invoices()
                .commit(TENANT, new Commit(newKey(), "content", Array.narrow(Array.ofAll(writes)), events)));
    }

    private static Seq<Published> all(Ports ports, TenantId tenant) {
        return ports.outbox().undelivered(tenant, MANY);
    }

    private static Seq<Published> of(Seq<Published> events, AccountId account) {
        return events.filter(published -> published.event().account().equals(account));
    }
}

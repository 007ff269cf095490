package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.Event;
import dev.billing.port.Outbox;
import dev.billing.port.Published;
import dev.billing.port.StorageException;
import dev.billing.port.TenantId;
import dev.billing.testkit.FaultInjection;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.usecase.CloudEvent;
import dev.billing.usecase.DeliverEvents;
import dev.billing.usecase.DeliverEvents.Delivery;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DeliverEventsTest {

    private static final AccountId THIRD = new AccountId("third");

    private final FaultInjection faults = new FaultInjection();
    private final dev.billing.port.Ports ports = faults.in(InMemoryPorts.create());
    private final List<String> taken = new ArrayList<>();
    private int commits;

    @Test
    void hands_on_each_event_once_and_in_order() {
        happen(ACCOUNT, "a", "b");
        happen(OTHER, "c");
        assertThat(deliver(10)).isEqualTo(new Delivery(3, 0, HashMap.empty()));
        assertThat(taken).containsExactly("account a 1", "account b 2", "other account c 1");
        happen(ACCOUNT, "d");
        assertThat(deliver(10).delivered()).isEqualTo(1);
        assertThat(taken.get(3)).isEqualTo("account d 3");
        assertThat(deliver(10).delivered()).isZero();
    }

    @Test
    void an_event_that_is_not_taken_holds_back_its_account_only() {
        happen(ACCOUNT, "a", "broken", "b");
        happen(OTHER, "c", "d");
        RuntimeException broken = new IllegalStateException("closed");
        DeliverEvents.Sink sink = event -> {
            if (event.event().type().equals("broken")) {
                throw broken;
            }
            take(event);
        };
        assertThat(new DeliverEvents(ports.outbox(), TENANT, sink).deliver(10))
                .isEqualTo(new Delivery(3, 2, HashMap.of(ACCOUNT, broken)));
        assertThat(taken).containsExactly("account a 1", "other account c 1", "other account d 2");
        assertThat(deliver(10).delivered()).isEqualTo(2);
        assertThat(taken.subList(3, 5)).containsExactly("account broken 2", "account b 3");
    }

    @Test
    void an_account_that_is_stuck_does_not_fill_the_page() {
        happen(ACCOUNT, "a", "b", "c", "d", "e");
        happen(OTHER, "f");
        happen(THIRD, "g");
        DeliverEvents.Sink sink = event -> {
            if (event.event().account().equals(ACCOUNT)) {
                throw new IllegalStateException("closed");
            }
            take(event);
        };
        Delivery delivery = new DeliverEvents(ports.outbox(), TENANT, sink).deliver(1);
        assertThat(delivery.delivered()).isEqualTo(2);
        assertThat(delivery.failed().keySet()).containsExactly(ACCOUNT);
        assertThat(taken).containsExactly("other account f 1", "third g 1");
    }

    @Test
    void what_was_taken_and_not_marked_is_handed_on_again() {
        happen(ACCOUNT, "a", "b");
        faults.before(Call.DELIVERED, 1);
        assertThatThrownBy(() -> deliver(10)).isInstanceOf(StorageException.class);
        assertThat(deliver(10).delivered()).isEqualTo(2);
        assertThat(taken).containsExactly("account a 1", "account b 2", "account a 1", "account b 2");
    }

    @Test
    void must_read_something() {
        assertThatThrownBy(() -> deliver(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    /** Whoever keeps, of each account, the first of each number has them all, and in their order. */
    @Property(tries = 200)
    void everything_arrives_in_order_whatever_fails(@ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int page) {
        Random random = new Random(seed);
        for (int i = 0; i < 30; i++) {
            happen(new AccountId("account " + random.nextInt(4)), "event " + i);
            if (random.nextInt(3) == 0) {
                attempt(random, page);
            }
        }
        while (ports.outbox().undelivered(TENANT, 1).nonEmpty()) {
            attempt(page, this::take);
        }
        Seq<Published> all = Array.ofAll(seen);
        all.groupBy(published -> published.event().account()).forEach((account, events) -> {
            assertThat(events.map(Published::number).distinct())
                    .as("numbers of %s, the first time each", account)
                    .containsExactlyElementsOf(Array.rangeClosed(
                            1L, events.map(Published::number).max().get()));
        });
        assertThat(all.map(published -> published.event().type()).distinct()).hasSize(30);
        assertThat(ports.outbox().undelivered(TENANT, 100)).isEmpty();
        all.groupBy(published -> published.event().account())
                .forEach((account, events) -> events.foldLeft(0L, (last, next) -> {
                    assertThat(next.number()).as("no event is skipped").isLessThanOrEqualTo(last + 1);
                    return Math.max(last, next.number());
                }));
    }

    private final List<Published> seen = new ArrayList<>();

    private void attempt(Random random, int page) {
        if (random.nextBoolean()) {
            faults.before(Call.DELIVERED, 1 + random.nextInt(2));
        }
        if (random.nextBoolean()) {
            faults.after(Call.DELIVERED, 1 + random.nextInt(2));
        }
        attempt(page, event -> {
            if (random.nextInt(5) == 0) {
                throw new IllegalStateException("not taken");
            }
            take(event);
            if (random.nextInt(5) == 0) {
                throw new IllegalStateException("taken, but nobody knows");
            }
        });
    }

    private void attempt(int page, DeliverEvents.Sink sink) {
        try {
            new DeliverEvents(ports.outbox(), TENANT, sink).deliver(page);
        } catch (StorageException killed) {
            assertThat(killed).hasMessageContaining("DELIVERED");
        }
    }

    @Test
    void a_cloud_event_says_what_happened_and_when() {
        Event event = Event.of("invoice.finalised", ACCOUNT, "month/1", at("2024-03-01T00:00:00Z"))
                .with("number", "INV-7")
                .with("amount", "1.10");
        assertThat(new CloudEvent("/billing", TENANT, new Published(event, 7)).toJson())
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"tenant/account/7\",\"source\":\"/billing\","
                        + "\"type\":\"dev.billing.invoice.finalised\",\"subject\":\"month/1\","
                        + "\"time\":\"2024-03-01T00:00:00Z\",\"datacontenttype\":\"application/json\","
                        + "\"account\":\"account\",\"sequence\":\"00000000000000000007\","
                        + "\"data\":{\"amount\":\"1.10\",\"number\":\"INV-7\"}}");
    }

    @Test
    void a_cloud_event_escapes_what_json_cannot_hold() {
        Event event = Event.of("a\"b", new AccountId("c\\d"), "é\"", at("2024-03-01T00:00:00.001Z"))
                .with("text", "line\nfeed\ttab \u0001 \u20ac \ud83d\ude00");
        assertThat(new CloudEvent("urn:x", TENANT, new Published(event, 1)).toJson())
                .contains("\"type\":\"dev.billing.a\\\"b\"")
                .contains("\"account\":\"c\\\\d\"")
                .contains("\"subject\":\"é\\\"\"")
                .contains("\"text\":\"line\\u000afeed\\u0009tab \\u0001 \u20ac \ud83d\ude00\"")
                .contains("\"time\":\"2024-03-01T00:00:00.001Z\"");
    }

    @Test
    void ids_of_cloud_events_differ_whatever_the_names() {
        assertThat(cloud("a/b", "c").id()).isNotEqualTo(cloud("a", "b/c").id());
        assertThat(cloud("a", "b").id()).isEqualTo("a/b/1");
        assertThatThrownBy(() -> new CloudEvent(" ", TENANT, cloud("a", "b").published()))
                .hasMessageContaining("Event source");
    }

    @Test
    void of_two_that_deliver_each_event_arrives_first_after_the_one_before() {
        happen(ACCOUNT, "a", "b", "c");
        List<String> arrived = new ArrayList<>();
        DeliverEvents.Sink quick = event -> arrived.add(event.event().type());
        DeliverEvents.Sink slow = event -> {
            if (arrived.isEmpty()) {
                new DeliverEvents(ports.outbox(), TENANT, quick).deliver(10);
            }
            arrived.add(event.event().type());
        };
        new DeliverEvents(ports.outbox(), TENANT, slow).deliver(10);
        assertThat(arrived).as("the late ones once more").containsExactly("a", "b", "c", "a", "b", "c");
        assertThat(deliver(10).delivered()).isZero();
    }

    private static CloudEvent cloud(String tenant, String account) {
        Event event = Event.of("type", new AccountId(account), "subject", at("2024-03-01T00:00:00Z"));
        return new CloudEvent("/billing", new TenantId(tenant), new Published(event, 1));
    }

    private Delivery deliver(int max) {
        Outbox outbox = ports.outbox();
        return new DeliverEvents(outbox, TENANT, this::take).deliver(max);
    }

    private void take(Published event) {
        seen.add(event);
        taken.add(event.event().account() + " " + event.event().type() + " " + event.number());
    }

    private void happen(AccountId account, String... types) {
        Seq<Event> events = Array.of(types).map(type -> Event.of(type, account, "subject", at("2024-03-01T00:00:00Z")));
        ports.invoices()
                .commit(TENANT, new Commit(new CommandKey("commit " + ++commits), "", Array.empty(), events))
                .get();
    }
}

package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.Orders.ACCESS;
import static dev.billing.testkit.usecase.Orders.TENANT;
import static dev.billing.testkit.usecase.Orders.USER;
import static dev.billing.testkit.usecase.Orders.item;
import static dev.billing.testkit.usecase.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Shipment;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Event;
import dev.billing.port.Ports;
import dev.billing.port.Stored;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.Commands;
import dev.billing.usecase.DocumentCommand;
import dev.billing.usecase.ShipRefused;
import dev.billing.usecase.TagInvoice;
import dev.billing.usecase.TagInvoice.Change;
import dev.billing.usecase.TagInvoice.TagsRefused;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DocumentCommandTest {

    private static final InvoiceId ID = new InvoiceId("order");

    private final SettableClock clock = SettableClock.at("2014-09-09T10:00:00.123Z");
    private final Ports ports = InMemoryPorts.create();
    private final KeyedCommands commands = commands(ACCESS);

    private KeyedCommands commands(Access access) {
        return new KeyedCommands(ports, Spaces.profile(), clock, access);
    }

    @BeforeEach
    void place() {
        Orders.placeOrder(ports)
                .place(TENANT, order("order", item(1, "12.00", "0")))
                .get();
    }

    @Test
    void tags_are_changed_as_previewed_once_for_a_key() {
        Event told = commands.done("tag", tag(set("env", "qa", "owner", "ops")))
                .events()
                .single();
        assertThat(told.type()).isEqualTo("invoice.tagged");
        assertThat(told.account()).isEqualTo(USER);
        assertThat(told.subject()).isEqualTo("order");
        assertThat(told.data()).isEqualTo(HashMap.of("tags", "env=qa\nowner=ops"));
        commands.refusesReuse("tag", tag(set("env", "qa")));
        assertThat(tags()).containsExactly("env=qa", "owner=ops");
    }

    @Test
    void a_change_that_is_repeated_after_another_one_is_not_made_again() {
        commands.done("mine", tag(set("env", "qa")));
        commands.done("theirs", tag(set("env", "prod", "owner", "ops")));
        commands.done("removed", tag(remove("owner")));
        commands.done("theirs again", tag(add("owner", "dev")));
        clock.advance(Duration.ofMinutes(1));
        Stored before = stored();
        replay("mine", set("env", "qa"));
        replay("removed", remove("owner"));
        assertThat(stored()).isEqualTo(before);
        assertThat(tags()).containsExactly("env=prod", "owner=dev");
    }

    private void replay(String key, Change change) {
        new Commands(ports, Spaces.profile(), clock)
                .run(ACCESS, new CommandKey(key), tag(change))
                .get();
    }

    @Test
    void tags_that_are_there_already_are_no_change() {
        commands.done("tag", tag(set("env", "qa")));
        Stored before = stored();
        assertThat(commands.done("again", tag(add("env", "qa"))).events()).isEmpty();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void too_many_tags_and_unknown_documents_are_refused() {
        Map<String, String> many = Array.rangeClosed(0, TagInvoice.MAX_TAGS)
                .foldLeft(LinkedHashMap.<String, String>empty(), (all, n) -> all.put("tag " + n, ""));
        assertThat(commands.refused("tag", tag(new Change(Option.some(many), HashMap.empty(), HashMap.empty()))))
                .isEqualTo(new TagsRefused.TooMany(ID, TagInvoice.MAX_TAGS + 1));
        assertThat(commands(Access.to(TENANT, new AccountId("other"))).refused("tag", tag(set("env", "qa"))))
                .isEqualTo(new TagsRefused.UnknownInvoice(ID));
        assertThat(tags()).isEmpty();
    }

    @Test
    void an_order_is_shipped_as_previewed_once_for_a_key() {
        Event told = commands.done("ship", ship("On its way")).events().single();
        assertThat(told)
                .isEqualTo(Event.of("invoice.shipped", USER, "order", clock.instant())
                        .with("message", "On its way"));
        commands.refusesReuse("ship", ship("Gone"));
        Shipment shipment = new Shipment("On its way", clock.instant());
        clock.advance(Duration.ofDays(1));
        assertThat(commands.done("same", ship("On its way")).events()).isEmpty();
        assertThat(commands.refused("other", ship("Gone"))).isEqualTo(new ShipRefused.AlreadyShipped(ID, shipment));
        assertThat(stored().standing().shipment()).contains(shipment);
        assertThat(stored().standing().version()).isEqualTo(2);
    }

    @Test
    void what_the_caller_does_not_see_is_not_shipped() {
        assertThat(commands(Access.to(TENANT, new AccountId("other"))).refused("ship", ship("On its way")))
                .isEqualTo(new ShipRefused.UnknownOrder(ID));
    }

    @Test
    void a_message_is_checked_before_anything_is_done() {
        assertThatIllegalArgumentException().isThrownBy(() -> ship("\u0000")).withMessageContaining("Shipment message");
    }

    private static DocumentCommand tag(Change change) {
        return new DocumentCommand.Tag(ID, change);
    }

    private static DocumentCommand ship(String message) {
        return new DocumentCommand.Ship(ID, message);
    }

    private static Change set(String... namesAndValues) {
        return new Change(Option.some(pairs(namesAndValues)), HashMap.empty(), HashMap.empty());
    }

    private static Change add(String... namesAndValues) {
        return new Change(Option.none(), pairs(namesAndValues), HashMap.empty());
    }

    private static Change remove(String name) {
        return new Change(Option.none(), HashMap.empty(), HashMap.of(name, Option.none()));
    }

    private static Map<String, String> pairs(String... namesAndValues) {
        return Array.of(namesAndValues)
                .grouped(2)
                .foldLeft(LinkedHashMap.empty(), (all, pair) -> all.put(pair.get(0), pair.get(1)));
    }

    private Stored stored() {
        return ports.invoices().find(ACCESS, ID).get();
    }

    private Seq<String> tags() {
        return stored().standing().tags().map((Tag tag) -> tag.name() + "=" + tag.value());
    }
}

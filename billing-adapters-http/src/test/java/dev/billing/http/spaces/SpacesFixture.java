package dev.billing.http.spaces;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.money.Money;
import dev.billing.http.Capture;
import dev.billing.http.Dialect;
import dev.billing.http.WireRequest;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Ports;
import dev.billing.port.Principal;
import dev.billing.port.Principals;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.Order;
import dev.billing.usecase.Order.Item;
import dev.billing.usecase.Order.ItemId;
import dev.billing.usecase.Order.Space;
import dev.billing.usecase.PlaceOrder;
import dev.billing.usecase.ShipOrder;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import javax.money.CurrencyUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two users with shops whose orders are told in a few words, and a client that asks for their invoices. */
final class SpacesFixture {

    static final TenantId TENANT = new TenantId("test");
    static final AccountId USER = new AccountId("user");
    static final AccountId OTHER = new AccountId("other user");
    static final String TOKEN = "ACCESS_TOKEN";
    static final String OTHER_TOKEN = "OTHER_TOKEN";
    static final Instant CREATED = Instant.parse("2014-09-08T17:16:16Z");
    static final Space SPACE =
            new Space(1, Instant.parse("2014-09-08T17:15:57Z"), Option.some("https://spaces.pe/s/EXAMPLE"));
    static final Address ADDRESS = new Address("SpaceX", "1 Rocket Rd", "", "90250", "Hawthorne", "CA", "US");
    static final Customer CUSTOMER = new Customer(
            "CUSTOMER_TOKEN", "John Doe", "test@example.com", CREATED, Option.some(ADDRESS), Option.none());

    private static final Access BOTH = Access.to(TENANT, USER, OTHER);

    private final Ports ports = InMemoryPorts.create();
    final InvoiceStore store = ports.invoices();
    private Map<String, Principal> principals = HashMap.of(
            TOKEN, new Principal("user", Access.to(TENANT, USER)),
            OTHER_TOKEN, new Principal("other", Access.to(TENANT, OTHER)));

    Dialect dialect() {
        return dialect(store);
    }

    Dialect dialect(InvoiceStore other) {
        return new SpacesDialect(other, principals(), SpacesOptions.DEFAULT);
    }

    Principals principals() {
        return token -> principals.get(token);
    }

    SpacesFixture with(String token, Principal principal) {
        principals = principals.put(token, principal);
        return this;
    }

    /** Orders of the user, each a second after the one before. */
    static SpacesFixture withOrders(int count) {
        SpacesFixture fixture = new SpacesFixture();
        Array.rangeClosed(1, count).forEach(n -> fixture.place(Integer.toString(n), CREATED.plusSeconds(n), product()));
        return fixture;
    }

    SpacesFixture place(String id, Item... items) {
        return place(id, CREATED, items);
    }

    SpacesFixture place(String id, Instant createdAt, Item... items) {
        return place(order(id, USER, SPACE, createdAt, items));
    }

    SpacesFixture place(Order order) {
        new PlaceOrder(ports, SettableClock.at("2014-09-09T00:00:00Z"))
                .place(TENANT, order)
                .getOrElseThrow(refused -> new AssertionError(refused));
        return this;
    }

    SpacesFixture ship(String id, String message) {
        new ShipOrder(store, SettableClock.at("2014-09-09T00:00:00Z"))
                .ship(BOTH, new InvoiceId(id), message)
                .getOrElseThrow(refused -> new AssertionError(refused));
        return this;
    }

    SpacesFixture becomes(String id, InvoiceStatus status) {
        Write write = new Write.Stand(
                store.find(BOTH, new InvoiceId(id)).get().standing().becoming(status, CREATED));
        store.commit(TENANT, Commit.of(new CommandKey(id + "/" + status), "becomes", write))
                .get();
        return this;
    }

    static Order order(String id, AccountId user, Space space, Instant createdAt, Item... items) {
        CurrencyUnit currency = Array.of(items)
                .headOption()
                .map(item -> item.unitAmount().currency())
                .getOrElse(Money.of("USD", "0").currency());
        return new Order(new InvoiceId(id), user, space, CUSTOMER, Array.of(items), currency, createdAt);
    }

    static Item product() {
        return item(Money.of("USD", "12.00"), 1, 0);
    }

    static Item item(Money unitAmount, long quantity, long discount) {
        return new Item(
                ItemId.of("100100"),
                "Product 1",
                quantity,
                unitAmount,
                Money.ofMinor(unitAmount.currency(), discount),
                Option.none());
    }

    record Answer(int status, Map<String, String> headers, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        Seq<String> ids() {
            return Array.ofAll(json().get("data"))
                    .map(invoice -> invoice.get("id").asString());
        }
    }

    Answer get(String route) {
        return get(route, TOKEN);
    }

    Answer get(String route, String token) {
        return send("GET", route, "Bearer " + token);
    }

    Answer send(String method, String route, String authorization) {
        return send(dialect(), method, "/api/v1" + route, authorization);
    }

    JsonNode invoice(String id) {
        Answer answer = get("/invoices/" + id);
        if (answer.status() != 200) {
            throw new AssertionError(id + " answered " + answer);
        }
        return answer.json();
    }

    static Answer send(Dialect dialect, String method, String target, String authorization) {
        String[] parts = target.split("\\?", 2);
        Map<String, String> headers =
                authorization.isEmpty() ? HashMap.empty() : HashMap.of("authorization", authorization);
        return answer(
                dialect, new WireRequest(method, parts[0], Option.when(parts.length > 1, () -> parts[1]), headers));
    }

    private static Answer answer(Dialect dialect, WireRequest request) {
        Capture capture = new Capture();
        try {
            dialect.answer(request, capture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(capture.status(), capture.headers(), capture.body());
    }

    static Answer failure(Dialect dialect) throws IOException {
        Capture capture = new Capture();
        dialect.fail(new WireRequest("GET", "/api/v1/invoices", Option.none(), HashMap.empty()), capture);
        return new Answer(capture.status(), capture.headers(), capture.body());
    }

    static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}

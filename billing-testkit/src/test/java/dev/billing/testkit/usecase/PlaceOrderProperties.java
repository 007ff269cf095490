package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.Orders.ACCESS;
import static dev.billing.testkit.usecase.Orders.CREATED;
import static dev.billing.testkit.usecase.Orders.CUSTOMER;
import static dev.billing.testkit.usecase.Orders.TENANT;
import static dev.billing.testkit.usecase.Orders.USER;
import static dev.billing.testkit.usecase.Orders.space;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Stored;
import dev.billing.testkit.InMemoryInvoiceStore;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.usecase.Order;
import dev.billing.usecase.Order.Item;
import dev.billing.usecase.Order.ItemId;
import dev.billing.usecase.PlaceOrder;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigInteger;
import java.util.List;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What holds for any orders. */
class PlaceOrderProperties {

    /** An order, told in whole numbers. */
    record Told(String currency, long space, List<Sold> items) {}

    record Sold(long unitAmount, int quantity, int percentOff) {

        long discount() {
            return BigInteger.valueOf(unitAmount)
                    .multiply(BigInteger.valueOf((long) quantity * percentOff))
                    .divide(BigInteger.valueOf(100))
                    .longValueExact();
        }

        long amount() {
            return unitAmount * quantity - discount();
        }
    }

    @Property
    void figures_are_what_whole_numbers_say(@ForAll("orders") Told told) {
        InMemoryInvoiceStore store = new InMemoryInvoiceStore();
        Order order = order("id", told);
        Orders.placeOrder(InMemoryPorts.on(store)).place(TENANT, order).get();
        Stored stored = store.find(ACCESS, order.id()).get();
        long total = told.items().stream().mapToLong(Sold::amount).sum();
        Seq<LineItem> lines = store.lines(ACCESS, LineItemQuery.of(order.id()), found -> Array.ofAll(() -> found));
        assertThat(lines.map(line -> line.net().get().minorUnits()))
                .isEqualTo(Array.ofAll(told.items()).map(Sold::amount));
        assertThat(stored.invoice().figures().amount(Spaces.TOTAL).minorUnits()).isEqualTo(total);
        assertThat(stored.invoice().figures().verify(lines, Spaces.profile().rules()))
                .isEmpty();
        assertThat(stored.standing().status()).isEqualTo(total == 0 ? InvoiceStatus.FREE : InvoiceStatus.CLOSED);
    }

    @Property(tries = 200)
    void numbers_of_a_shop_follow_the_order_of_placing_without_gaps(
            @ForAll("manyOrders") List<Told> told, @ForAll @Size(max = 50) List<Integer> again) {
        InMemoryInvoiceStore store = new InMemoryInvoiceStore();
        PlaceOrder placeOrder = Orders.placeOrder(InMemoryPorts.on(store));
        Seq<Order> orders = Array.ofAll(told).zipWithIndex((one, n) -> order("order " + n, one));
        Seq<Long> numbers =
                orders.map(order -> placeOrder.place(TENANT, order).get().value());
        assertThat(numbers)
                .isEqualTo(orders.zipWithIndex((order, n) -> orders.take(n + 1)
                                .count(earlier ->
                                        earlier.space().id() == order.space().id()))
                        .map(Integer::longValue));
        Array.ofAll(again)
                .filter(n -> !orders.isEmpty())
                .map(n -> Math.floorMod(n, orders.size()))
                .forEach(n -> assertThat(
                                placeOrder.place(TENANT, orders.get(n)).get().value())
                        .isEqualTo(numbers.get(n)));
        assertThat(orders.map(order -> ((Invoice.Issued)
                                store.find(ACCESS, order.id()).get().invoice())
                        .number()
                        .get()
                        .value()))
                .isEqualTo(numbers);
    }

    private static Order order(String id, Told told) {
        CurrencyUnit currency = Monetary.getCurrency(told.currency());
        return new Order(
                new InvoiceId(id),
                USER,
                space(told.space()),
                CUSTOMER,
                Array.ofAll(told.items()).zipWithIndex((sold, n) -> item(currency, n, sold)),
                currency,
                CREATED);
    }

    private static Item item(CurrencyUnit currency, int n, Sold sold) {
        return new Item(
                ItemId.of(n),
                "",
                sold.quantity(),
                Money.ofMinor(currency, sold.unitAmount()),
                Money.ofMinor(currency, sold.discount()),
                Option.none());
    }

    @Provide
    Arbitrary<List<Told>> manyOrders() {
        return orders().list().ofMaxSize(20);
    }

    @Provide
    Arbitrary<Told> orders() {
        Arbitrary<Sold> items = Combinators.combine(
                        Arbitraries.longs().between(0, 1_000_000_000_000L),
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.integers().between(0, 100))
                .as(Sold::new);
        return Combinators.combine(
                        Arbitraries.of("USD", "JPY", "KWD"),
                        Arbitraries.longs().between(1, 3),
                        items.list().ofMaxSize(6))
                .as(Told::new);
    }
}

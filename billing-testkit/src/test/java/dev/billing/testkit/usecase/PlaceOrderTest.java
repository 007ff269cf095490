package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.Orders.ACCESS;
import static dev.billing.testkit.usecase.Orders.ADDRESS;
import static dev.billing.testkit.usecase.Orders.CREATED;
import static dev.billing.testkit.usecase.Orders.CUSTOMER;
import static dev.billing.testkit.usecase.Orders.SPACE;
import static dev.billing.testkit.usecase.Orders.TENANT;
import static dev.billing.testkit.usecase.Orders.USD;
import static dev.billing.testkit.usecase.Orders.USER;
import static dev.billing.testkit.usecase.Orders.item;
import static dev.billing.testkit.usecase.Orders.order;
import static dev.billing.testkit.usecase.Orders.space;
import static dev.billing.testkit.usecase.Orders.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.FaultInjection;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.testkit.InMemoryInvoiceStore;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.usecase.Order;
import dev.billing.usecase.Order.Item;
import dev.billing.usecase.Order.ItemId;
import dev.billing.usecase.OrderRefused;
import dev.billing.usecase.PlaceOrder;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceOrderTest {

    private static final InvoiceId ID = new InvoiceId("INVOICE_TOKEN");
    private static final Item PRODUCT = item(1, "12.00", "0");

    private final FaultInjection faults = new FaultInjection();
    private final InMemoryInvoiceStore store = new InMemoryInvoiceStore();
    private final PlaceOrder placeOrder = Orders.placeOrder(faults.in(InMemoryPorts.on(store)));

    @Test
    void an_order_is_sealed_at_once_with_the_first_number_of_its_shop() {
        InvoiceNumber number = new InvoiceNumber(Spaces.ordersOf("1"), 1);
        assertThat(place(order("INVOICE_TOKEN", PRODUCT))).isEqualTo(Either.right(number));
        Invoice.Issued issued = (Invoice.Issued) stored(ID).invoice();
        assertThat(issued.number()).contains(number);
        assertThat(issued.issuedAt()).isEqualTo(CREATED);
        assertThat(issued.head())
                .isEqualTo(new Head(
                        ID,
                        "spaces",
                        USER,
                        USER,
                        Option.none(),
                        Option.none(),
                        HashMap.of(Spaces.SPACE, new Ref("space", "1", "")),
                        Option.some(CUSTOMER),
                        USD,
                        CREATED,
                        HashMap.of(
                                Spaces.SPACE_CREATED, Attribute.of(SPACE.createdAt()),
                                Spaces.SPACE_URL, Attribute.of("https://spaces.pe/s/EXAMPLE"))));
    }

    @Test
    void its_items_become_lines_in_their_order_and_may_repeat() {
        Period september = Period.parse("2014-09-01T00:00:00Z/2014-10-01T00:00:00Z");
        Item support = new Item(ItemId.of(101), "Support", 2, usd("5"), usd("0.50"), Option.some(september));
        place(order("INVOICE_TOKEN", support, PRODUCT, support)).get();
        Seq<LineItem> lines = lines(ID);
        assertThat(lines.map(LineItem::description)).containsExactly("Support", "Product 1", "Support");
        assertThat(lines.map(LineItem::sku)).containsExactly("101", "100100", "101");
        assertThat(lines.map(line -> ((Origin.Provided) line.origin())
                        .text()
                        .get(Spaces.ID_TYPE)
                        .get()))
                .containsExactly("number", "text", "number");
        assertThat(lines.flatMap(LineItem::net)).containsExactly(usd("9.50"), usd("12"), usd("9.50"));
        assertThat(lines.map(LineItem::period))
                .containsExactly(Option.some(september), Option.none(), Option.some(september));
        assertThat(lines.map(LineItem::quantity)).containsExactly(new BigDecimal(2), BigDecimal.ONE, new BigDecimal(2));
        assertThat(figures(ID).amount(Spaces.TOTAL)).isEqualTo(usd("31"));
        assertThat(figures(ID).verify(lines, Spaces.profile().rules())).isEmpty();
    }

    @Test
    void a_shop_that_is_not_public_has_no_url() {
        place(order("INVOICE_TOKEN", space(7), CREATED, PRODUCT)).get();
        assertThat(stored(ID).invoice().head().attributes().keySet()).containsExactly(Spaces.SPACE_CREATED);
    }

    @Test
    void it_is_created_at_a_whole_second() {
        place(order("INVOICE_TOKEN", SPACE, CREATED.plusMillis(999), PRODUCT)).get();
        assertThat(stored(ID).invoice().head().createdAt()).isEqualTo(CREATED);
        assertThat(stored(ID).invoice().asOf()).isEqualTo(CREATED);
    }

    @ParameterizedTest
    @CsvSource({"1, 12.00, 0, CLOSED", "1, 12.00, 12.00, FREE", "0, 12.00, 0, FREE", "5, 0, 0, FREE"})
    void what_costs_nothing_is_free(long quantity, String unitAmount, String discount, InvoiceStatus status) {
        place(order("INVOICE_TOKEN", item(quantity, unitAmount, discount))).get();
        assertThat(stored(ID).standing().status()).isEqualTo(status);
        assertThat(stored(ID).standing().version()).isEqualTo(1);
    }

    @Test
    void an_order_without_items_is_free() {
        place(order("INVOICE_TOKEN")).get();
        assertThat(stored(ID).standing().status()).isEqualTo(InvoiceStatus.FREE);
        assertThat(figures(ID).amount(Spaces.TOTAL)).isEqualTo(usd("0"));
        assertThat(lines(ID)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"USD, 12.34", "JPY, 1234", "KWD, 1.234", "USD, 12.3400", "JPY, 1E+3", "USD, 92233720368547758.07"})
    void whole_minor_units_of_any_currency_are_billed(String code, String amount) {
        CurrencyUnit currency = Monetary.getCurrency(code);
        place(in(currency, Item.of(ItemId.of(1), "", 1, Money.of(code, amount))))
                .get();
        assertThat(figures(ID).amount(Spaces.TOTAL)).isEqualTo(Money.of(code, amount));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USD 12.345 | USD 0 | 1 | An amount must be a whole number of minor units, but the unit amount of item 2 was"
                        + " USD 12.345",
                "USD 1 | USD 0.001 | 1 | An amount must be a whole number of minor units, but the discount of item 2 was"
                        + " USD 0.001",
                "USD -1 | USD 0 | 1 | An amount must not be negative, but the unit amount of item 2 was USD -1",
                "USD 1 | USD -1 | 1 | An amount must not be negative, but the discount of item 2 was USD -1",
                "USD 1 | USD 0 | -1 | A quantity must not be negative, but the quantity of item 2 was -1",
                "EUR 1 | USD 0 | 1 | All amounts of an order must be in USD, but the unit amount of item 2 was EUR 1",
                "USD 1 | EUR 0 | 1 | All amounts of an order must be in USD, but the discount of item 2 was EUR 0",
                "USD 1 | USD 2.01 | 2 | A discount must not be above its line of USD 2, but the discount of item 2 was USD"
                        + " 2.01",
                "USD 1 | USD 0.01 | 0 | A discount must not be above its line of USD 0, but the discount of item 2 was USD"
                        + " 0.01",
                "USD 92233720368547758.08 | USD 0 | 1 | An amount must have at most 9223372036854775807 minor units, but the"
                        + " unit amount of item 2 was USD 92233720368547758.08",
                "USD 92233720368547758.07 | USD 0 | 2 | An amount must have at most 9223372036854775807 minor units, but the"
                        + " amount of item 2 was USD 184467440737095516.14",
                "USD 92233720368547758.07 | USD 0 | 1 | An amount must have at most 9223372036854775807 minor units, but the"
                        + " total was USD 92233720368547770.07"
            })
    void what_cannot_be_billed_is_refused(String unitAmount, String discount, long quantity, String message) {
        Item bad =
                new Item(ItemId.of(2), "Bad", quantity, Money.parse(unitAmount), Money.parse(discount), Option.none());
        assertThat(messages(place(order("INVOICE_TOKEN", PRODUCT, bad)))).containsExactly(message);
        assertThat(documents()).isEmpty();
    }

    @Test
    void all_problems_are_told_at_once() {
        Item worst = new Item(ItemId.of(1), "", -2, Money.parse("EUR 1"), Money.parse("USD -0.001"), Option.none());
        Seq<OrderRefused> refused = place(order("INVOICE_TOKEN", worst, PRODUCT, item(1, "1.00", "1.01")))
                .getLeft();
        assertThat(refused)
                .containsExactly(
                        new OrderRefused.NegativeQuantity("quantity of item 1", -2),
                        new OrderRefused.OtherCurrency("unit amount of item 1", Money.parse("EUR 1"), USD),
                        new OrderRefused.NegativeAmount("discount of item 1", usd("-0.001")),
                        new OrderRefused.DiscountAboveLine("discount of item 3", usd("1.01"), usd("1")));
    }

    @Test
    void a_currency_that_nobody_pays_in_is_refused() {
        CurrencyUnit gold = Monetary.getCurrency("XAU");
        assertThat(messages(place(in(gold, Item.of(ItemId.of(1), "", 1, Money.of("XAU", "1"))))))
                .containsExactly("An order's currency must have a minor unit, but XAU has none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.5", "1e3", "007", "-0", "+1", "x", "١"})
    void an_item_id_that_is_a_number_is_a_whole_one(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ItemId(value, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "123456789012345678901234567890"})
    void whole_numbers_of_any_size_are_item_ids(String value) {
        place(order("INVOICE_TOKEN", Item.of(new ItemId(value, true), "", 1, usd("1"))))
                .get();
        assertThat(lines(ID).map(LineItem::sku)).containsExactly(value);
    }

    @Test
    void shops_are_numbered_from_1() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> space(0))
                .withMessage("The id of a space must be 1 or more, but was 0");
    }

    @Test
    void the_same_order_placed_again_is_one_order() {
        Either<Seq<OrderRefused>, InvoiceNumber> first = place(order("INVOICE_TOKEN", item(1, "12", "0")));
        assertThat(place(order("INVOICE_TOKEN", item(1, "12.00", "0.00")))).isEqualTo(first);
        assertThat(place(order("INVOICE_TOKEN", SPACE, CREATED.plusMillis(1), PRODUCT)))
                .isEqualTo(first);
        assertThat(documents()).hasSize(1);
        assertThat(place(order("next", PRODUCT)).get().value()).isEqualTo(2);
    }

    @Test
    void another_order_with_the_same_id_is_refused() {
        place(order("INVOICE_TOKEN", PRODUCT)).get();
        Stored first = stored(ID);
        Item same = PRODUCT;
        Customer moved = new Customer(
                CUSTOMER.id(), CUSTOMER.name(), CUSTOMER.email(), CREATED, Option.none(), Option.some(ADDRESS));
        Seq<Order> others = Array.of(
                order("INVOICE_TOKEN"),
                order("INVOICE_TOKEN", same, same),
                order("INVOICE_TOKEN", item(2, "12.00", "0")),
                order("INVOICE_TOKEN", item(1, "12.01", "0")),
                order("INVOICE_TOKEN", item(1, "12.00", "0.01")),
                order("INVOICE_TOKEN", Item.of(ItemId.of(100_100), "Product 1", 1, usd("12"))),
                order("INVOICE_TOKEN", Item.of(ItemId.of("100100"), "Product 2", 1, usd("12"))),
                order("INVOICE_TOKEN", space(1), CREATED, same),
                order("INVOICE_TOKEN", space(2), CREATED, same),
                order("INVOICE_TOKEN", SPACE, CREATED.plusSeconds(1), same),
                new Order(ID, USER, SPACE, moved, Array.of(same), USD, CREATED),
                new Order(ID, new AccountId("other"), SPACE, CUSTOMER, Array.of(same), USD, CREATED));
        assertThat(others.map(other -> place(other).getLeft().head()))
                .allSatisfy(refused -> assertThat(refused)
                        .isInstanceOfSatisfying(
                                OrderRefused.NotStored.class,
                                notStored -> assertThat(notStored.why()).isInstanceOf(CommitRefused.KeyReused.class)));
        assertThat(documents()).containsExactly(first);
        assertThat(place(order("next", PRODUCT)).get().value()).isEqualTo(2);
    }

    @Test
    void the_id_of_another_document_is_refused_and_costs_no_number() {
        Head head = Head.of(ID, "other", USER, Period.parse("2014-09-01T00:00:00Z/2014-10-01T00:00:00Z"), USD, CREATED);
        Write other = new Write.Issue(
                new Invoice.Preview(head, Figures.NONE, CREATED), Array.empty(), Option.none(), InvoiceStatus.FREE);
        store.commit(TENANT, Commit.of(new CommandKey("other"), "other", other)).get();
        assertThat(messages(place(order("INVOICE_TOKEN", PRODUCT))))
                .containsExactly("A document's id must be new, but 'INVOICE_TOKEN' exists");
        assertThat(place(order("next", PRODUCT)).get().value()).isEqualTo(1);
    }

    @Test
    void an_id_may_be_as_long_as_ids_can_be() {
        assertThat(place(order("x".repeat(500), PRODUCT)).isRight()).isTrue();
    }

    @Test
    void each_shop_of_each_tenant_counts_on_its_own() {
        assertThat(place(order("a", space(1), CREATED, PRODUCT)).get().value()).isEqualTo(1);
        assertThat(place(order("b", space(2), CREATED, PRODUCT)).get().value()).isEqualTo(1);
        assertThat(place(order("c", space(1), CREATED, PRODUCT)).get().value()).isEqualTo(2);
        assertThat(placeOrder
                        .place(new TenantId("other"), order("a", PRODUCT))
                        .get()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void threads_that_place_orders_get_numbers_without_gaps() {
        int each = 50;
        AtOnce.run(thread -> Array.range(0, each)
                .map(n -> place(order(thread + "/" + n, space(1 + n % 2), CREATED, PRODUCT))
                        .get()));
        for (String space : Array.of("1", "2")) {
            assertThat(numbersOf(space)).isEqualTo(Array.rangeClosed(1L, (long) AtOnce.THREADS * each / 2));
        }
    }

    @Test
    void threads_that_place_one_order_get_one_number() {
        Seq<InvoiceNumber> numbers =
                AtOnce.run(thread -> place(order("INVOICE_TOKEN", PRODUCT)).get());
        assertThat(numbers.distinct()).hasSize(1);
        assertThat(numbersOf("1")).isEqualTo(Array.of(1L));
    }

    @Test
    void failures_of_the_storage_leave_no_gaps_when_orders_are_placed_again() {
        int each = 25;
        for (int call = 1; call <= 200; call += 5) {
            faults.before(Call.COMMIT, call);
            faults.after(Call.COMMIT, call + 2);
        }
        AtOnce.run(thread -> Array.range(0, each).map(n -> untilItWorks(order(thread + "/" + n, PRODUCT))));
        assertThat(faults.calls(Call.COMMIT)).isGreaterThanOrEqualTo(AtOnce.THREADS * each + 40);
        assertThat(numbersOf("1")).isEqualTo(Array.rangeClosed(1L, (long) AtOnce.THREADS * each));
    }

    private InvoiceNumber untilItWorks(Order order) {
        while (true) {
            try {
                return place(order).get();
            } catch (StorageException e) {
                assertThat(e.kind()).isNotEqualTo(StorageException.Kind.FATAL);
            }
        }
    }

    private static Order in(CurrencyUnit currency, Item item) {
        Money none = Money.zero(currency);
        Item inCurrency =
                new Item(item.id(), item.description(), item.quantity(), item.unitAmount(), none, item.period());
        return new Order(ID, USER, SPACE, CUSTOMER, Array.of(inCurrency), currency, CREATED);
    }

    private Either<Seq<OrderRefused>, InvoiceNumber> place(Order order) {
        return placeOrder.place(TENANT, order);
    }

    private static Seq<String> messages(Either<Seq<OrderRefused>, ?> refused) {
        return refused.getLeft().map(OrderRefused::message);
    }

    private Stored stored(InvoiceId id) {
        return store.find(ACCESS, id).get();
    }

    private Figures figures(InvoiceId id) {
        return stored(id).invoice().figures();
    }

    private Seq<LineItem> lines(InvoiceId id) {
        return store.lines(ACCESS, LineItemQuery.of(id), found -> Array.ofAll(() -> found));
    }

    private Seq<Stored> documents() {
        return store.search(Access.toAll(TENANT), InvoiceQuery.ALL, PageRequest.first(PageRequest.MAX_SIZE))
                .rows();
    }

    private Seq<Long> numbersOf(String space) {
        return documents()
                .flatMap(stored -> ((Invoice.Issued) stored.invoice()).number())
                .filter(number -> number.series().equals(Spaces.ordersOf(space)))
                .map(InvoiceNumber::value)
                .sorted()
                .toArray();
    }
}

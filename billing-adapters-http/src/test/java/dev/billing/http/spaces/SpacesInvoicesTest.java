package dev.billing.http.spaces;

import static dev.billing.http.spaces.SpacesFixture.ADDRESS;
import static dev.billing.http.spaces.SpacesFixture.CREATED;
import static dev.billing.http.spaces.SpacesFixture.CUSTOMER;
import static dev.billing.http.spaces.SpacesFixture.SPACE;
import static dev.billing.http.spaces.SpacesFixture.USER;
import static dev.billing.http.spaces.SpacesFixture.item;
import static dev.billing.http.spaces.SpacesFixture.order;
import static dev.billing.http.spaces.SpacesFixture.product;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.usecase.Order;
import dev.billing.usecase.Order.Item;
import dev.billing.usecase.Order.ItemId;
import dev.billing.usecase.Order.Space;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is on an invoice, and in which form. */
class SpacesInvoicesTest {

    private final SpacesFixture fixture = new SpacesFixture();

    @ParameterizedTest
    @CsvSource({
        "USD, 1200, 3, 0, 3600",
        "USD, 1200, 2, 400, 2000",
        "JPY, 1200, 3, 0, 3600",
        "KWD, 1200, 2, 1, 2399",
        "USD, 0, 5, 0, 0",
        "USD, 1200, 0, 0, 0",
        "USD, 1, 9223372036854775807, 0, 9223372036854775807"
    })
    void amounts_are_minor_units(String currency, long unitAmount, long quantity, long discount, long total) {
        Money unit = Money.ofMinor(Money.of(currency, "0").currency(), unitAmount);
        fixture.place("1", item(unit, quantity, discount));
        JsonNode invoice = fixture.invoice("1");
        JsonNode line = invoice.get("items").get("data").get(0);
        assertThat(line.get("unit_amount").longValue()).isEqualTo(unitAmount);
        assertThat(line.get("quantity").longValue()).isEqualTo(quantity);
        assertThat(line.get("discount").longValue()).isEqualTo(discount);
        assertThat(line.get("total_amount").longValue()).isEqualTo(total);
        assertThat(line.get("currency").asString()).isEqualTo(currency);
        assertThat(invoice.get("total").longValue()).isEqualTo(total);
        assertThat(invoice.get("currency").asString()).isEqualTo(currency);
    }

    @ParameterizedTest
    @CsvSource({"USD, 12.00, 1200", "JPY, 1200, 1200", "KWD, 1.200, 1200"})
    void the_currency_says_how_many_minor_units_there_are(String currency, String amount, long minorUnits) {
        fixture.place("1", item(Money.of(currency, amount), 1, 0));
        assertThat(fixture.invoice("1").get("total").longValue()).isEqualTo(minorUnits);
    }

    @Test
    void an_order_without_items_has_none() {
        fixture.place("1");
        assertThat(fixture.get("/invoices/1").body())
                .contains(",\"total\":0,\"currency\":\"USD\",\"items\":{\"data\":[],\"count\":0},\"customer\":{");
    }

    @ParameterizedTest
    @CsvSource({
        "2014-09-08T17:16:16Z, 1410196576",
        "2014-09-08T17:16:16.999Z, 1410196576",
        "2014-09-08T17:15:57Z, 1410196557",
        "1969-12-31T23:59:59.500Z, -1"
    })
    void instants_are_seconds_without_their_parts(Instant instant, long seconds) {
        Customer customer = new Customer("c", "", "", instant, Option.none(), Option.none());
        Space space = new Space(1, instant, Option.none());
        Item item = new Item(
                ItemId.of(1),
                "",
                1,
                Money.of("USD", "1"),
                Money.of("USD", "0"),
                Option.some(Period.of(instant, instant.plusSeconds(60))));
        fixture.place(new Order(
                new InvoiceId("1"),
                USER,
                space,
                customer,
                Array.of(item),
                Money.of("USD", "0").currency(),
                instant));
        JsonNode invoice = fixture.invoice("1");
        assertThat(invoice.get("created").longValue()).isEqualTo(seconds);
        assertThat(invoice.get("customer").get("created").longValue()).isEqualTo(seconds);
        assertThat(invoice.get("customer").get("space").get("created").longValue())
                .isEqualTo(seconds);
        JsonNode line = invoice.get("items").get("data").get(0);
        assertThat(line.get("date_range_start").longValue()).isEqualTo(seconds);
        assertThat(line.get("date_range_end").longValue()).isEqualTo(seconds + 60);
    }

    @Test
    void items_keep_their_order_and_the_type_of_their_ids() {
        fixture.place(
                "1",
                Item.of(ItemId.of("101"), "b", 1, Money.of("USD", "1")),
                Item.of(ItemId.of(101), "a", 1, Money.of("USD", "1")),
                Item.of(new ItemId("123456789012345678901234567890", true), "a", 1, Money.of("USD", "1")),
                Item.of(ItemId.of("a \"b\" é"), "a", 1, Money.of("USD", "1")));
        assertThat(fixture.get("/invoices/1").body())
                .containsSubsequence(
                        "\"item_id\":\"101\",\"description\":\"b\"",
                        "\"item_id\":101,\"description\":\"a\"",
                        "\"item_id\":123456789012345678901234567890,",
                        "\"item_id\":\"a \\\"b\\\" é\",",
                        "\"count\":4}");
    }

    @Test
    void addresses_are_whole_or_null() {
        Address empty = new Address("", "", "", "", "", "", "");
        Customer customer = new Customer("c", "C", "c@example.com", CREATED, Option.none(), Option.some(empty));
        fixture.place(new Order(
                new InvoiceId("1"),
                USER,
                SPACE,
                customer,
                Array.of(product()),
                Money.of("USD", "0").currency(),
                CREATED));
        assertThat(fixture.get("/invoices/1").body())
                .contains(
                        "\"billing_address\":null,\"shipping_address\":{\"line_1\":\"\",\"line_2\":\"\",\"line_3\":\"\","
                                + "\"zip_code\":\"\",\"locality\":\"\",\"region\":\"\",\"country\":\"\"},\"created\":");
    }

    @Test
    void a_zip_code_keeps_its_zeros() {
        Address boston = new Address("", "", "", "02101", "Boston", "MA", "US");
        Customer customer = new Customer("c", "C", "", CREATED, Option.some(ADDRESS), Option.some(boston));
        fixture.place(new Order(
                new InvoiceId("1"),
                USER,
                SPACE,
                customer,
                Array.of(product()),
                Money.of("USD", "0").currency(),
                CREATED));
        assertThat(fixture.invoice("1").get("shipping_address").get("zip_code").asString())
                .isEqualTo("02101");
    }

    @Test
    void a_space_that_is_not_public_has_no_url() {
        fixture.place(order("1", USER, new Space(Long.MAX_VALUE, CREATED, Option.none()), CREATED, product()));
        assertThat(fixture.get("/invoices/1").body())
                .endsWith("\"space\":{\"object\":\"space\",\"id\":9223372036854775807,\"created\":1410196576,"
                        + "\"url\":null}}}");
    }

    @Test
    void a_shipped_order_tells_what_the_customer_was_told() {
        fixture.place("1", product());
        assertThat(fixture.get("/invoices/1").body())
                .contains("\"paid\":false,\"shipped\":false,\"shipping_details\":null,");
        fixture.ship("1", "On its\nway.");
        assertThat(fixture.get("/invoices/1").body())
                .contains("\"paid\":false,\"shipped\":true,\"shipping_details\":\"On its\\nway.\",");
        fixture.becomes("1", InvoiceStatus.PAID);
        assertThat(fixture.get("/invoices/1").body()).contains("\"paid\":true,\"shipped\":true,");
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSED, false",
        "PARTLY_PAID, false",
        "PAID, true",
        "FAILED, false",
        "FORGIVEN, false",
        "WRITTEN_OFF, false",
        "VOID, false",
        "FREE, false",
        "PREPAID, false",
        "INVOICED, false"
    })
    void it_is_paid_as_long_as_it_stands_so(InvoiceStatus status, boolean paid) {
        fixture.place("1", product()).becomes("1", status);
        assertThat(fixture.invoice("1").get("paid").booleanValue()).isEqualTo(paid);
    }

    @Test
    void what_costs_nothing_is_not_paid() {
        fixture.place("1");
        assertThat(fixture.invoice("1").get("paid").booleanValue()).isFalse();
    }

    @Test
    void numbers_are_sequential_in_each_space() {
        Space second = new Space(2, CREATED, Option.none());
        fixture.place("a", product());
        fixture.place(order("b", USER, second, CREATED, product()));
        fixture.place("c", product());
        assertThat(Array.of("a", "b", "c")
                        .map(id -> fixture.invoice(id).get("order_number").intValue()))
                .containsExactly(1, 1, 2);
    }

    @Test
    void invoices_keep_the_customer_they_were_placed_with() {
        Customer moved = new Customer(CUSTOMER.id(), "Jane Doe", "", CREATED, Option.none(), Option.none());
        fixture.place("1", product());
        fixture.place(new Order(
                new InvoiceId("2"),
                USER,
                SPACE,
                moved,
                Array.of(product()),
                Money.of("USD", "0").currency(),
                CREATED));
        assertThat(fixture.invoice("1").get("customer").get("name").asString()).isEqualTo("John Doe");
        assertThat(fixture.invoice("2").get("customer").get("name").asString()).isEqualTo("Jane Doe");
    }

    @Test
    void ids_may_have_any_characters() {
        fixture.place("a/b c+d%é", product());
        assertThat(fixture.invoice("a%2Fb%20c+d%25%C3%A9").get("id").asString()).isEqualTo("a/b c+d%é");
        assertThat(fixture.get("/invoices?starting_after=a%2Fb+c%2Bd%25%C3%A9").status())
                .isEqualTo(200);
    }
}

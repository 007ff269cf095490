package dev.billing.domain.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billing.domain.AccountId;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Shipment;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Spaces;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An order in a Spaces shop: a product and its shipping, billed to a customer, then paid and shipped. */
class SpacesShapeTest {

    private static final Profile PROFILE = Spaces.profile();
    private static final CurrencyUnit USD = PROFILE.currency();
    private static final Instant CREATED = Instant.ofEpochSecond(1_410_196_576);
    private static final InvoiceId ID = new InvoiceId("INVOICE_TOKEN");

    @Test
    void an_order_is_issued_with_the_next_number_of_its_shop() {
        Invoice.Issued order = order();
        assertThat(order.number()).contains(new InvoiceNumber(Spaces.ordersOf("1"), 1));
        assertThat(Spaces.ordersOf("1")).isNotEqualTo(Spaces.ordersOf("2"));
        assertThat(order.head().period()).isEmpty();
        assertThat(order.head().createdAt().getEpochSecond()).isEqualTo(1_410_196_576);
        assertThat(order.head().places().get(Spaces.SPACE)).contains(new Ref("space", "1", ""));
        assertThat(order.head().attributes().get(Spaces.SPACE_CREATED))
                .contains(Attribute.of(Instant.ofEpochSecond(1_410_196_557)));
        assertThat(order.head().attributes().get(Spaces.SPACE_URL))
                .contains(Attribute.of("https://spaces.pe/s/EXAMPLE"));
    }

    @Test
    void its_total_is_the_sum_of_its_lines() {
        assertThat(order().figures().amount(Spaces.TOTAL).minorUnits()).isEqualTo(2200);
        assertThat(order().figures().verify(lines(), PROFILE.rules())).isEmpty();
        assertThat(total(USD, Array.empty())).isZero();
    }

    @Test
    void its_lines_keep_their_order_and_what_they_are_called_outside() {
        assertThat(PROFILE.order().arrange(lines()).map(LineItem::description))
                .containsExactly("Product 1", "Domestic shipping");
        assertThat(lines().map(line -> ((Origin.Provided) line.origin()).externalId()))
                .containsExactly("100100", "101");
        assertThat(lines().flatMap(
                                line -> ((Origin.Provided) line.origin()).text().get(Spaces.ID_TYPE)))
                .containsExactly(Spaces.ID_IS_TEXT, Spaces.ID_IS_NUMBER);
        assertThat(lines().flatMap(LineItem::period)).isEmpty();
    }

    @Test
    void it_carries_a_snapshot_of_the_customer() {
        Customer customer = order().head().billedTo().get();
        assertThat(customer.name()).isEqualTo("John Doe");
        assertThat(customer.billingAddress().get().zipCode()).isEqualTo("90250");
        assertThat(customer.shippingAddress()).isEmpty();
    }

    @Test
    void it_becomes_paid_and_shipped_beside_the_sealed_document() {
        Standing unpaid = Standing.initial(ID, InvoiceStatus.CLOSED, CREATED);
        assertThat(unpaid.shipment()).isEmpty();
        Instant later = CREATED.plusSeconds(60);
        Standing done = unpaid.receiving(
                        new Payment("p1", order().figures().amount(Spaces.TOTAL), later), InvoiceStatus.PAID)
                .shipped(new Shipment("Your parcel is on its way.", later));
        assertThat(done.status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(done.paid(USD).minorUnits()).isEqualTo(2200);
        assertThat(done.shipment().map(Shipment::message)).contains("Your parcel is on its way.");
        assertThat(done.version()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 1200, 3, 0, 3600",
        "USD, 1200, 2, 400, 2000",
        "JPY, 1200, 3, 0, 3600",
        "KWD, 1200, 2, 1, 2399",
        "USD, 1200, 0, 0, 0",
        "USD, 0, 5, 0, 0"
    })
    void amounts_are_whole_minor_units_of_any_currency(
            String code, long unitAmount, long quantity, long discount, long totalAmount) {
        CurrencyUnit currency = Monetary.getCurrency(code);
        LineItem line = line(
                "1",
                Spaces.ID_IS_TEXT,
                "Product",
                Money.ofMinor(currency, unitAmount),
                quantity,
                Money.ofMinor(currency, discount));
        assertThat(line.net().get().minorUnits()).isEqualTo(totalAmount);
        assertThat(total(currency, Array.of(line))).isEqualTo(totalAmount);
    }

    @Test
    void an_amount_that_minor_units_cannot_show_is_refused() {
        assertThat(Money.of("USD", "12.340").rounded(PROFILE.rounding())).isEqualTo(Money.of("USD", "12.34"));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Money.of("USD", "12.345").rounded(PROFILE.rounding()));
    }

    private static Invoice.Issued order() {
        Head head = new Head(
                ID,
                PROFILE.name(),
                new AccountId("the owner of the shops"),
                new AccountId("the owner of the shops"),
                Option.none(),
                Option.none(),
                HashMap.of(Spaces.SPACE, new Ref("space", "1", "")),
                Option.some(new Customer(
                        "CUSTOMER_TOKEN",
                        "John Doe",
                        "test@example.com",
                        CREATED,
                        Option.some(new Address("SpaceX", "1 Rocket Rd", "", "90250", "Hawthorne", "CA", "US")),
                        Option.none())),
                USD,
                CREATED,
                HashMap.of(
                        Spaces.SPACE_CREATED, Attribute.of(Instant.ofEpochSecond(1_410_196_557)),
                        Spaces.SPACE_URL, Attribute.of("https://spaces.pe/s/EXAMPLE")));
        Figures figures = Figures.fold(PROFILE.figures(), lines(), USD);
        return new Invoice.Issued(head, figures, Option.some(new InvoiceNumber(Spaces.ordersOf("1"), 1)), CREATED);
    }

    private static Seq<LineItem> lines() {
        Money none = Money.zero(USD);
        return Array.of(
                line("100100", Spaces.ID_IS_TEXT, "Product 1", Money.ofMinor(USD, 1200), 1, none),
                line("101", Spaces.ID_IS_NUMBER, "Domestic shipping", Money.ofMinor(USD, 1000), 1, none));
    }

    private static LineItem line(
            String itemId, String idType, String description, Money unitPrice, long quantity, Money discount) {
        Origin origin = new Origin.Provided(itemId, HashMap.of(Spaces.ID_TYPE, idType), Option.none());
        return LineItem.builder(new LineId(itemId), itemId, Spaces.ITEM, CREATED, origin)
                .description(description)
                .quantity(BigDecimal.valueOf(quantity), "")
                .unitPrice(unitPrice)
                .price(Amount.of(unitPrice.times(quantity), discount))
                .build();
    }

    private static long total(CurrencyUnit currency, Seq<LineItem> lines) {
        return Figures.fold(PROFILE.in(currency).figures(), lines, currency)
                .amount(Spaces.TOTAL)
                .minorUnits();
    }
}

package dev.billing.quickstart.input;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.quickstart.input.JsonInput.BadJsonException;
import dev.billing.usecase.Order;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Instant;
import javax.money.CurrencyUnit;

/**
 * Reads the orders of shops, a list of them:
 *
 * <pre>{@code
 * [{"id": "order-1", "created": "2017-01-09T17:16:16Z", "currency": "USD",
 *   "space": {"id": 1, "created": "2017-01-01", "url": "https://example.com/s/1"},
 *   "customer": {"id": "c-1", "name": "John Doe", "email": "john@example.com", "created": "2017-01-09",
 *     "billing_address": {"line_1": "1 Rocket Rd", "zip_code": "90250", "locality": "Hawthorne", "region": "CA", "country": "US"}},
 *   "items": [{"id": 101, "description": "Domestic shipping", "quantity": 1, "unit_amount": 1000, "discount": 0}],
 *   "paid": "2017-01-10", "shipped": "On its way."}]
 * }</pre>
 *
 * Amounts are whole minor units, as cents. An item's id is a text or a number.
 */
public final class OrdersFile {

    private OrdersFile() {}

    /**
     * An order, and what became of it.
     *
     * @param paidAt when it was paid in full, if it was
     * @param shipped what the customer was told when it was sent, if it was
     */
    public record PlacedOrder(Order order, Option<Instant> paidAt, Option<String> shipped) {}

    /** The orders, or what is wrong with the file. */
    public static Either<Problem, Seq<PlacedOrder>> read(Source source) throws IOException {
        return JsonInput.read(source, OrdersFile::orders);
    }

    private static Seq<PlacedOrder> orders(JsonInput input) throws BadJsonException {
        Seq<PlacedOrder> orders = Array.empty();
        for (JsonInput element : input.elements()) {
            orders = orders.append(element.make(() -> order(element)));
        }
        return orders;
    }

    private static PlacedOrder order(JsonInput input) throws BadJsonException {
        CurrencyUnit currency = input.read("currency", JsonInput::currency);
        Order order = new Order(
                input.read("id", InvoiceId::new),
                input.readIfThere("account", AccountId::new).getOrElse(FactFiles.MAIN),
                space(input.member("space")),
                customer(input.member("customer")),
                input.all("items", item -> item(item, currency)),
                currency,
                input.instant("created"));
        return new PlacedOrder(
                order, input.readIfThere("paid", Row::instantOf), input.readIfThere("shipped", text -> text));
    }

    private static Order.Space space(JsonInput input) throws BadJsonException {
        return input.make(() -> new Order.Space(
                input.read("id", Long::parseLong), input.instant("created"), input.readIfThere("url", text -> text)));
    }

    private static Customer customer(JsonInput input) throws BadJsonException {
        return input.make(() -> new Customer(
                input.text("id"),
                input.text("name"),
                input.text("email"),
                input.instant("created"),
                input.ifThere("billing_address", OrdersFile::address),
                input.ifThere("shipping_address", OrdersFile::address)));
    }

    private static Address address(JsonInput input) throws BadJsonException {
        return new Address(
                input.textOrEmpty("line_1"),
                input.textOrEmpty("line_2"),
                input.textOrEmpty("line_3"),
                input.textOrEmpty("zip_code"),
                input.textOrEmpty("locality"),
                input.textOrEmpty("region"),
                input.textOrEmpty("country"));
    }

    private static Order.Item item(JsonInput input, CurrencyUnit currency) throws BadJsonException {
        Option<Instant> start = input.readIfThere("date_range_start", Row::instantOf);
        Option<Instant> end = input.readIfThere("date_range_end", Row::instantOf);
        if (start.isDefined() != end.isDefined()) {
            throw input.bad("A date range must have a start and an end, or neither");
        }
        return new Order.Item(
                new Order.ItemId(input.text("id"), input.isNumber("id")),
                input.text("description"),
                input.read("quantity", Long::parseLong),
                Money.ofMinor(currency, input.read("unit_amount", Long::parseLong)),
                Money.ofMinor(
                        currency, input.readIfThere("discount", Long::parseLong).getOrElse(0L)),
                start.flatMap(from -> end.map(until -> Period.of(from, until))));
    }
}

package dev.billing.testkit.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import dev.billing.port.Access;
import dev.billing.port.Ports;
import dev.billing.port.TenantId;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.Order;
import dev.billing.usecase.Order.Item;
import dev.billing.usecase.Order.ItemId;
import dev.billing.usecase.Order.Space;
import dev.billing.usecase.PlaceOrder;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.time.Instant;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/** Orders in the shops of one user. */
final class Orders {

    static final TenantId TENANT = new TenantId("tenant");
    static final AccountId USER = new AccountId("user");
    static final Access ACCESS = Access.to(TENANT, USER);
    static final CurrencyUnit USD = Monetary.getCurrency("USD");
    static final Instant CREATED = Instant.parse("2014-09-08T17:16:16Z");
    static final Space SPACE =
            new Space(1, Instant.parse("2014-09-08T17:15:57Z"), Option.some("https://spaces.pe/s/EXAMPLE"));

    static final Address ADDRESS = new Address("SpaceX", "1 Rocket Rd", "", "90250", "Hawthorne", "CA", "US");
    static final Customer CUSTOMER = new Customer(
            "CUSTOMER_TOKEN", "John Doe", "test@example.com", CREATED, Option.some(ADDRESS), Option.none());

    private Orders() {}

    static PlaceOrder placeOrder(Ports ports) {
        return new PlaceOrder(ports, SettableClock.at("2014-09-08T17:20:00Z"));
    }

    static Order order(String id, Item... items) {
        return order(id, SPACE, CREATED, items);
    }

    static Order order(String id, Space space, Instant createdAt, Item... items) {
        return new Order(new InvoiceId(id), USER, space, CUSTOMER, Array.of(items), USD, createdAt);
    }

    static Space space(long id) {
        return new Space(id, SPACE.createdAt(), Option.none());
    }

    static Item item(long quantity, String unitAmount, String discount) {
        return new Item(ItemId.of("100100"), "Product 1", quantity, usd(unitAmount), usd(discount), Option.none());
    }

    static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

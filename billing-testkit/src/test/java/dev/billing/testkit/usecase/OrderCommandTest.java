package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.Orders.ACCESS;
import static dev.billing.testkit.usecase.Orders.CREATED;
import static dev.billing.testkit.usecase.Orders.TENANT;
import static dev.billing.testkit.usecase.Orders.USD;
import static dev.billing.testkit.usecase.Orders.USER;
import static dev.billing.testkit.usecase.Orders.item;
import static dev.billing.testkit.usecase.Orders.order;
import static dev.billing.testkit.usecase.Orders.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.profile.Spaces;
import dev.billing.domain.profile.Standard;
import dev.billing.port.Access;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.OrderCommand;
import dev.billing.usecase.OrderRefused;
import dev.billing.usecase.PaymentCommand;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;

class OrderCommandTest {

    private static final InvoiceId ID = new InvoiceId("order");
    private static final AccountCommand.Park PARK =
            new AccountCommand.Park(USER, "Address unknown", "Ask for the address");

    private final SettableClock clock = SettableClock.at("2014-09-08T17:20:00Z");
    private final Ports ports = InMemoryPorts.create();
    private final KeyedCommands commands = new KeyedCommands(ports, Standard.profile(), clock, Access.toAll(TENANT));

    @Test
    void an_order_is_placed_as_previewed_once_for_a_key() {
        Receipt placed = commands.done("place", place("12.00"));
        commands.refusesReuse("place", place("13.00"));
        assertThat(placed.numbers().get(ID)).contains(new InvoiceNumber(Spaces.ordersOf("1"), 1));
        Event told = placed.events().single();
        assertThat(told.type()).isEqualTo("invoice.finalised");
        assertThat(told.at()).isEqualTo(CREATED);
        assertThat(told.data().get(Event.NUMBER)).contains("1");
        assertThat(told.data().get("amount")).contains("12.00");
        assertThat(account(USER).open(USD)).isEqualTo(usd("12.00"));
    }

    @Test
    void the_id_of_an_order_is_taken_whatever_the_key() {
        commands.done("place", place("12.00"));
        assertThat(commands.refused("again", place("12.00")))
                .isEqualTo(new OrderRefused.NotStored(new CommitRefused.AlreadyExists(ID)));
    }

    @Test
    void all_that_is_wrong_with_an_order_is_told() {
        OrderRefused.Unsound refused = (OrderRefused.Unsound)
                commands.refused("place", new OrderCommand.Place(order("order", item(-1, "-1.00", "0"))));
        assertThat(refused.order()).isEqualTo(ID);
        assertThat(refused.problems()).hasSize(2);
        assertThat(refused.message())
                .isEqualTo("Order 'order' cannot be placed: A quantity must not be negative, but the quantity of item 1"
                        + " was -1; An amount must not be negative, but the unit amount of item 1 was USD -1.00");
    }

    @Test
    void credit_that_is_free_pays_an_order() {
        commands.done(
                "pay",
                new PaymentCommand.Receive(USER, "card", usd("15.00"), new PaymentCommand.Allocation.OldestFirst()));
        assertThat(types(commands.done("place", place("12.00"))))
                .containsExactly("invoice.finalised", "payment.allocated", "invoice.paid");
        assertThat(stored().standing().status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(account(USER).open(USD)).isEqualTo(usd("0"));
        assertThat(account(USER).free(USD)).isEqualTo(usd("3.00"));
    }

    @Test
    void no_order_of_a_parked_account_is_placed() {
        commands.done("park", PARK);
        CommandRefused.Parked parked = new CommandRefused.Parked(USER, PARK.reason(), PARK.release());
        assertThat(commands.refused("place", place("12.00"))).isEqualTo(parked);
        assertThat(Orders.placeOrder(ports).place(TENANT, order("order", item(1, "12.00", "0"))))
                .isEqualTo(Either.left(Array.of(new OrderRefused.NotPlaced(parked))));
        assertThat(ports.invoices().find(ACCESS, ID)).isEmpty();
        commands.done("resume", new AccountCommand.Resume(USER, "moved"));
        InvoiceNumber number = Orders.placeOrder(ports)
                .place(TENANT, order("order", item(1, "12.00", "0")))
                .get();
        assertThat(number.value()).isEqualTo(1);
    }

    @Test
    void whoever_pays_for_the_account_owes_its_orders() {
        AccountId boss = new AccountId("boss");
        commands.done(
                "describe",
                new AccountCommand.Describe(new AccountDetails(
                        USER,
                        1,
                        Option.none(),
                        Array.empty(),
                        Array.empty(),
                        Option.none(),
                        Option.none(),
                        Option.some(new AccountDetails.Payer(boss, AccountDetails.Payer.Mode.SEPARATE)),
                        CREATED)));
        commands.done("place", place("12.00"));
        assertThat(account(boss).open(USD)).isEqualTo(usd("12.00"));
        assertThat(account(USER).entries()).isZero();
        assertThat(stored().invoice().head().attributes().get("payer")).contains(Attribute.of("boss"));
    }

    @Test
    void nobody_places_orders_of_accounts_that_he_may_not_see() {
        KeyedCommands limited =
                new KeyedCommands(ports, Standard.profile(), clock, Access.to(TENANT, new AccountId("other")));
        assertThat(limited.refused("place", place("12.00"))).isEqualTo(new CommandRefused.NoAccess(USER));
    }

    private static OrderCommand place(String amount) {
        return new OrderCommand.Place(order("order", item(1, amount, "0")));
    }

    private Stored stored() {
        return ports.invoices().find(ACCESS, ID).get();
    }

    private Account account(AccountId id) {
        return Account.of(id, ports.accounts().entries(Access.toAll(TENANT), id));
    }

    private static Seq<String> types(Receipt receipt) {
        return receipt.events().map(Event::type);
    }
}

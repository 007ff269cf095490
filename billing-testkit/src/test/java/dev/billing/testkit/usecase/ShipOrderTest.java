package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.Orders.ACCESS;
import static dev.billing.testkit.usecase.Orders.CREATED;
import static dev.billing.testkit.usecase.Orders.TENANT;
import static dev.billing.testkit.usecase.Orders.USD;
import static dev.billing.testkit.usecase.Orders.USER;
import static dev.billing.testkit.usecase.Orders.item;
import static dev.billing.testkit.usecase.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Shipment;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.period.Period;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Receipt;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.FaultInjection;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.testkit.ForwardingInvoiceStore;
import dev.billing.testkit.InMemoryInvoiceStore;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.ShipOrder;
import dev.billing.usecase.ShipRefused;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShipOrderTest {

    private static final InvoiceId ID = new InvoiceId("INVOICE_TOKEN");
    private static final String MESSAGE = "Your parcel\nis on its way.";

    private final SettableClock clock = SettableClock.at("2014-09-09T10:00:00.123Z");
    private final FaultInjection faults = new FaultInjection();
    private final InMemoryInvoiceStore store = new InMemoryInvoiceStore();
    private final ShipOrder shipOrder = new ShipOrder(faults.in(store), clock);

    @BeforeEach
    void place() {
        Orders.placeOrder(InMemoryPorts.on(store))
                .place(TENANT, order("INVOICE_TOKEN", item(1, "12.00", "0")))
                .get();
    }

    @Test
    void an_order_is_shipped_beside_the_sealed_document() {
        Stored before = stored();
        Stored after = ship(MESSAGE).get();
        assertThat(after.standing().shipment()).contains(new Shipment(MESSAGE, clock.instant()));
        assertThat(after.standing().version()).isEqualTo(2);
        assertThat(after.standing().status()).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(after.invoice()).isEqualTo(before.invoice());
        assertThat(stored()).isEqualTo(after);
    }

    @Test
    void shipping_again_with_the_same_message_changes_nothing() {
        Stored first = ship(MESSAGE).get();
        clock.advance(Duration.ofDays(1));
        assertThat(ship(MESSAGE)).isEqualTo(Either.right(first));
        assertThat(stored()).isEqualTo(first);
    }

    @Test
    void a_second_message_is_refused() {
        Stored first = ship(MESSAGE).get();
        ShipRefused refused = ship("Another").getLeft();
        assertThat(refused)
                .isEqualTo(new ShipRefused.AlreadyShipped(
                        ID, first.standing().shipment().get()));
        assertThat(refused.message())
                .isEqualTo(
                        "An order is shipped once, but 'INVOICE_TOKEN' was shipped at 2014-09-09T10:00:00.123Z with the"
                                + " message '" + MESSAGE + "'");
        assertThat(stored()).isEqualTo(first);
    }

    @Test
    void what_the_caller_does_not_see_is_unknown() {
        for (Access other : Array.of(Access.to(TENANT, new AccountId("other")), Access.toAll(new TenantId("other")))) {
            assertThat(shipOrder.ship(other, ID, MESSAGE)).isEqualTo(Either.left(new ShipRefused.UnknownOrder(ID)));
        }
        InvoiceId unknown = new InvoiceId("unknown");
        assertThat(shipOrder.ship(ACCESS, unknown, MESSAGE).getLeft().message())
                .isEqualTo("An order must exist before it is shipped, but 'unknown' does not");
    }

    @Test
    void what_is_no_order_is_not_shipped() {
        InvoiceId id = new InvoiceId("month");
        Head head = Head.of(id, "other", USER, Period.parse("2014-09-01T00:00:00Z/2014-10-01T00:00:00Z"), USD, CREATED);
        Write month = new Write.Issue(
                new Invoice.Preview(head, Figures.NONE, CREATED), Array.empty(), Option.none(), InvoiceStatus.FREE);
        store.commit(TENANT, Commit.of(new CommandKey("month"), "month", month)).get();
        assertThat(shipOrder.ship(ACCESS, id, MESSAGE)).isEqualTo(Either.left(new ShipRefused.UnknownOrder(id)));
    }

    @Test
    void changes_that_came_between_are_kept() {
        Overtaking overtaking = new Overtaking(3, Overtaking::pay);
        Stored shipped = overtaking.ship(MESSAGE).get();
        assertThat(shipped.standing().status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(shipped.standing().version()).isEqualTo(5);
        assertThat(shipped.standing().shipment().map(Shipment::message)).contains(MESSAGE);
    }

    @Test
    void it_gives_up_when_it_is_overtaken_for_ever() {
        Overtaking overtaking = new Overtaking(Integer.MAX_VALUE, Overtaking::pay);
        assertThat(overtaking.ship(MESSAGE).getLeft().message()).contains("was overtaken by others 100 times");
        assertThat(overtaking.order().standing().shipment()).isEmpty();
    }

    @Test
    void whoever_ships_first_has_told_the_customer() {
        Overtaking overtaking = new Overtaking(1, first -> first.ship("Theirs"));
        assertThat(overtaking.ship(MESSAGE))
                .isEqualTo(Either.left(new ShipRefused.AlreadyShipped(ID, new Shipment("Theirs", clock.instant()))));
        assertThat(overtaking.order().standing().version()).isEqualTo(2);
    }

    @Test
    void somebody_else_may_ship_first_with_the_same_message() {
        Overtaking overtaking = new Overtaking(1, first -> first.ship(MESSAGE));
        assertThat(overtaking.ship(MESSAGE)).isEqualTo(Either.right(overtaking.order()));
        assertThat(overtaking.order().standing().version()).isEqualTo(2);
    }

    /** Somebody else does something to the order, before each of some commits. */
    private final class Overtaking extends ForwardingInvoiceStore {

        private final Consumer<Overtaking> other;
        private int times;

        private Overtaking(int times, Consumer<Overtaking> other) {
            Orders.placeOrder(inPorts())
                    .place(TENANT, Orders.order(ID.value(), item(1, "12.00", "0")))
                    .get();
            this.times = times;
            this.other = other;
        }

        @Override
        public Either<CommitRefused, Receipt> commit(TenantId tenant, Commit commit) {
            if (times > 0) {
                times--;
                other.accept(this);
            }
            return super.commit(tenant, commit);
        }

        Stored order() {
            return find(ACCESS, ID).get();
        }

        Either<ShipRefused, Stored> ship(String message) {
            return new ShipOrder(this, clock).ship(ACCESS, ID, message);
        }

        void pay() {
            Standing paid = order().standing().becoming(InvoiceStatus.PAID, clock.instant());
            super.commit(TENANT, Commit.of(new CommandKey("paid/" + paid.version()), "paid", new Write.Stand(paid)))
                    .get();
        }
    }

    @Test
    void of_threads_with_different_messages_one_ships() {
        Seq<Either<ShipRefused, Stored>> results = AtOnce.run(thread -> ship("Message " + thread));
        assertThat(results.filter(Either::isRight)).hasSize(1);
        assertThat(results.filter(Either::isLeft).map(Either::getLeft))
                .allSatisfy(refused -> assertThat(refused).isInstanceOf(ShipRefused.AlreadyShipped.class));
        assertThat(stored().standing().version()).isEqualTo(2);
    }

    @Test
    void threads_with_one_message_ship_once() {
        Seq<Either<ShipRefused, Stored>> results = AtOnce.run(thread -> ship(MESSAGE));
        assertThat(results.distinct()).containsExactly(Either.right(stored()));
        assertThat(stored().standing().version()).isEqualTo(2);
    }

    @Test
    void a_fault_of_the_storage_is_mended_by_shipping_again() {
        faults.before(Call.COMMIT, 1).after(Call.COMMIT, 2);
        assertThatThrownBy(() -> ship(MESSAGE)).isInstanceOf(StorageException.class);
        assertThat(stored().standing().shipment()).isEmpty();
        assertThatThrownBy(() -> ship(MESSAGE)).isInstanceOf(StorageException.class);
        assertThat(ship(MESSAGE)).isEqualTo(Either.right(stored()));
        assertThat(stored().standing().version()).isEqualTo(2);
    }

    private Either<ShipRefused, Stored> ship(String message) {
        return shipOrder.ship(ACCESS, ID, message);
    }

    private Stored stored() {
        return store.find(ACCESS, ID).get();
    }
}

package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Account;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.Access;
import dev.billing.port.Event;
import dev.billing.port.TenantId;
import dev.billing.testkit.InMemoryInvoiceStore;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.usecase.ImportDocument;
import dev.billing.usecase.PlaceOrder;
import dev.billing.usecase.ProvidedDocument;
import dev.billing.usecase.Report;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What documents that are final at once mean for their accounts. */
class ChargingTest {

    private final InMemoryInvoiceStore store = new InMemoryInvoiceStore();

    @Test
    void a_month_that_is_closed_is_owed() {
        World world = new World();
        world.record(World.begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        world.billing
                .closeMonth()
                .close(World.ACCESS, World.ACCOUNT, World.FEBRUARY)
                .get();
        world.billing
                .closeMonth()
                .close(World.ACCESS, World.ACCOUNT, World.FEBRUARY)
                .get();
        world.billing
                .closeMonth()
                .close(World.ACCESS, World.ACCOUNT, World.JANUARY)
                .get();
        assertThat(Account.of(World.ACCOUNT, world.ports.accounts().entries(World.ACCESS, World.ACCOUNT))
                        .balance(World.USD))
                .isEqualTo(usd("25.00"));
        assertThat(events(world.ports.outbox().undelivered(World.TENANT, 10).map(published -> published.event())))
                .containsExactly(
                        "invoice.created",
                        "invoice.finalised 25.00 CLOSED",
                        "invoice.created",
                        "invoice.finalised 0 FREE");
    }

    @Test
    void an_order_is_owed_once() {
        PlaceOrder placeOrder = Orders.placeOrder(InMemoryPorts.on(store));
        for (int i = 0; i < 2; i++) {
            placeOrder
                    .place(Orders.TENANT, Orders.order("order", Orders.item(2, "10.00", "1.00")))
                    .get();
        }
        Money total = store.find(Orders.ACCESS, new InvoiceId("order"))
                .get()
                .invoice()
                .figures()
                .amount(Spaces.TOTAL);
        assertThat(total).isEqualTo(usd("19.00"));
        assertThat(account(Orders.TENANT, Orders.USER).balance(World.USD)).isEqualTo(total);
    }

    @Test
    void of_a_settled_month_what_is_billed_is_owed() {
        AtlasWorld world = new AtlasWorld(InMemoryPorts.on(store));
        world.post(
                AtlasWorld.charge("a", "2018-06-10", "10", "2.00"), AtlasWorld.charge("b", "2018-06-10", "1", "-30"));
        world.settle(AtlasWorld.JUNE, AtlasWorld.TAXED);
        assertThat(account(AtlasWorld.TENANT, AtlasWorld.ACCOUNT).balance(World.USD))
                .as("the next month begins with what is left over")
                .isEqualTo(usd("0"));
        world.post(AtlasWorld.charge("c", "2018-07-10", "10", "3.00"));
        Money billed = world.settle(AtlasWorld.JULY, AtlasWorld.TAXED)
                .invoice()
                .figures()
                .amount(Atlas.BILLED);
        assertThat(billed).isEqualTo(usd("24.25"));
        assertThat(account(AtlasWorld.TENANT, AtlasWorld.ACCOUNT).open(World.USD))
                .isEqualTo(billed);
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSED, 0, 0, 10.00, 0",
        "FAILED, 0, 0, 10.00, 0",
        "PARTLY_PAID, 4.00, 0, 6.00, 0",
        "PAID, 10.00, 0, 0, 0",
        "PAID, 0, 0, 0, 0",
        "PAID, 12.00, 0, 0, 2.00",
        "FORGIVEN, 0, 0, 0, 0",
        "FORGIVEN, 10.00, 10.00, 0, 0",
        "WRITTEN_OFF, 4.00, 1.00, 0, 0",
        "INVOICED, 0, 0, 0, 0",
        "VOID, 0, 0, 0, 0",
        "PENDING, 0, 0, 0, 0"
    })
    void of_a_document_from_outside_is_owed_what_its_status_says(
            InvoiceStatus status, String paid, String refunded, String open, String free) {
        take(provided("atlas", Atlas.BILLED, status, paid, refunded));
        Account account = account(Orders.TENANT, Orders.USER);
        assertThat(account.open(World.USD)).isEqualTo(usd(open));
        assertThat(account.free(World.USD)).isEqualTo(usd(free));
    }

    @Test
    void documents_from_outside_for_information_are_not_owed() {
        take(provided("morpheus", FigureKey.price("total"), InvoiceStatus.CLOSED, "0", "0"));
        take(provided("of the host", Akkeris.TOTAL, InvoiceStatus.CLOSED, "0", "0"));
        assertThat(account(Orders.TENANT, Orders.USER).entries()).isZero();
        assertThat(Morpheus.profile().invoicing().due()).isEmpty();
    }

    @Test
    void a_report_that_is_refused_is_told_once() {
        World world = new World();
        Report yacht = World.begun("yacht", "yacht", "2024-02-01T00:00:00Z");
        Report dyno = World.begun("dyno", "dyno", "2024-02-01T00:00:00Z");
        for (int i = 0; i < 2; i++) {
            assertThat(world.billing
                            .recordFacts()
                            .record(World.TENANT, Array.of(yacht, dyno))
                            .isLeft())
                    .isTrue();
        }
        Event event = world.ports
                .outbox()
                .undelivered(World.TENANT, 10)
                .map(told -> told.event())
                .single();
        assertThat(event.type()).isEqualTo("usage.rejected");
        assertThat(event.account()).isEqualTo(World.ACCOUNT);
        assertThat(event.subject()).isEqualTo("yacht");
        assertThat(event.data().get("reason").get()).contains("yacht");
    }

    private void take(ProvidedDocument document) {
        new ImportDocument(store).take(Orders.TENANT, document).get();
    }

    private static ProvidedDocument provided(
            String profile, FigureKey due, InvoiceStatus status, String paid, String refunded) {
        Head head = Head.of(
                new InvoiceId("document of " + profile),
                profile,
                Orders.USER,
                AtlasWorld.month(AtlasWorld.JUNE),
                World.USD,
                Orders.CREATED);
        Seq<Payment> payments = Option.of(new BigDecimal(paid))
                .filter(amount -> amount.signum() > 0)
                .map(amount -> new Payment("payment", usd(paid), Orders.CREATED))
                .toArray();
        Seq<Refund> refunds = Option.of(new BigDecimal(refunded))
                .filter(amount -> amount.signum() > 0)
                .map(amount -> new Refund("payment", usd(refunded), Option.none(), Orders.CREATED))
                .toArray();
        return new ProvidedDocument(
                        "outside", head, LinkedHashMap.of(due, usd("10.00")), Array.empty(), status, Orders.CREATED)
                .paid(payments, refunds);
    }

    private Account account(TenantId tenant, AccountId account) {
        return Account.of(account, store.entries(Access.toAll(tenant), account));
    }

    private static Seq<String> events(Seq<Event> events) {
        return events.map(event -> Array.of("amount", "status")
                .flatMap(name -> event.data().get(name))
                .prepend(event.type())
                .mkString(" "));
    }
}

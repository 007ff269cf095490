package dev.billing.testkit.usecase;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.usage.FactId;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Recorded;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.testkit.AtOnce;
import dev.billing.testkit.FaultInjection;
import dev.billing.testkit.ForwardingInvoiceStore;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.MonthView;
import dev.billing.usecase.Report;
import dev.billing.usecase.Scope;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/** A service that bills under the profile of Akkeris, on 10 March 2024 at noon. */
final class World {

    static final TenantId TENANT = new TenantId("tenant");
    static final AccountId ACCOUNT = new AccountId("account");
    static final AccountId OTHER = new AccountId("other account");
    static final Access ACCESS = Access.to(TENANT, ACCOUNT);
    static final CurrencyUnit USD = Monetary.getCurrency("USD");
    static final YearMonth JANUARY = YearMonth.of(2024, 1);
    static final YearMonth FEBRUARY = YearMonth.of(2024, 2);
    static final YearMonth MARCH = YearMonth.of(2024, 3);
    static final YearMonth APRIL = YearMonth.of(2024, 4);

    final SettableClock clock = SettableClock.at("2024-03-10T12:00:00Z");
    final FaultInjection faults = new FaultInjection();
    final Ports ports;
    final Billing billing;

    World() {
        this(InMemoryPorts.create());
    }

    private World(Ports ports) {
        this.ports = faults.in(ports);
        this.billing = Billing.on(this.ports).with(Akkeris.profile()).with(clock);
        put(1, "2020-01-01T00:00:00Z", "25.00");
    }

    /** With something in front of the documents. */
    static World on(Ports ports, Function<Ports, InvoiceStore> documents) {
        return new World(ports.with(documents.apply(ports)));
    }

    /** Where the threads of {@link AtOnce} look for a document before any of them goes on. */
    static World ofMeetingThreads() {
        Ports ports = InMemoryPorts.create();
        return new World(ports.with(new MeetingStore()));
    }

    private static final class MeetingStore extends ForwardingInvoiceStore {
        private final CyclicBarrier meeting = new CyclicBarrier(AtOnce.THREADS);
        private final AtomicInteger found = new AtomicInteger();

        @Override
        public Option<Stored> find(Access access, InvoiceId id) {
            Option<Stored> result = super.find(access, id);
            if (found.getAndIncrement() < AtOnce.THREADS) {
                meet();
            }
            return result;
        }

        private void meet() {
            try {
                meeting.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("Threads did not meet", e);
            }
        }
    }

    /** A price book in which a dyno costs so much a month. */
    void put(int version, String from, String dyno) {
        put(version, from, dyno, "0.01");
    }

    /** A price book in which a dyno costs so much a month, and a gigabyte so much. */
    void put(int version, String from, String dyno, String gigabyte) {
        Seq<Product> products = Array.of(
                product("dyno", Akkeris.DYNO, dyno, Option.none()),
                product("database", Akkeris.ADDON, "50.00", Option.none()),
                product("traffic", Akkeris.ADDON, gigabyte, Option.some("gigabytes")),
                product("advice", "consulting", "100.00", Option.none()),
                product("advice by the hour", "consulting", "100.00", Option.some("hours")));
        billing.priceBooks()
                .put(TENANT, PriceBook.of(new PriceBookVersion("main", version), USD, at(from), products))
                .get();
    }

    private static Product product(String sku, String category, String price, Option<String> meter) {
        return new Product(sku, category, "month", new PerUnit(usd(price)), meter);
    }

    static Money usd(String amount) {
        return Money.of("USD", amount);
    }

    static Instant at(String instant) {
        return Instant.parse(instant);
    }

    static FactId id(String value) {
        return new FactId(value);
    }

    static Map<Dimension, Ref> places(String organization, String space, String app) {
        return HashMap.of(
                Akkeris.ORGANIZATION, Ref.named("organization", organization),
                Akkeris.SPACE, Ref.named("space", space),
                Akkeris.APP, Ref.named("app", app));
    }

    static final Map<Dimension, Ref> API = places("acme", "prod", "api");
    static final Map<Dimension, Ref> WEB = places("acme", "dev", "web");

    static Scope inOrganization(String name) {
        return Scope.of(ACCOUNT, Akkeris.ORGANIZATION, Ref.named("organization", name));
    }

    static Scope inSpace(String name) {
        return Scope.of(ACCOUNT, Akkeris.SPACE, Ref.named("space", name));
    }

    static Selection.At atApp(String name) {
        return new Selection.At(Akkeris.APP, name);
    }

    static Report.Begun begun(String id, String sku, String from) {
        return begun(id, ACCOUNT, sku, API, from, Option.none());
    }

    static Report.Begun begun(
            String id, AccountId account, String sku, Map<Dimension, Ref> places, String from, Option<String> until) {
        return new Report.Begun(
                id(id), account, sku, BigDecimal.ONE, sku + " of " + id, places, at(from), until.map(World::at));
    }

    static Report.Ended ended(String id, String lifetime, String at) {
        return new Report.Ended(id(id), ACCOUNT, id(lifetime), at(at));
    }

    static Report.Used used(String id, String meter, String at) {
        return new Report.Used(id(id), ACCOUNT, meter, new BigDecimal("12.5"), at(at), API);
    }

    Recorded record(Report... reports) {
        return billing.recordFacts()
                .record(TENANT, Array.of(reports))
                .getOrElseThrow(refused -> new AssertionError("Refused: " + refused));
    }

    /** A month as it is read, taken out of its stream. */
    record Month(MonthView view, Seq<LineItem> lines) {

        Money total() {
            return view.extract().figures().amount(Akkeris.TOTAL);
        }
    }

    Option<Month> read(Scope scope, YearMonth month) {
        return read(billing, ACCESS, scope, month);
    }

    static Option<Month> read(Billing billing, Access access, Scope scope, YearMonth month) {
        return billing.readMonth()
                .read(access, scope, month, (view, lines) -> new Month(view, Array.ofAll(() -> lines)));
    }

    Seq<Stored> documents() {
        return ports.invoices()
                .search(Access.toAll(TENANT), InvoiceQuery.ALL, PageRequest.first(1_000))
                .rows();
    }

    Seq<LineItem> linesOf(Stored stored) {
        return ports.invoices()
                .lines(
                        Access.toAll(TENANT),
                        LineItemQuery.of(stored.invoice().head().id()),
                        lines -> Array.ofAll(() -> lines));
    }
}

package dev.billing.testkit.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Plan;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.testkit.InMemoryInvoiceStore;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.BilledObject;
import dev.billing.usecase.CloudRun;
import dev.billing.usecase.CloudRun.Feed;
import dev.billing.usecase.CloudRun.ReportedCharge;
import dev.billing.usecase.MeterCloud;
import dev.billing.usecase.RunRefused;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;

/** A cloud in memory whose May 2020 is billed. */
final class CloudWorld {

    static final TenantId TENANT = new TenantId("acme");
    static final Access ALL = Access.toAll(TENANT);
    static final AccountId ROOT = new AccountId("1");
    static final YearMonth MAY = YearMonth.of(2020, 5);
    static final Profile PROFILE = Morpheus.profile().on(BillingCalendar.monthly(ZoneId.of("America/New_York")));

    /** Hours within the month. */
    static final Instant TO_8 = Instant.parse("2020-05-08T14:59:59Z");

    static final Instant TO_9 = Instant.parse("2020-05-09T14:59:59Z");
    static final Instant CLOSED = Instant.parse("2020-06-01T03:59:59Z");

    final SettableClock clock = SettableClock.at("2020-05-08T15:00:08Z");
    final InvoiceStore store;

    CloudWorld() {
        this(new InMemoryInvoiceStore());
    }

    CloudWorld(InvoiceStore store) {
        this.store = store;
    }

    Either<RunRefused, Integer> run(CloudRun run) {
        return new MeterCloud(store, PROFILE, clock).run(TENANT, run);
    }

    /** A run of what was metered and reported up to an instant. */
    static CloudRun run(String id, Instant to, Seq<BilledObject> objects, ReportedCharge... charges) {
        return run(id, to, Option.some(new Feed(to, to, Array.of(charges))), false, objects);
    }

    static CloudRun run(String id, Instant to, Option<Feed> feed, boolean rebuild, Seq<BilledObject> objects) {
        return new CloudRun(id, new Ref("cloud", "39", "qa-amazon"), MAY, to, feed, rebuild, objects);
    }

    Stored stored(String id) {
        return store.find(ALL, new InvoiceId(id)).get();
    }

    String amount(String id, FigureKey figure) {
        return Decimals.toText(stored(id).invoice().figures().amount(figure).amount());
    }

    Option<Attribute> fact(String id, String name) {
        return stored(id).invoice().head().attributes().get(name);
    }

    Seq<LineItem> lines(String id) {
        return store.lines(ALL, LineItemQuery.of(new InvoiceId(id)), lines -> Array.ofAll(() -> lines));
    }

    /** A thing in cloud 39 and instance 331, there for ever, whose document has the same id. */
    static BilledObject thing(String type, String id, String monthly) {
        return new BilledObject(
                Option.some(new InvoiceId(id)),
                new Ref(type, id, type + id),
                ROOT,
                ROOT,
                LinkedHashMap.of(
                        Morpheus.ACCOUNT, new Ref("account", "1", "root"),
                        Morpheus.CLOUD, new Ref("cloud", "39", "qa-amazon"),
                        Morpheus.GROUP, new Ref("group", "1", "lonestar"),
                        Morpheus.INSTANCE, new Ref("instance", "331", "nginx21"),
                        Morpheus.USER, new Ref("user", "5", "admin")),
                Instant.parse("2019-01-01T00:00:00Z"),
                Option.none(),
                monthly.isEmpty() ? Plan.free(usd("0").currency()) : plan(usd(monthly)),
                0,
                Option.none(),
                BigDecimal.ONE,
                HashMap.empty(),
                Option.none());
    }

    private static Plan plan(Money monthly) {
        return new Plan(
                monthly.currency(),
                Plan.HOURS,
                Array.of(new Plan.Part(
                        "compute", "cores", BigDecimal.ONE, monthly, monthly, Plan.Incurs.WHILE_RUNNING, false)));
    }

    /** The parts of a thing that tests change. */
    static BilledObject with(BilledObject thing, Map<Dimension, Ref> places, Option<Instant> deletedAt) {
        return new BilledObject(
                thing.invoice(),
                thing.subject(),
                thing.account(),
                thing.owner(),
                places,
                thing.createdAt(),
                deletedAt,
                thing.plan(),
                thing.offMillis(),
                thing.power(),
                thing.conversionRate(),
                thing.facts(),
                thing.tags());
    }

    static BilledObject tagged(BilledObject thing, Tag... tags) {
        return new BilledObject(
                thing.invoice(),
                thing.subject(),
                thing.account(),
                thing.owner(),
                thing.places(),
                thing.createdAt(),
                thing.deletedAt(),
                thing.plan(),
                thing.offMillis(),
                thing.power(),
                thing.conversionRate(),
                thing.facts(),
                Option.some(Array.of(tags)));
    }

    static BilledObject unnamed(BilledObject thing, AccountId account) {
        return new BilledObject(
                Option.none(),
                thing.subject(),
                account,
                thing.owner(),
                thing.places(),
                thing.createdAt(),
                thing.deletedAt(),
                thing.plan(),
                thing.offMillis(),
                thing.power(),
                thing.conversionRate(),
                thing.facts(),
                thing.tags());
    }

    static BilledObject priced(BilledObject thing, Money monthly, String conversionRate) {
        return new BilledObject(
                thing.invoice(),
                thing.subject(),
                thing.account(),
                thing.owner(),
                thing.places(),
                thing.createdAt(),
                thing.deletedAt(),
                plan(monthly),
                thing.offMillis(),
                thing.power(),
                new BigDecimal(conversionRate),
                thing.facts(),
                thing.tags());
    }

    /** What an hour of an item cost. */
    static ReportedCharge charge(BilledObject thing, String line, String item, Money cost, String start) {
        Instant from = Instant.parse(start);
        return new ReportedCharge(
                thing.subject().type(),
                thing.subject().id(),
                LineItem.builder(new LineId(line), "vm", "compute", from.plusSeconds(4_000), Origin.Provided.of(item))
                        .cost(cost)
                        .period(Period.of(from, from.plusSeconds(3_600)))
                        .build());
    }

    static ReportedCharge charge(BilledObject thing, String line, String item, String cost, String start) {
        return charge(thing, line, item, usd(cost), start);
    }

    static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

package dev.billing.http.morpheus;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.domain.profile.Plan;
import dev.billing.http.Capture;
import dev.billing.http.WireRequest;
import dev.billing.port.Access;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Ports;
import dev.billing.port.Principal;
import dev.billing.port.Principal.Right;
import dev.billing.port.Principals;
import dev.billing.port.TenantId;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.BilledObject;
import dev.billing.usecase.BilledObject.Power;
import dev.billing.usecase.CloudRun;
import dev.billing.usecase.CloudRun.Feed;
import dev.billing.usecase.CloudRun.ReportedCharge;
import dev.billing.usecase.MeterCloud;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A cloud whose months are billed, and callers who look at them. */
final class MorpheusFixture {

    static final TenantId TENANT = new TenantId("acme");
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    static final AccountId ROOT = new AccountId("1");
    static final AccountId SUB = new AccountId("2");
    static final AccountId OTHER = new AccountId("3");
    static final YearMonth MAY = YearMonth.of(2020, 5);

    /** Tokens of the master, of two sub-tenants, and of callers with fewer rights. */
    static final String MASTER = "master-token";

    static final String SUB_TENANT = "sub-token";
    static final String OTHER_TENANT = "other-token";
    static final String READER = "reader-token";
    static final String NOBODY = "nobody-token";

    final SettableClock clock = SettableClock.at("2020-05-01T15:59:49Z");
    final Ports ports = InMemoryPorts.create();
    private MorpheusOptions options = MorpheusOptions.standard().withZone(NEW_YORK);
    private CloudRefresh clouds = CloudRefresh.none();
    private int runs;

    MorpheusFixture in(MorpheusOptions.Epoch epoch) {
        options = options.withEpoch(epoch);
        return this;
    }

    MorpheusFixture with(CloudRefresh newClouds) {
        clouds = newClouds;
        return this;
    }

    MorpheusFixture with(MorpheusOptions newOptions) {
        options = newOptions;
        return this;
    }

    InvoiceStore store() {
        return ports.invoices();
    }

    MorpheusDialect dialect() {
        return new MorpheusDialect(store(), principals(), clouds, options, clock);
    }

    static Principals principals() {
        HashMap<String, Principal> callers = HashMap.of(
                MASTER, caller("root", ROOT, Access.toAll(TENANT), Right.READ, Right.WRITE),
                SUB_TENANT, caller("sub", SUB, Access.to(TENANT, SUB), Right.READ, Right.WRITE),
                OTHER_TENANT, caller("other", OTHER, Access.to(TENANT, OTHER), Right.READ, Right.WRITE),
                READER, caller("reader", ROOT, Access.toAll(TENANT), Right.READ),
                NOBODY, caller("nobody", ROOT, Access.toAll(TENANT)));
        return callers::get;
    }

    private static Principal caller(String name, AccountId account, Access access, Right... rights) {
        return new Principal(name, Option.some(account), access, HashSet.of(rights));
    }

    /** Bills a month to date, by the hour before and with hourly reports. */
    void run(YearMonth month, String meteredTo, Seq<BilledObject> objects, ReportedCharge... charges) {
        Instant to = Instant.parse(meteredTo);
        run(month, to, Option.some(new Feed(to, to, Array.of(charges))), objects);
    }

    void run(YearMonth month, Instant meteredTo, Option<Feed> feed, Seq<BilledObject> objects) {
        CloudRun run = new CloudRun(
                "run-" + ++runs, new Ref("cloud", "39", "qa-amazon"), month, meteredTo, feed, false, objects);
        new MeterCloud(store(), Morpheus.profile().on(BillingCalendar.monthly(NEW_YORK)), clock)
                .run(TENANT, run)
                .getOrElseThrow(refused -> new AssertionError(refused.message()));
    }

    /** A thing of the master in a cloud of the master, there for ever and always on. */
    static Thing thing(String type, String id, String name) {
        return new Thing(new BilledObject(
                Option.none(),
                new Ref(type, id, name),
                ROOT,
                ROOT,
                LinkedHashMap.of(Morpheus.ACCOUNT, new Ref("account", "1", "root")),
                Instant.parse("2019-01-01T00:00:00Z"),
                Option.none(),
                Plan.free(usd("0").currency()),
                0,
                Option.some(new Power(true, Option.none())),
                BigDecimal.ONE,
                HashMap.of(Fact.CATEGORY, Attribute.of("vm")),
                Option.none()));
    }

    /** Changes a thing part by part. */
    record Thing(BilledObject object) {

        Thing invoice(String id) {
            return of(
                    Option.some(new InvoiceId(id)),
                    object.account(),
                    object.owner(),
                    object.places(),
                    object.plan(),
                    object.facts(),
                    object.tags());
        }

        Thing of(AccountId account, AccountId owner, String accountName) {
            return of(
                    object.invoice(),
                    account,
                    owner,
                    object.places().put(Morpheus.ACCOUNT, new Ref("account", account.value(), accountName)),
                    object.plan(),
                    object.facts(),
                    object.tags());
        }

        Thing at(Dimension dimension, String id, String name) {
            return of(
                    object.invoice(),
                    object.account(),
                    object.owner(),
                    object.places().put(dimension, new Ref(dimension.name(), id, name)),
                    object.plan(),
                    object.facts(),
                    object.tags());
        }

        /** Charged the same as it costs, for a month as it is. */
        Thing monthly(String component, String amount) {
            return monthly(component, amount, amount);
        }

        Thing monthly(String component, String price, String cost) {
            Plan.Part part = new Plan.Part(
                    component, component, BigDecimal.ONE, usd(price), usd(cost), Plan.Incurs.WHILE_RUNNING, false);
            return of(
                    object.invoice(),
                    object.account(),
                    object.owner(),
                    object.places(),
                    new Plan(
                            object.plan().currency(),
                            Plan.HOURS,
                            object.plan().parts().append(part)),
                    object.facts(),
                    object.tags());
        }

        Thing fact(String name, Attribute value) {
            return of(
                    object.invoice(),
                    object.account(),
                    object.owner(),
                    object.places(),
                    object.plan(),
                    object.facts().put(name, value),
                    object.tags());
        }

        Thing tagged(Tag... tags) {
            return of(
                    object.invoice(),
                    object.account(),
                    object.owner(),
                    object.places(),
                    object.plan(),
                    object.facts(),
                    Option.some(Array.of(tags)));
        }

        private Thing of(
                Option<InvoiceId> invoice,
                AccountId account,
                AccountId owner,
                Map<Dimension, Ref> places,
                Plan plan,
                Map<String, Attribute> facts,
                Option<Seq<Tag>> tags) {
            return new Thing(new BilledObject(
                    invoice,
                    object.subject(),
                    account,
                    owner,
                    places,
                    object.createdAt(),
                    object.deletedAt(),
                    plan,
                    object.offMillis(),
                    object.power(),
                    object.conversionRate(),
                    facts,
                    tags));
        }

        /** A charge of an hour. */
        ReportedCharge charge(String id, String category, String cost, String start) {
            return charge(id, category, cost, start, HashMap.empty());
        }

        ReportedCharge charge(String id, String category, String cost, String start, Map<String, String> text) {
            Instant from = Instant.parse(start);
            LineItem line = LineItem.builder(
                            new LineId(id),
                            "usage of " + category,
                            category,
                            from.plusSeconds(7_200),
                            new Origin.Provided("external-" + id, text, Option.some("{\"sku\":\"" + id + "\"}")))
                    .position(Long.parseLong(id))
                    .description(object.subject().name())
                    .cost(usd(cost))
                    .period(Period.of(from, from.plusSeconds(3_600)))
                    .build();
            return new ReportedCharge(object.subject().type(), object.subject().id(), line);
        }
    }

    static Seq<BilledObject> things(Thing... things) {
        return Array.of(things).map(Thing::object);
    }

    static Money usd(String amount) {
        return Money.of("USD", amount);
    }

    record Answer(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            return new JsonMapper().readTree(body);
        }
    }

    Answer get(String target) {
        return get(target, MASTER);
    }

    Answer get(String target, String token) {
        return send("GET", target, Option.some("Bearer " + token), Option.none(), "");
    }

    Answer put(String target, String body) {
        return put(target, MASTER, body);
    }

    Answer put(String target, String token, String body) {
        return send("PUT", target, Option.some("Bearer " + token), Option.some("application/json"), body);
    }

    Answer post(String target, String token, String body) {
        return send("POST", target, Option.some("Bearer " + token), Option.some("application/json"), body);
    }

    Answer send(String method, String target, Option<String> authorization, Option<String> contentType, String body) {
        String[] parts = target.split("\\?", 2);
        Map<String, String> headers = LinkedHashMap.empty();
        headers = authorization.isDefined() ? headers.put("authorization", authorization.get()) : headers;
        headers = contentType.isDefined() ? headers.put("content-type", contentType.get()) : headers;
        WireRequest request = new WireRequest(method, parts[0], Option.when(parts.length > 1, () -> parts[1]), headers)
                .withBody(body.getBytes(StandardCharsets.UTF_8));
        Capture capture = new Capture();
        try {
            dialect().answer(request, capture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(capture.status(), capture.headers(), capture.body());
    }
}

package dev.billing.http.akkeris;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.usage.FactId;
import dev.billing.http.Capture;
import dev.billing.http.Dialect;
import dev.billing.http.WireRequest;
import dev.billing.port.Access;
import dev.billing.port.Place;
import dev.billing.port.Ports;
import dev.billing.port.Principal;
import dev.billing.port.Principals;
import dev.billing.port.TenantId;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.Report;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Akkeris account whose apps, dynos and add-ons are told in a few words, and a client that asks for its invoices. */
final class AkkerisFixture {

    static final TenantId TENANT = new TenantId("test");
    static final AccountId ACCOUNT = new AccountId("main");
    static final String TOKEN = "secret";

    final SettableClock clock;
    final Ports ports = InMemoryPorts.create();
    private final Billing billing;
    private final AkkerisOptions options;
    private Map<String, Product> products = LinkedHashMap.empty();
    private int facts;

    private AkkerisFixture(String now, Profile profile, AkkerisOptions options) {
        this.clock = SettableClock.at(now);
        this.billing = Billing.on(ports).with(profile).with(clock);
        this.options = options;
    }

    static AkkerisFixture at(String now) {
        return at(now, options -> options);
    }

    static AkkerisFixture at(String now, UnaryOperator<AkkerisOptions> options) {
        return new AkkerisFixture(now, Akkeris.profile(), options.apply(AkkerisOptions.of(ACCOUNT)));
    }

    static AkkerisFixture upstreamAt(String now) {
        return new AkkerisFixture(now, Akkeris.upstream(), AkkerisOptions.upstream(ACCOUNT));
    }

    Dialect dialect() {
        return dialect(billing.profile(), options);
    }

    Dialect dialect(Profile profile, AkkerisOptions otherOptions) {
        Principals principals = Principals.single(TOKEN, new Principal("tester", Access.toAll(TENANT)));
        return new AkkerisDialect(billing.with(profile), principals, otherOptions);
    }

    /** {@code org/app/space}, created at an instant. */
    AkkerisFixture app(String path, String createdAt) {
        Instant created = instant(createdAt);
        Map<Dimension, Ref> places = places(path);
        places.forEach((dimension, ref) -> ports.directory()
                .put(
                        TENANT,
                        new Place(dimension, ref, dimension.equals(Akkeris.APP) ? places : HashMap.empty(), created)));
        return this;
    }

    AkkerisFixture addon(String path, String plan, String price, String from, String until) {
        begin(path, Akkeris.ADDON, plan + " addon", 1, price, from, until);
        return this;
    }

    AkkerisFixture dyno(String path, String sizeAndType, int quantity, String price, String from, String until) {
        begin(path, Akkeris.DYNO, sizeAndType + " dyno", quantity, price, from, until);
        return this;
    }

    FactId begin(
            String path, String category, String description, int quantity, String price, String from, String until) {
        FactId id = new FactId("fact-" + facts++);
        Report report = new Report.Begun(
                id,
                ACCOUNT,
                sell(category, price),
                BigDecimal.valueOf(quantity),
                description,
                places(path),
                instant(from),
                until.equals("-") ? Option.none() : Option.some(instant(until)));
        billing.recordFacts().record(TENANT, Array.of(report)).getOrElseThrow(refused -> new AssertionError(refused));
        return id;
    }

    void end(FactId lifetime, String at) {
        Report report = new Report.Ended(new FactId("fact-" + facts++), ACCOUNT, lifetime, instant(at));
        billing.recordFacts().record(TENANT, Array.of(report)).getOrElseThrow(refused -> new AssertionError(refused));
    }

    void deleteApp(String path, String at) {
        Ref app = places(path).get(Akkeris.APP).get();
        billing.recordFacts()
                .endAllAt(TENANT, ACCOUNT, new Selection.At(Akkeris.APP, app.id()), instant(at))
                .getOrElseThrow(refused -> new AssertionError(refused));
    }

    /** Every price has a sku of its own; a book with one more sku is a new version. */
    private String sell(String category, String price) {
        String sku = category + "-" + price;
        if (!products.containsKey(sku)) {
            PricingRule rule = new PerUnit(Money.of("USD", price));
            products = products.put(sku, new Product(sku, category, "month", rule, Option.none()));
            PriceBookVersion version = new PriceBookVersion("main", products.size());
            PriceBook book = PriceBook.of(
                    version,
                    billing.profile().currency(),
                    Instant.EPOCH,
                    products.values().toArray());
            billing.priceBooks().put(TENANT, book).getOrElseThrow(refused -> new AssertionError(refused));
        }
        return sku;
    }

    static Map<Dimension, Ref> places(String path) {
        String[] names = path.split("/", -1);
        return LinkedHashMap.of(
                Akkeris.ORGANIZATION,
                ref("organization", names[0]),
                Akkeris.APP,
                ref("app", names[1] + "." + names[2], names[1]),
                Akkeris.SPACE,
                ref("space", names[2]));
    }

    static String uuid(String type, String name) {
        return UUID.nameUUIDFromBytes((type + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Ref ref(String type, String name) {
        return ref(type, name, name);
    }

    private static Ref ref(String type, String key, String name) {
        return new Ref(type, uuid(type, key), name);
    }

    private static Instant instant(String text) {
        return Instant.parse(text.length() == 10 ? text + "T00:00:00Z" : text);
    }

    record Answer(int status, Map<String, String> headers, String body) {

        JsonNode json() {
            return new JsonMapper().readTree(body);
        }

        Option<String> contentType() {
            return headers.get("Content-Type");
        }
    }

    Answer get(String path) {
        return send(dialect(), "GET", path, "Bearer " + TOKEN);
    }

    JsonNode invoice(String path) {
        Answer answer = get(path);
        if (answer.status() != 200) {
            throw new AssertionError(path + " answered " + answer);
        }
        return answer.json();
    }

    static Answer send(Dialect dialect, String method, String target, String authorization) {
        String[] parts = target.split("\\?", 2);
        Map<String, String> headers =
                authorization.isEmpty() ? HashMap.empty() : HashMap.of("authorization", authorization);
        WireRequest request = new WireRequest(
                method.toUpperCase(Locale.ROOT), parts[0], Option.when(parts.length > 1, () -> parts[1]), headers);
        Capture capture = new Capture();
        try {
            dialect.answer(request, capture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(capture.status(), capture.headers(), capture.body());
    }
}

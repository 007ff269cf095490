package dev.billing.http.atlas;

import dev.billing.domain.AccountId;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.http.Capture;
import dev.billing.http.Dialect;
import dev.billing.http.DigestAuthenticator;
import dev.billing.http.WireRequest;
import dev.billing.http.atlas.DigestClient.Challenge;
import dev.billing.http.atlas.DigestClient.Style;
import dev.billing.port.Access;
import dev.billing.port.ApiKeys;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Place;
import dev.billing.port.Ports;
import dev.billing.port.Principal;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.Charge;
import dev.billing.usecase.ImportDocument;
import dev.billing.usecase.PostCharges;
import dev.billing.usecase.ProvidedDocument;
import dev.billing.usecase.RecordPayment;
import dev.billing.usecase.SettlePeriod;
import dev.billing.usecase.SettlePeriod.Terms;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Organizations that are charged, and a client that asks for their invoices. */
final class AtlasFixture {

    static final TenantId TENANT = new TenantId("test");
    static final String ORG = "5b0000000000000000000001";
    static final String OTHER_ORG = "5b0000000000000000000009";
    static final String UNKNOWN_ORG = "5bffffffffffffffffffffff";
    static final String PENDING_ID = "5b0000000000000000000003";
    static final String PAID_ID = "5b0000000000000000000004";
    static final AccountId ACCOUNT = new AccountId(ORG);

    static final String PUBLIC = "/api/public/v1.0/orgs/" + ORG + "/invoices";
    static final String V1 = "/api/atlas/v1.0/orgs/" + ORG + "/invoices";
    static final String V2 = "/api/atlas/v2/orgs/" + ORG + "/invoices";
    static final String ACCEPT_JSON = "application/vnd.atlas.2023-01-01+json";
    static final String ACCEPT_CSV = "application/vnd.atlas.2023-01-01+csv";

    static final DigestClient CLIENT = new DigestClient("pub", "priv");

    final SettableClock clock = SettableClock.at("2018-06-01T04:05:10Z");
    final Ports ports = InMemoryPorts.create();
    final Seq<Dialect> dialects;
    final PostCharges postCharges = new PostCharges(ports.invoices(), Atlas.profile(), clock);
    final SettlePeriod settlePeriod = new SettlePeriod(ports, Atlas.profile(), clock);
    final RecordPayment recordPayment = new RecordPayment(ports.invoices(), Atlas.BILLED, clock);
    private final ImportDocument importDocument = new ImportDocument(ports.invoices());

    AtlasFixture() {
        this(AtlasOptions.DEFAULT);
    }

    AtlasFixture(AtlasOptions options) {
        this(options, new Principal("tester", Access.to(TENANT, ACCOUNT, new AccountId(UNKNOWN_ORG))));
    }

    AtlasFixture(AtlasOptions options, Principal principal) {
        this(options, principal, store -> store);
    }

    /** Where the dialect does not read from the store itself. */
    AtlasFixture(AtlasOptions options, Principal principal, UnaryOperator<InvoiceStore> between) {
        ApiKeys keys = ApiKeys.single(CLIENT.user(), new ApiKeys.ApiKey(CLIENT.secret(), principal));
        DigestAuthenticator authenticator =
                new DigestAuthenticator(keys, "MMS Public API", DigestAuthenticator.Algorithm.MD5, clock);
        Ports seen = ports.with(between.apply(ports.invoices()));
        this.dialects = AtlasDialect.onAllBases(seen, authenticator, options);
    }

    /** The invoices of an example: one pending, one paid. */
    static AtlasFixture withExample() {
        AtlasFixture fixture = new AtlasFixture();
        fixture.provide(document(PENDING_ID, "2018-06", InvoiceStatus.PENDING, "2018-06-01T04:05:10Z", 0, 0));
        fixture.provide(document(PAID_ID, "2018-02", InvoiceStatus.PAID, "2018-03-01T07:00:54Z", 669, 57));
        return fixture;
    }

    static AccountId account(String id) {
        return new AccountId(id);
    }

    static Money usd(String amount) {
        return Money.of("USD", amount);
    }

    static Money cents(long cents) {
        return Money.ofMinor(Atlas.profile().currency(), cents);
    }

    static Period month(String month) {
        return Atlas.profile().calendar().period(YearMonth.parse(month));
    }

    static Period day(String date) {
        Instant start = Instant.parse(date + "T00:00:00Z");
        return Period.of(start, start.plus(Duration.ofDays(1)));
    }

    static Head head(String id, String account, String month) {
        Instant created = month.equals("2018-02")
                ? Instant.parse("2018-02-01T06:05:04Z")
                : month(month).start().plusSeconds(4 * 3600 + 5 * 60 + 10);
        return Head.of(
                new InvoiceId(id),
                "atlas",
                account(account),
                month(month),
                Atlas.profile().currency(),
                created);
    }

    /** A document from outside that declares what it comes to; a paid one bears its payment. */
    static ProvidedDocument document(
            String id, String month, InvoiceStatus status, String updated, long subtotal, long tax) {
        return document(ORG, id, month, status, updated, subtotal, tax, Array.empty());
    }

    static ProvidedDocument document(
            String account,
            String id,
            String month,
            InvoiceStatus status,
            String updated,
            long subtotal,
            long tax,
            Seq<LineItem> lines) {
        Instant at = Instant.parse(updated);
        Map<FigureKey, Money> figures = LinkedHashMap.of(
                Atlas.SUBTOTAL, cents(subtotal), Atlas.TAX, cents(tax), Atlas.BILLED, cents(subtotal + tax));
        ProvidedDocument document =
                new ProvidedDocument("outside", head(id, account, month), figures, lines, status, at);
        return status == InvoiceStatus.PAID
                ? document.paid(
                        Array.of(new Payment(
                                "5c0000000000000000000001",
                                Payment.Status.PAID,
                                cents(subtotal),
                                cents(tax),
                                cents(subtotal + tax),
                                cents(subtotal + tax),
                                at,
                                at)),
                        Array.empty())
                : document;
    }

    void provide(ProvidedDocument document) {
        importDocument.take(TENANT, document).getOrElseThrow(refused -> new AssertionError(refused));
    }

    /** One invoice for each month, the first in January 2010, with ids in the same order. */
    void provideMonths(int count) {
        for (int i = 0; i < count; i++) {
            String month = YearMonth.of(2010, 1).plusMonths(i).toString();
            String id = "5a00000000000000000000" + HexFormat.of().toHexDigits((byte) i);
            provide(document(id, month, InvoiceStatus.CLOSED, "2018-05-01T00:00:00Z", 100, 0));
        }
    }

    static Charge charge(String id, String sku, String date, String quantity, String unit, String unitPrice) {
        Period day = day(date);
        return Charge.of(
                ACCOUNT,
                id,
                sku,
                new BigDecimal(quantity),
                unit,
                usd(unitPrice),
                day,
                day.end().plusSeconds(4 * 3600 + 6 * 60 + 14));
    }

    static Ref cluster(String name) {
        return Ref.named("cluster", name);
    }

    static Ref project(String id, String name) {
        return new Ref("project", id, name);
    }

    /** The document of June 2018, opened on its first day. */
    void open() {
        postCharges
                .open(TENANT, ACCOUNT, YearMonth.of(2018, 6), (account, period) -> new InvoiceId(PENDING_ID))
                .getOrElseThrow(refused -> new AssertionError(refused));
    }

    void post(String now, Charge... charges) {
        clock.set(Instant.parse(now));
        postCharges.post(TENANT, Array.of(charges)).getOrElseThrow(refused -> new AssertionError(refused));
    }

    Stored settle(String now, String month, String taxRate) {
        clock.set(Instant.parse(now));
        return settlePeriod
                .settle(
                        Access.to(TENANT, ACCOUNT),
                        ACCOUNT,
                        YearMonth.parse(month),
                        new Terms(new BigDecimal(taxRate), false))
                .getOrElseThrow(refused -> new AssertionError(refused));
    }

    void know(String organization, String name) {
        ports.directory()
                .put(
                        TENANT,
                        new Place(
                                Atlas.ORGANIZATION,
                                new Ref("organization", organization, name),
                                HashMap.empty(),
                                clock.instant()));
    }

    record Answer(int status, Map<String, String> headers, String body) {

        JsonNode json() {
            return new JsonMapper().readTree(body);
        }

        Option<String> header(String name) {
            return headers.get(name);
        }

        String errorCode() {
            return json().get("errorCode").asString();
        }

        Seq<String> parameters() {
            return Array.ofAll(json().get("parameters")).map(JsonNode::asString);
        }
    }

    Answer get(String target) {
        return send("GET", target, HashMap.empty());
    }

    Answer get(String target, String accept) {
        return send("GET", target, HashMap.of("accept", accept));
    }

    Answer send(String method, String target, Map<String, String> headers) {
        Challenge challenge = challenge(sendBare(method, target, headers));
        String authorization = CLIENT.answer(challenge, method, target, 1, Style.BARE);
        return sendBare(method, target, headers.put("authorization", authorization));
    }

    static Challenge challenge(Answer answer) {
        return answer.header("WWW-Authenticate")
                .flatMap(Challenge::of)
                .getOrElseThrow(() -> new AssertionError("No challenge in " + answer));
    }

    /** As the servlet does it: what fails is answered by the dialect, which is asked only below its base. */
    Answer sendBare(String method, String target, Map<String, String> headers) {
        Tuple2<String, Option<String>> parts = parted(target);
        WireRequest request = new WireRequest(method, parts._1, parts._2, headers);
        Dialect dialect = dialects.find(candidate -> target.startsWith(candidate.basePath()))
                .getOrElseThrow(() -> new AssertionError("No dialect for " + target));
        Capture capture = new Capture();
        try {
            try {
                dialect.answer(request, capture);
            } catch (RuntimeException e) {
                dialect.fail(request, capture);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(capture.status(), capture.headers(), capture.body());
    }

    private static Tuple2<String, Option<String>> parted(String target) {
        int question = target.indexOf('?');
        return question < 0
                ? new Tuple2<>(target, Option.none())
                : new Tuple2<>(target.substring(0, question), Option.some(target.substring(question + 1)));
    }
}

package dev.billing.benchmarks;

import dev.billing.Billing;
import dev.billing.benchmarks.DialectBenchmark.Target;
import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Plan;
import dev.billing.domain.usage.FactId;
import dev.billing.http.BillingServlet;
import dev.billing.http.Dialect;
import dev.billing.http.DigestAuthenticator;
import dev.billing.http.WireRequest;
import dev.billing.http.WireResponse;
import dev.billing.http.akkeris.AkkerisDialect;
import dev.billing.http.akkeris.AkkerisOptions;
import dev.billing.http.atlas.AtlasDialect;
import dev.billing.http.atlas.AtlasOptions;
import dev.billing.http.morpheus.CloudRefresh;
import dev.billing.http.morpheus.MorpheusDialect;
import dev.billing.http.morpheus.MorpheusOptions;
import dev.billing.http.spaces.SpacesDialect;
import dev.billing.http.spaces.SpacesOptions;
import dev.billing.jdbc.JdbcPorts;
import dev.billing.port.Access;
import dev.billing.port.ApiKeys;
import dev.billing.port.Ports;
import dev.billing.port.Principal;
import dev.billing.port.Principal.Right;
import dev.billing.port.Principals;
import dev.billing.port.TenantId;
import dev.billing.usecase.BilledObject;
import dev.billing.usecase.Charge;
import dev.billing.usecase.CloudRun;
import dev.billing.usecase.Order;
import dev.billing.usecase.PostCharges;
import dev.billing.usecase.Report;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.control.Option;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.h2.jdbcx.JdbcConnectionPool;

/** The four systems over an H2 database in memory, each with 25 documents of a few lines, on a server of their own. */
final class ServedSystems {

    static final String PREPARED = "/prepared/bytes";

    private static final TenantId TENANT = new TenantId("bench");
    private static final AccountId ACCOUNT = new AccountId("1");
    private static final AccountId ORGANIZATION = new AccountId("5b0000000000000000000001");
    private static final Instant NOW = Instant.parse("2026-02-10T12:00:00Z");
    private static final YearMonth MONTH = YearMonth.of(2026, 2);
    private static final String REALM = "MMS Public API";

    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:bench;DB_CLOSE_DELAY=-1", "", "");
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final Prepared prepared = new Prepared();
    private Target target = Target.AKKERIS_ONE;
    private String path = "";
    private KeepAliveClient client = KeepAliveClient.NONE;
    private String nonce = "";
    private int used;

    /** Answers the same bytes whatever is asked. */
    private static final class Prepared implements Dialect {
        private volatile byte[] bytes = {};

        @Override
        public String basePath() {
            return "/prepared";
        }

        @Override
        public void answer(WireRequest request, WireResponse response) throws IOException {
            response.start(200, LinkedHashMap.of("Content-Type", "application/json"))
                    .write(bytes);
        }

        @Override
        public void fail(WireRequest request, WireResponse response) throws IOException {
            response.empty(500, LinkedHashMap.empty());
        }
    }

    void start(Target wanted) throws Exception {
        target = wanted;
        Ports ports = JdbcPorts.open(pool);
        Billing billing = Billing.on(ports).with(Clock.fixed(NOW, ZoneOffset.UTC));
        fill(billing);
        Principal caller =
                new Principal("bench", Option.some(ACCOUNT), Access.toAll(TENANT), HashSet.of(Right.values()));
        Principals principals = Principals.single("token", caller);
        DigestAuthenticator digest = new DigestAuthenticator(
                ApiKeys.single("public", new ApiKeys.ApiKey("private", caller)),
                REALM,
                DigestAuthenticator.Algorithm.MD5,
                Clock.systemUTC());
        Dialect[] dialects = Array.<Dialect>of(
                        prepared,
                        new AkkerisDialect(billing.with(Akkeris.profile()), principals, AkkerisOptions.of(ACCOUNT)),
                        new SpacesDialect(ports.invoices(), principals, SpacesOptions.DEFAULT),
                        new MorpheusDialect(
                                ports.invoices(),
                                principals,
                                CloudRefresh.none(),
                                MorpheusOptions.standard(),
                                Clock.systemUTC()))
                .appendAll(AtlasDialect.onAllBases(ports, digest, AtlasOptions.DEFAULT))
                .toJavaArray(Dialect[]::new);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new BillingServlet(dialects)), "/*");
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
        client = new KeepAliveClient(connector.getLocalPort());
        path = pathOf(wanted);
        int length = ask(path);
        prepared.bytes = new byte[length];
        java.util.Arrays.fill(prepared.bytes, (byte) ' ');
    }

    void stop() throws Exception {
        client.close();
        server.stop();
        pool.dispose();
    }

    String path() {
        return path;
    }

    /** Asks, and gives the length of the answer. */
    int ask(String wanted) throws Exception {
        return client.get(wanted, authorization(wanted));
    }

    private static String pathOf(Target target) {
        String atlas = "/api/public/v1.0/orgs/" + ORGANIZATION + "/invoices";
        return switch (target) {
            case AKKERIS_ONE -> "/account/invoices/2026-02-01";
            case SPACES_ONE -> "/api/v1/invoices/order-7";
            case SPACES_LIST -> "/api/v1/invoices?limit=25";
            case MORPHEUS_ONE -> "/api/invoices/1007";
            case MORPHEUS_LIST -> "/api/invoices?max=25";
            case ATLAS_ONE ->
                atlas + "/"
                        + PostCharges.idOf(
                                ORGANIZATION, Atlas.profile().calendar().period(MONTH));
            case ATLAS_LIST -> atlas + "?itemsPerPage=25";
        };
    }

    private String authorization(String wanted) throws Exception {
        return switch (target) {
            case SPACES_ONE, SPACES_LIST ->
                "Basic " + Base64.getEncoder().encodeToString("token:".getBytes(StandardCharsets.UTF_8));
            case ATLAS_ONE, ATLAS_LIST -> digest(wanted);
            default -> "Bearer token";
        };
    }

    /** One challenge serves many requests, as with clients that reuse a nonce. */
    private String digest(String uri) throws Exception {
        if (used % 1_000 == 0) {
            nonce = client.challenge(path);
        }
        String count = String.format("%08x", used++ % 1_000 + 1);
        String response =
                md5(md5("public:" + REALM + ":private") + ":" + nonce + ":" + count + ":c:auth:" + md5("GET:" + uri));
        return "Digest username=\"public\", realm=\"" + REALM + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", cnonce=\"c\", nc=" + count + ", qop=auth, response=\"" + response + "\", algorithm=MD5";
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void fill(Billing billing) {
        fillAkkeris(billing.with(Akkeris.profile()));
        for (int i = 0; i < 25; i++) {
            order(billing, i);
            organization(billing.with(Atlas.profile()), i);
        }
        cloud(billing.with(Morpheus.profile()));
    }

    private static void fillAkkeris(Billing billing) {
        PricingRule price = new PerUnit(usd("60"));
        billing.priceBooks()
                .put(
                        TENANT,
                        PriceBook.of(
                                new PriceBookVersion("main", 1),
                                price.currency(),
                                Instant.EPOCH,
                                Array.of(new Product("gp2", "dyno", "month", price, Option.none()))));
        billing.recordFacts()
                .record(
                        TENANT,
                        Array.range(0, 25)
                                .map(i -> new Report.Begun(
                                        new FactId("dyno-" + i),
                                        ACCOUNT,
                                        "gp2",
                                        BigDecimal.ONE,
                                        "gp2 web dyno",
                                        LinkedHashMap.of(
                                                Akkeris.ORGANIZATION, Ref.named("organization", "acme"),
                                                Akkeris.SPACE, Ref.named("space", "prod"),
                                                Akkeris.APP, Ref.named("app", "app" + i)),
                                        Instant.parse("2026-02-02T00:00:00Z"),
                                        Option.none())))
                .getOrElseThrow(refused -> new IllegalStateException(refused.toString()));
    }

    private static void order(Billing billing, int i) {
        Instant created = NOW.minusSeconds(3_600L * i);
        Order order = new Order(
                new InvoiceId("order-" + i),
                ACCOUNT,
                new Order.Space(1, NOW.minusSeconds(1_000_000), Option.some("https://example.com/s/1")),
                new Customer("c" + i, "John Doe", "john@example.com", created, Option.none(), Option.none()),
                Array.range(0, 3).map(n -> Order.Item.of(Order.ItemId.of(n), "Product " + n, 1 + n, usd("12.00"))),
                usd("0").currency(),
                created);
        billing.placeOrder().place(TENANT, order).getOrElseThrow(why -> new IllegalStateException(why.toString()));
    }

    private static void organization(Billing billing, int monthsAgo) {
        YearMonth month = MONTH.minusMonths(monthsAgo);
        Period period = billing.profile().calendar().period(month);
        Instant day = period.start();
        billing.postCharges()
                .post(
                        TENANT,
                        Array.range(0, 25)
                                .map(n -> Charge.of(
                                        ORGANIZATION,
                                        month + "-" + n,
                                        "ATLAS_AWS_INSTANCE_M10",
                                        BigDecimal.valueOf(72),
                                        "server hours",
                                        usd("0.026"),
                                        Period.of(day.plusSeconds(86_400L * n), day.plusSeconds(86_400L * (n + 1))),
                                        day.plusSeconds(86_400L * (n + 1)))))
                .getOrElseThrow(why -> new IllegalStateException(why.message()));
    }

    private static void cloud(Billing billing) {
        HashMap<Dimension, Ref> places = HashMap.of(
                Morpheus.ACCOUNT, new Ref("account", "1", "root"),
                Morpheus.CLOUD, new Ref("cloud", "39", "qa-amazon"),
                Morpheus.GROUP, new Ref("group", "1", "lonestar"));
        Plan plan = new Plan(
                usd("0").currency(),
                Plan.HOURS,
                Array.of("compute", "memory")
                        .map(component -> new Plan.Part(
                                component,
                                component,
                                BigDecimal.ONE,
                                usd("9.72"),
                                usd("6.25"),
                                Plan.Incurs.WHILE_RUNNING,
                                true)));
        CloudRun run = new CloudRun(
                "run",
                new Ref("cloud", "39", "qa-amazon"),
                MONTH,
                NOW.minusSeconds(1),
                Option.none(),
                false,
                Array.range(0, 25)
                        .map(i -> new BilledObject(
                                Option.some(new InvoiceId(Integer.toString(1_000 + i))),
                                new Ref("ComputeServer", Integer.toString(i), "server" + i),
                                ACCOUNT,
                                ACCOUNT,
                                places,
                                Instant.parse("2026-01-01T00:00:00Z"),
                                Option.none(),
                                plan,
                                0,
                                Option.none(),
                                BigDecimal.ONE,
                                HashMap.empty(),
                                Option.none())));
        billing.meterCloud().run(TENANT, run).getOrElseThrow(why -> new IllegalStateException(why.message()));
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

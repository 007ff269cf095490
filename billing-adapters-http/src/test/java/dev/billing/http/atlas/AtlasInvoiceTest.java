package dev.billing.http.atlas;

import static dev.billing.http.atlas.AtlasFixture.ACCEPT_JSON;
import static dev.billing.http.atlas.AtlasFixture.ACCOUNT;
import static dev.billing.http.atlas.AtlasFixture.ORG;
import static dev.billing.http.atlas.AtlasFixture.PAID_ID;
import static dev.billing.http.atlas.AtlasFixture.PENDING_ID;
import static dev.billing.http.atlas.AtlasFixture.PUBLIC;
import static dev.billing.http.atlas.AtlasFixture.TENANT;
import static dev.billing.http.atlas.AtlasFixture.V1;
import static dev.billing.http.atlas.AtlasFixture.V2;
import static dev.billing.http.atlas.AtlasFixture.cents;
import static dev.billing.http.atlas.AtlasFixture.charge;
import static dev.billing.http.atlas.AtlasFixture.cluster;
import static dev.billing.http.atlas.AtlasFixture.document;
import static dev.billing.http.atlas.AtlasFixture.project;
import static dev.billing.http.atlas.AtlasFixture.usd;
import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Ref;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Refund;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Tier;
import dev.billing.domain.profile.Atlas;
import dev.billing.http.atlas.AtlasFixture.Answer;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Principal;
import dev.billing.usecase.Charge;
import dev.billing.usecase.Charge.Discount;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** One invoice in full: its lines, its payments, and the pending one. */
class AtlasInvoiceTest {

    private static final Access ACCESS = Access.to(TENANT, ACCOUNT);

    private final AtlasFixture fixture = new AtlasFixture();

    @Test
    void a_line_says_everything_that_is_known_of_it() {
        fixture.open();
        fixture.post(
                "2018-06-19T04:06:14Z",
                charge("a", "REQUEST_UNITS", "2018-06-18", "150.0", "units", "0.10")
                        .named("Request Units")
                        .in(new Tier(BigDecimal.ZERO, Option.some(new BigDecimal("200"))))
                        .less(new Discount(usd("1.50"), Option.some(new BigDecimal("10"))))
                        .noted("agreed by \"phone\" / äöü")
                        .at(HashMap.of(
                                Atlas.PROJECT, project("5b0000000000000000000002", "My Project"),
                                Atlas.CLUSTER, cluster("Cluster0"),
                                Atlas.REPLICA_SET, Ref.named("replica set", "rs0"),
                                Atlas.REGION, Ref.named("region", "N. Virginia"),
                                Atlas.APPLICATION, Ref.named("application", "shop"))));
        assertThat(lineOf(fixture.get(V1 + "/pending").body()))
                .isEqualTo("{\"clusterName\":\"Cluster0\",\"created\":\"2018-06-19T04:06:14Z\",\"discountCents\":150,"
                        + "\"endDate\":\"2018-06-19T00:00:00Z\",\"groupId\":\"5b0000000000000000000002\","
                        + "\"groupName\":\"My Project\",\"note\":\"agreed by \\\"phone\\\" / äöü\","
                        + "\"percentDiscount\":10.0,\"quantity\":150.0,\"replicaSetName\":\"rs0\","
                        + "\"sku\":\"REQUEST_UNITS\",\"startDate\":\"2018-06-18T00:00:00Z\","
                        + "\"stitchAppName\":\"shop\",\"tierLowerBound\":0.0,\"tierUpperBound\":200.0,"
                        + "\"totalPriceCents\":1500,\"unit\":\"units\",\"unitPriceDollars\":0.1}");
    }

    private static String lineOf(String body) {
        return body.substring(body.indexOf("\"lineItems\":[") + 13, body.indexOf("],\"links\""));
    }

    @Test
    void a_line_leaves_out_what_is_not_known() {
        fixture.open();
        fixture.post(
                "2018-06-19T04:06:14Z",
                charge("a", "CREDIT", "2018-06-18", "1", "", "-3.00")
                        .less(new Discount(usd("0"), Option.some(BigDecimal.ZERO))));
        assertThat(fixture.get(V1 + "/pending").json().get("lineItems").get(0).propertyNames())
                .containsExactly(
                        "created", "endDate", "quantity", "sku", "startDate", "totalPriceCents", "unitPriceDollars");
    }

    @Test
    void a_line_without_price_per_unit_and_period_has_a_zero_and_the_period_of_its_invoice() {
        LineItem bare = LineItem.builder(
                        new LineId("a"),
                        "SUPPORT",
                        Atlas.USAGE,
                        Instant.parse("2018-02-02T10:00:00.999Z"),
                        Origin.Provided.of("a"))
                .price(usd("49"))
                .build();
        fixture.provide(document(
                ORG, PAID_ID, "2018-02", InvoiceStatus.CLOSED, "2018-03-01T00:00:00Z", 4900, 0, Array.of(bare)));
        JsonNode line = fixture.get(V1 + "/" + PAID_ID).json().get("lineItems").get(0);
        assertThat(line.get("unitPriceDollars").toString()).isEqualTo("0.0");
        assertThat(line.get("startDate").asString()).isEqualTo("2018-02-01T00:00:00Z");
        assertThat(line.get("endDate").asString()).isEqualTo("2018-03-01T00:00:00Z");
        assertThat(line.get("created").asString()).as("cut off").isEqualTo("2018-02-02T10:00:00Z");
    }

    @Test
    void tiers_are_lines_of_their_own_and_the_last_has_no_upper_bound() {
        fixture.open();
        BigDecimal hundred = new BigDecimal("100");
        fixture.post(
                "2018-06-19T04:06:14Z",
                charge("a", "UNITS", "2018-06-18", "100", "units", "0.10")
                        .in(new Tier(BigDecimal.ZERO, Option.some(hundred))),
                charge("b", "UNITS", "2018-06-18", "50", "units", "0.05").in(new Tier(hundred, Option.none())));
        JsonNode lines = fixture.get(V1 + "/pending").json().get("lineItems");
        assertThat(lines.findValuesAsString("totalPriceCents")).containsExactly("1000", "250");
        assertThat(lines.findValuesAsString("tierLowerBound")).containsExactly("0.0", "100.0");
        assertThat(lines.findValuesAsString("tierUpperBound")).containsExactly("100.0");
    }

    @Test
    void lines_go_newest_first_however_many_there_are() {
        fixture.open();
        Seq<Integer> numbers = Array.range(0, 2_100);
        fixture.post(
                "2018-06-30T04:06:14Z",
                numbers.map(n -> charge("c-" + n, "SKU-" + n, "2018-06-" + (10 + n % 7), "1", "", "0.01"))
                        .toJavaArray(Charge[]::new));
        Seq<JsonNode> lines = Array.ofAll(fixture.get(V1 + "/pending").json().get("lineItems"));
        Seq<String> expected =
                numbers.sorted(Comparator.<Integer>comparingInt(n -> -(n % 7))).map(n -> "SKU-" + n);
        assertThat(lines.map(line -> line.get("sku").asString())).isEqualTo(expected);
    }

    @Test
    void a_closed_invoice_with_discount_credit_and_balance_ties() {
        fixture.post("2018-05-20T00:00:00Z", charge("may", "CREDIT", "2018-05-10", "1", "", "-0.50"));
        fixture.settle("2018-06-01T00:00:00Z", "2018-05", "0.085");
        fixture.open();
        fixture.post(
                "2018-06-19T04:06:14Z",
                charge("a", "A", "2018-06-18", "1", "", "10.00")
                        .less(new Discount(usd("1.00"), Option.some(BigDecimal.TEN))),
                charge("b", "B", "2018-06-18", "1", "", "2.50"),
                charge("c", "CREDIT", "2018-06-18", "1", "", "-3.00"));
        assertThat(fixture.get(V1 + "/pending").json().get("salesTaxCents").asLong())
                .isZero();
        fixture.settle("2018-07-01T05:00:00Z", "2018-06", "0.085");
        JsonNode closed = fixture.get(V1 + "/" + PENDING_ID).json();
        assertThat(Array.of("subtotalCents", "salesTaxCents", "creditsCents", "startingBalanceCents")
                        .appendAll(Array.of("amountBilledCents", "amountPaidCents"))
                        .map(name -> closed.get(name).asLong()))
                .containsExactly(1150L, 98L, 300L, 50L, 898L, 0L);
        assertThat(closed.get("statusName").asString()).isEqualTo("CLOSED");
        assertThat(fixture.get(V1 + "/pending").errorCode()).isEqualTo("PENDING_INVOICE_NOT_FOUND");
    }

    @Test
    void payments_and_refunds_go_oldest_first_and_refunds_are_not_deducted() {
        fixture.open();
        fixture.post("2018-06-19T04:06:14Z", charge("a", "A", "2018-06-18", "1", "", "6.69"));
        fixture.settle("2018-07-01T05:00:00Z", "2018-06", "0.085");
        Instant first = Instant.parse("2018-07-01T07:00:54Z");
        InvoiceId id = new InvoiceId(PENDING_ID);
        Payment failed = payment("5c0000000000000000000002", Payment.Status.FAILED, 0, first.plusSeconds(60));
        Payment paid = payment("5c0000000000000000000001", Payment.Status.PAID, 726, first);
        fixture.recordPayment.record(ACCESS, id, failed).get();
        fixture.recordPayment.record(ACCESS, id, paid).get();
        fixture.recordPayment
                .refund(
                        ACCESS,
                        id,
                        new CommandKey("r1"),
                        new Refund(paid.id(), cents(26), Option.some("goodwill"), first.plusSeconds(99)))
                .get();
        fixture.recordPayment
                .refund(
                        ACCESS,
                        id,
                        new CommandKey("r2"),
                        new Refund(paid.id(), cents(1), Option.none(), first.plusSeconds(98)))
                .get();
        Answer answer = fixture.get(V1 + "/" + PENDING_ID);
        assertThat(answer.json().get("statusName").asString()).isEqualTo("PAID");
        assertThat(answer.json().get("amountPaidCents").asLong()).isEqualTo(726);
        assertThat(answer.body())
                .contains("\"payments\":[{\"amountBilledCents\":726,\"amountPaidCents\":726,"
                        + "\"created\":\"2018-07-01T07:00:54Z\",\"id\":\"5c0000000000000000000001\","
                        + "\"salesTaxCents\":57,\"statusName\":\"PAID\",\"subtotalCents\":669,"
                        + "\"updated\":\"2018-07-01T07:00:54Z\"},{\"amountBilledCents\":726,\"amountPaidCents\":0,"
                        + "\"created\":\"2018-07-01T07:01:54Z\",\"id\":\"5c0000000000000000000002\","
                        + "\"salesTaxCents\":57,\"statusName\":\"FAILED\",\"subtotalCents\":669,"
                        + "\"updated\":\"2018-07-01T07:01:54Z\"}],\"refunds\":[{\"amountCents\":1,"
                        + "\"created\":\"2018-07-01T07:02:32Z\",\"paymentId\":\"5c0000000000000000000001\"},"
                        + "{\"amountCents\":26,\"created\":\"2018-07-01T07:02:33Z\","
                        + "\"paymentId\":\"5c0000000000000000000001\",\"reason\":\"goodwill\"}],");
    }

    private static Payment payment(String id, Payment.Status status, long paid, Instant at) {
        return new Payment(id, status, cents(669), cents(57), cents(726), cents(paid), at, at);
    }

    @Test
    void nothing_is_paid_while_an_invoice_is_pending() {
        Payment early = payment("5c0000000000000000000001", Payment.Status.PAID, 726, Instant.EPOCH);
        fixture.provide(document(PENDING_ID, "2018-06", InvoiceStatus.PENDING, "2018-06-01T04:05:10Z", 1, 0)
                .paid(Array.of(early), Array.empty()));
        assertThat(fixture.get(V1 + "/pending").json().get("amountPaidCents").asLong())
                .isZero();
    }

    @Test
    void an_identity_that_the_wire_cannot_express_is_an_error() {
        Payment odd = payment("payment 1", Payment.Status.PAID, 726, Instant.EPOCH);
        fixture.provide(document(PAID_ID, "2018-06", InvoiceStatus.CLOSED, "2018-06-01T04:05:10Z", 1, 0)
                .paid(Array.of(odd), Array.empty()));
        assertThat(fixture.get(V1 + "/" + PAID_ID).status()).isEqualTo(500);
        assertThat(fixture.get(V1).status()).isEqualTo(200);
        AtlasFixture other = new AtlasFixture();
        other.open();
        other.post(
                "2018-06-19T04:06:14Z",
                charge("a", "A", "2018-06-18", "1", "", "1").at(HashMap.of(Atlas.PROJECT, project("p", "P"))));
        assertThat(other.get(V1 + "/pending").status()).isEqualTo(500);
        assertThat(other.get(V1 + "/" + PENDING_ID + "/csv").status()).isEqualTo(500);
    }

    @Test
    void the_pending_invoice_of_versioned_clients_is_at_the_root_and_in_results() {
        fixture.open();
        fixture.post("2018-06-19T04:06:14Z", charge("a", "A", "2018-06-18", "1", "", "1"));
        JsonNode v1 = fixture.get(V1 + "/pending").json();
        assertThat(v1.propertyNames()).doesNotContain("results", "totalCount");
        Answer v2 = fixture.get(V2 + "/pending", ACCEPT_JSON);
        JsonNode root = v2.json();
        assertThat(Array.ofAll(root.propertyNames()))
                .isEqualTo(Array.ofAll(root.propertyNames()).sorted());
        assertThat(root.get("totalCount").asInt()).isEqualTo(1);
        assertThat(root.get("results")).hasSize(1);
        assertThat(root.get("results").get(0))
                .isEqualTo(fixture.get(V2 + "/" + PENDING_ID, ACCEPT_JSON).json());
        assertThat(root.get("lineItems"))
                .isEqualTo(root.get("results").get(0).get("lineItems"))
                .hasSize(1);
        assertThat(root.get("links").findValuesAsString("rel"))
                .containsExactly("https://cloud.mongodb.com/org", "self");
        assertThat(v1.get("links").findValuesAsString("rel")).containsExactly("http://mms.mongodb.com/org", "self");
        assertThat(root.get("links").get(1).get("href").asString())
                .isEqualTo("https://cloud.mongodb.com" + V2 + "/" + PENDING_ID);
    }

    @Test
    void of_several_pending_invoices_the_latest_is_served() {
        fixture.provide(
                document("5d0000000000000000000002", "2018-05", InvoiceStatus.PENDING, "2018-05-02T00:00:00Z", 0, 0));
        fixture.provide(
                document("5d0000000000000000000001", "2018-06", InvoiceStatus.PENDING, "2018-06-02T00:00:00Z", 0, 0));
        fixture.provide(
                document("5d0000000000000000000003", "2018-07", InvoiceStatus.FREE, "2018-06-02T00:00:00Z", 0, 0));
        assertThat(fixture.get(V1 + "/pending").json().get("id").asString()).isEqualTo("5d0000000000000000000001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pending", "/" + PENDING_ID, "/pending/"})
    void an_entity_is_wrapped_in_an_envelope_on_demand(String route) {
        fixture.open();
        for (String list : Array.of(PUBLIC, V1, V2)) {
            String bare = fixture.get(list + route, ACCEPT_JSON).body();
            assertThat(fixture.get(list + route + "?envelope=true", ACCEPT_JSON).body())
                    .isEqualTo("{\"content\":" + bare + ",\"status\":200}");
            assertThat(fixture.get(list + route + "?envelope=false", ACCEPT_JSON)
                            .body())
                    .isEqualTo(bare);
        }
    }

    @Test
    void a_pretty_entity_has_the_same_content_and_empty_arrays_with_a_space() {
        fixture.open();
        String pretty = fixture.get(V1 + "/pending?pretty=True").body();
        assertThat(pretty)
                .startsWith("{\n  \"amountBilledCents\" : 0,\n  \"amountPaidCents\" : 0,\n")
                .contains("\n  \"lineItems\" : [ ],\n  \"links\" : [ {\n    \"href\" : \"https://")
                .contains("\n    \"rel\" : \"http://mms.mongodb.com/org\"\n  }, {\n    \"href\"")
                .endsWith("\n}")
                .doesNotContain("\r");
        assertThatJson(pretty).isEqualTo(fixture.get(V1 + "/pending").body());
        assertThat(fixture.get(V1 + "/pending?pretty=true&envelope=true").body())
                .startsWith("{\n  \"content\" : {\n    \"amountBilledCents\" : 0,")
                .endsWith("\n  },\n  \"status\" : 200\n}");
    }

    @Test
    void a_document_that_changes_while_it_is_read_is_read_again() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        AtlasFixture racing = new AtlasFixture(
                AtlasOptions.DEFAULT,
                new Principal("tester", ACCESS),
                store -> beforeLines(store, () -> meanwhile.getAndSet(() -> {}).run()));
        racing.open();
        racing.post("2018-06-19T04:06:14Z", charge("a", "A", "2018-06-18", "1", "", "1.00"));
        meanwhile.set(() -> racing.post("2018-06-20T04:06:14Z", charge("b", "B", "2018-06-19", "1", "", "2.00")));
        JsonNode pending = racing.get(V1 + "/pending").json();
        assertThat(pending.get("lineItems").findValuesAsString("totalPriceCents"))
                .containsExactly("200", "100");
        assertThat(pending.get("subtotalCents").asLong()).isEqualTo(300);
        assertThat(pending.get("updated").asString()).isEqualTo("2018-06-20T04:06:14Z");
    }

    @Test
    void a_document_that_never_rests_is_an_error() {
        AtomicInteger charges = new AtomicInteger();
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        AtlasFixture racing = new AtlasFixture(
                AtlasOptions.DEFAULT,
                new Principal("tester", ACCESS),
                store -> beforeLines(store, () -> meanwhile.get().run()));
        racing.open();
        meanwhile.set(() -> racing.post(
                "2018-06-19T04:06:14Z", charge("c-" + charges.getAndIncrement(), "A", "2018-06-18", "1", "", "1.00")));
        assertThat(racing.get(V1 + "/pending").status()).isEqualTo(500);
    }

    /** The same store, in which something happens each time before lines are read. */
    private static InvoiceStore beforeLines(InvoiceStore store, Runnable happens) {
        return (InvoiceStore) Proxy.newProxyInstance(
                InvoiceStore.class.getClassLoader(),
                new Class<?>[] {InvoiceStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("searchLines")) {
                        happens.run();
                    }
                    return method.invoke(store, arguments);
                });
    }
}

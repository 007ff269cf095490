package dev.billing.http.atlas;

import static dev.billing.http.atlas.AtlasFixture.PENDING_ID;
import static dev.billing.http.atlas.AtlasFixture.PUBLIC;
import static dev.billing.http.atlas.AtlasFixture.V1;
import static dev.billing.http.atlas.AtlasFixture.charge;
import static dev.billing.http.atlas.AtlasFixture.cluster;
import static dev.billing.http.atlas.AtlasFixture.document;
import static dev.billing.http.atlas.AtlasFixture.project;
import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.profile.Atlas;
import dev.billing.http.atlas.AtlasFixture.Answer;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Atlas' own examples: what they say goes in, their bytes come out. */
class AtlasGoldenTest {

    private static final Map<Dimension, Ref> PLACES =
            HashMap.of(Atlas.CLUSTER, cluster("Cluster0"), Atlas.PROJECT, project("5b0000000000000000000002", ""));

    private static String example = "";

    @BeforeAll
    static void readExample() throws IOException {
        try (InputStream resource = AtlasGoldenTest.class.getResourceAsStream("invoices.json")) {
            example = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void lists_the_two_invoices_of_the_example_byte_for_byte() {
        Answer answer = AtlasFixture.withExample().get(PUBLIC + "/?pretty=true");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(Option.some("application/json"));
        assertThat(answer.body()).isEqualTo(example.replace("\"totalCount\" : 16", "\"totalCount\" : 2"));
    }

    @Test
    void lists_them_before_fourteen_older_ones_and_counts_all_sixteen() {
        AtlasFixture fixture = AtlasFixture.withExample();
        fixture.provideMonths(14);
        int end = example.indexOf(" ],\n  \"totalCount\"");
        assertThat(fixture.get(PUBLIC + "/?pretty=true").body())
                .startsWith(example.substring(0, end))
                .endsWith(example.substring(end));
    }

    @Test
    void is_the_same_document_when_it_is_compact() {
        String compact = AtlasFixture.withExample().get(PUBLIC + "/").body();
        assertThat(compact).doesNotContain("\n", " ");
        assertThatJson(compact.replace("?pageNum", "?pretty=true&pageNum"))
                .isEqualTo(example.replace("\"totalCount\" : 16", "\"totalCount\" : 2"));
    }

    @Test
    void shows_a_pending_invoice_of_ours_byte_for_byte() {
        AtlasFixture fixture = new AtlasFixture();
        fixture.open();
        fixture.post(
                "2018-06-19T04:06:14Z",
                charge("L1", "ATLAS_AWS_INSTANCE_M10", "2018-06-18", "12.0", "server hours", "0.026")
                        .at(PLACES),
                charge("L2", "ATLAS_ADVANCED_SECURITY", "2018-06-18", "1.0", "hours", "0.0351")
                        .at(PLACES));
        String line1 = "{\"clusterName\":\"Cluster0\",\"created\":\"2018-06-19T04:06:14Z\","
                + "\"endDate\":\"2018-06-19T00:00:00Z\",\"groupId\":\"5b0000000000000000000002\",\"quantity\":12.0,"
                + "\"sku\":\"ATLAS_AWS_INSTANCE_M10\",\"startDate\":\"2018-06-18T00:00:00Z\",\"totalPriceCents\":31,"
                + "\"unit\":\"server hours\",\"unitPriceDollars\":0.026}";
        String line2 = "{\"clusterName\":\"Cluster0\",\"created\":\"2018-06-19T04:06:14Z\","
                + "\"endDate\":\"2018-06-19T00:00:00Z\",\"groupId\":\"5b0000000000000000000002\",\"quantity\":1.0,"
                + "\"sku\":\"ATLAS_ADVANCED_SECURITY\",\"startDate\":\"2018-06-18T00:00:00Z\",\"totalPriceCents\":4,"
                + "\"unit\":\"hours\",\"unitPriceDollars\":0.0351}";
        assertThat(fixture.get(V1 + "/pending").body())
                .isEqualTo("{\"amountBilledCents\":35,\"amountPaidCents\":0,\"created\":\"2018-06-01T04:05:10Z\","
                        + "\"endDate\":\"2018-07-01T00:00:00Z\",\"id\":\"5b0000000000000000000003\",\"lineItems\":["
                        + line1 + "," + line2
                        + "],\"links\":[{\"href\":\"https://cloud.mongodb.com/api/atlas/v1.0/orgs/"
                        + "5b0000000000000000000001\",\"rel\":\"http://mms.mongodb.com/org\"},"
                        + "{\"href\":\"https://cloud.mongodb.com/api/atlas/v1.0/orgs/5b0000000000000000000001/"
                        + "invoices/5b0000000000000000000003\",\"rel\":\"self\"}],"
                        + "\"orgId\":\"5b0000000000000000000001\",\"payments\":[],\"refunds\":[],"
                        + "\"salesTaxCents\":0,\"startDate\":\"2018-06-01T00:00:00Z\",\"startingBalanceCents\":0,"
                        + "\"statusName\":\"PENDING\",\"subtotalCents\":35,\"updated\":\"2018-06-19T04:06:14Z\"}");
    }

    @Test
    void shows_a_pending_invoice_from_outside_with_zero_totals_above_priced_lines() {
        AtlasFixture fixture = new AtlasFixture();
        Seq<LineItem> lines = Array.of(
                line("L3", "ATLAS_INSTANCE_M0", "2018-06-01", "72.0", "server hours", "0.0"),
                line("L1", "ATLAS_AWS_INSTANCE_M10", "2018-06-18", "12.0", "server hours", "0.026"),
                line("L2", "ATLAS_ADVANCED_SECURITY", "2018-06-18", "1.0", "hours", "0.0351"));
        fixture.provide(document(
                AtlasFixture.ORG, PENDING_ID, "2018-06", InvoiceStatus.PENDING, "2018-06-19T04:06:14Z", 0, 0, lines));
        var json = fixture.get(V1 + "/pending").json();
        assertThat(json.get("subtotalCents").asLong()).isZero();
        assertThat(Array.ofAll(json.get("lineItems"))
                        .map(line -> line.get("totalPriceCents").asLong()))
                .as("newest first, and those of one day in their order")
                .containsExactly(31L, 4L, 0L);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            L1, 12.0,                 0.026,    12.0,                 0.026,  31
            L2, 1.0,                  0.0351,   1.0,                  0.0351, 4
            L3, 72.0,                 0.0,      72.0,                 0.0,    0
            L6, 1.507005000002115E-4, 0.090000, 1.507005000002115E-4, 0.09,   0
            L7, 1.8073254138E-5,      0.000000, 1.8073254138E-5,      0.0,    0
            L8, 6.035E-7,             0.02,     6.035E-7,             0.02,   0
            L9, 72.0,                 0.54,     72.0,                 0.54,   3888
            big, 10000000,            0.00099,  1.0E7,                9.9E-4, 990000
            tiny, -1E-400,            0.02,     0.0,                  0.02,   0
            -,  9999999,              -0.001,   9999999.0,            -0.001, -1000000
            """)
    void prints_the_numbers_of_a_line_as_doubles(
            String vector, String quantity, String price, String printedQuantity, String printedPrice, long cents) {
        AtlasFixture fixture = new AtlasFixture();
        fixture.open();
        fixture.post("2018-06-19T04:06:14Z", charge("x", "SKU", "2018-06-18", quantity, "GB", price));
        assertThat(fixture.get(V1 + "/pending").body())
                .contains("\"quantity\":" + printedQuantity + ",")
                .contains("\"unitPriceDollars\":" + printedPrice + "}")
                .contains("\"totalPriceCents\":" + cents + ",");
    }

    private static LineItem line(String id, String sku, String date, String quantity, String unit, String price) {
        var day = AtlasFixture.day(date);
        return LineItem.builder(
                        new LineId(id), sku, Atlas.USAGE, Instant.parse("2018-06-19T04:06:14Z"), Origin.Provided.of(id))
                .quantity(new BigDecimal(quantity), unit)
                .unitPrice(AtlasFixture.usd(price))
                .price(Atlas.lineAmount(new BigDecimal(quantity), AtlasFixture.usd(price)))
                .period(day)
                .build();
    }
}

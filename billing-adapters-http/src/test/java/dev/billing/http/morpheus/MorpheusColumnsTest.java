package dev.billing.http.morpheus;

import static dev.billing.http.morpheus.MorpheusFixture.MAY;
import static dev.billing.http.morpheus.MorpheusFixture.thing;
import static dev.billing.http.morpheus.MorpheusFixture.things;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.http.WireJson;
import dev.billing.http.morpheus.MorpheusOptions.Epoch;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What both epochs print, key by key. */
class MorpheusColumnsTest {

    private static final MorpheusFixture A = MorpheusWorld.billed();
    private static final MorpheusFixture B = MorpheusWorld.billed(new MorpheusFixture().in(Epoch.B));

    private static final String GROUP_A = """
            computePrice computeCost memoryPrice memoryCost storagePrice storageCost networkPrice networkCost
            licensePrice licenseCost extraPrice extraCost totalPrice totalCost runningPrice runningCost""";

    private static final String INVOICE_A = """
            id account group cloud instance server cluster user plan tags project refType refId refName refCategory
            resourceId resourceUuid resourceType resourceName resourceExternalId resourceInternalId
            interval period estimate active startDate endDate refStart refEnd
            """
            + prefixed("estimated", GROUP_A) + " " + prefixed("invoice", GROUP_A) + " " + prefixed("actual", GROUP_A)
            + " "
            + GROUP_A
            + """
             costType offTime powerState powerDate runningMultiplier lastCostDate lastActualDate dateCreated lastUpdated
            lineItems""";

    private static final String INVOICE_B = """
            id ownerId account group cloud instance server cluster user plan tags project
            refType refId refUuid refName refCategory
            resourceId resourceUuid resourceType resourceName resourceExternalId resourceInternalId
            interval period estimate summaryInvoice active startDate endDate refStart refEnd
            estimatedComputePrice estimatedComputeCost estimatedMemoryPrice estimatedMemoryCost estimatedStoragePrice
            estimatedStorageCost estimatedNetworkPrice estimatedNetworkCost estimatedLicensePrice estimatedLicenseCost
            estimatedSoftwareOrServicePrice estimatedSoftwareOrServiceCost estimatedExtraPrice estimatedExtraCost
            estimatedTotalPrice estimatedTotalCost estimatedRunningPrice estimatedRunningCost estimatedCurrency
            estimatedConversionRate
            actualComputePrice actualComputeCost actualMemoryPrice actualMemoryCost actualStoragePrice actualStorageCost
            actualNetworkPrice actualNetworkCost actualLicensePrice actualLicenseCost
            actualSoftwareOrServicePrice actualSoftwareOrServiceCost actualExtraPrice actualExtraCost
            actualTotalPrice actualTotalCost actualRunningPrice actualRunningCost actualCurrency actualConversionRate
            computePrice computeCost memoryPrice memoryCost storagePrice storageCost networkPrice networkCost licensePrice
            licenseCost softwareOrServicePrice softwareOrServiceCost extraPrice extraCost totalPrice totalCost runningPrice
            runningCost currency conversionRate
            costType offTime powerState powerDate runningMultiplier usageType usageCategory lastCostDate lastActualDate
            dateCreated lastUpdated lineItemCount lineItems""";

    private static final String LINE_A = """
            id invoiceId refType refId refName refCategory startDate endDate itemId itemType itemName itemDescription
            productId productCode productName itemSeller itemAction externalId rateId rateClass rateUnit rateTerm
            usageType usageCategory itemUsage itemRate itemCost itemPrice itemTax itemTerm taxType dateCreated
            lastUpdated""";

    private static final String LINE_B = """
            id invoiceId refType refId refName startDate endDate itemId itemType itemName itemDescription productId
            productCode productName itemSeller itemAction externalId rateId rateClass rateUnit rateTerm usageType
            usageCategory usageService itemUsage itemRate itemCost itemPriceRate itemPrice itemTax itemTerm taxType
            regionCode currency conversionRate dateCreated lastUpdated""";

    private static String prefixed(String prefix, String names) {
        return names.lines()
                .flatMap(line -> Array.of(line.split(" ", -1)).toJavaStream())
                .map(name -> prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1))
                .collect(Collectors.joining(" "));
    }

    private static Seq<String> keys(String names) {
        return Array.of(names.split("\\s+", -1));
    }

    private static Seq<String> keys(JsonNode node) {
        return Array.ofAll(node.propertyNames());
    }

    @Test
    void the_first_epoch_has_its_keys_in_order() {
        assertThat(keys(INVOICE_A)).hasSize(103);
        assertThat(keys(LINE_A)).hasSize(33);
        JsonNode got = A.get("/api/invoices/100").json();
        assertThat(keys(got)).containsExactly("invoice");
        assertThat(keys(got.get("invoice"))).containsExactlyElementsOf(keys(INVOICE_A));
        assertThat(keys(got.get("invoice").get("lineItems").get(0))).containsExactlyElementsOf(keys(LINE_A));
        JsonNode list = A.get("/api/invoices?includeTotals=true").json();
        assertThat(keys(list)).containsExactly("invoices", "invoiceTotals", "meta");
        list.get("invoices").forEach(row -> assertThat(keys(row)).containsExactlyElementsOf(keys(INVOICE_A)));
        assertThat(keys(list.get("invoiceTotals")))
                .containsExactlyElementsOf(keys(INVOICE_A).slice(29, 93));
        assertThat(keys(A.get("/api/invoices").json())).containsExactly("invoices", "meta");
        JsonNode lines = A.get("/api/invoice-line-items?includeTotals=TRUE").json();
        assertThat(keys(lines)).containsExactly("lineItems", "lineItemTotals", "meta");
        lines.get("lineItems").forEach(row -> assertThat(keys(row)).containsExactlyElementsOf(keys(LINE_A)));
        assertThat(keys(lines.get("lineItemTotals"))).containsExactly("itemCost", "itemPrice", "itemTax");
        assertThat(keys(A.get("/api/invoice-line-items/10").json())).containsExactly("lineItem");
    }

    @Test
    void the_second_epoch_has_its_keys_in_order() {
        assertThat(keys(INVOICE_B)).hasSize(105);
        assertThat(keys(LINE_B)).hasSize(37);
        JsonNode got = B.get("/api/invoices/100").json();
        assertThat(keys(got)).containsExactly("invoice", "masterAccount");
        assertThat(keys(got.get("invoice"))).containsExactlyElementsOf(keys(INVOICE_B));
        assertThat(keys(got.get("invoice").get("lineItems").get(0))).containsExactlyElementsOf(keys(LINE_B));
        JsonNode list = B.get("/api/invoices?includeTotals=true").json();
        assertThat(keys(list)).containsExactly("invoices", "invoiceTotals", "masterAccount", "meta");
        list.get("invoices")
                .forEach(row -> assertThat(keys(row))
                        .containsExactlyElementsOf(keys(INVOICE_B).dropRight(1)));
        Seq<String> totals = keys(INVOICE_B)
                .slice(
                        keys(INVOICE_B).indexOf("estimatedComputePrice"),
                        keys(INVOICE_B).indexOf("costType"))
                .reject(name -> name.toLowerCase(Locale.ROOT).endsWith("conversionrate"));
        assertThat(totals).hasSize(57);
        assertThat(keys(list.get("invoiceTotals"))).containsExactlyElementsOf(totals);
        JsonNode lines = B.get("/api/invoice-line-items?includeTotals=true").json();
        assertThat(keys(lines)).containsExactly("lineItems", "lineItemTotals", "masterAccount", "meta");
        lines.get("lineItems").forEach(row -> assertThat(keys(row)).containsExactlyElementsOf(keys(LINE_B)));
        assertThat(keys(lines.get("lineItemTotals"))).containsExactly("itemCost", "itemPrice", "itemTax", "currency");
        assertThat(keys(B.get("/api/invoice-line-items/10").json())).containsExactly("lineItem", "masterAccount");
    }

    @ParameterizedTest
    @EnumSource(Epoch.class)
    void dates_end_as_the_epoch_says_in_whole_seconds_of_utc(Epoch epoch) {
        String end = epoch == Epoch.A ? "+0000" : "Z";
        JsonNode invoice = world(epoch).get("/api/invoices/100").json().get("invoice");
        assertThat(invoice.get("startDate").asString()).isEqualTo("2020-05-01T04:00:00" + end);
        assertThat(invoice.get("endDate").asString()).isEqualTo("2020-06-01T03:59:59" + end);
        assertThat(invoice.get("refStart").asString()).isEqualTo("2020-05-01T04:00:00" + end);
        assertThat(invoice.get("refEnd").asString()).isEqualTo("2020-06-01T03:59:59" + end);
        assertThat(invoice.get("powerDate").asString()).isEqualTo("2020-05-01T04:00:00" + end);
        assertThat(invoice.get("lastCostDate").asString()).isEqualTo("2020-05-08T14:59:59" + end);
        assertThat(invoice.get("lastUpdated").asString()).as("cut, not rounded").isEqualTo("2020-05-08T15:00:08" + end);
        JsonNode line = invoice.get("lineItems").get(0);
        assertThat(line.get("startDate").asString()).isEqualTo("2020-05-08T12:00:00" + end);
        assertThat(line.get("endDate").asString()).isEqualTo("2020-05-08T13:00:00" + end);
        assertThat(line.get("dateCreated").asString()).isEqualTo("2020-05-08T14:00:00" + end);
    }

    @ParameterizedTest
    @EnumSource(Epoch.class)
    void values_have_their_types(Epoch epoch) {
        String invoice = world(epoch).get("/api/invoices/100").body();
        assertThat(invoice)
                .contains("\"account\":{\"id\":1,\"name\":\"root\"}")
                .contains("\"group\":{\"id\":1,\"name\":\"lonestar\"}")
                .contains("\"server\":{\"id\":10,\"name\":\"host-10\"}")
                .contains("\"cluster\":{\"id\":20,\"name\":\"cluster-20\"}")
                .contains(
                        "\"tags\":[{\"id\":2,\"name\":\"env\",\"value\":\"qa\"},{\"id\":1,\"name\":\"foo\",\"value\":\"bar\"}]")
                .contains("\"project\":{\"id\":2,\"name\":\"test\",\"tags\":{\"a\":\"1\",\"b\":\"2\"}}")
                .contains("\"refType\":\"Container\",\"refId\":400,\"refName\":\"Nginx_400\"")
                .contains("\"resourceId\":null,\"resourceUuid\":null,\"resourceType\":null,\"resourceName\":null")
                .contains("\"interval\":\"month\",\"period\":\"202005\",\"estimate\":false")
                .contains("\"costType\":\"actual\",\"offTime\":0,\"powerState\":\"on\"")
                .contains("\"runningMultiplier\":0.2405911143,");
        assertThat(world(epoch).get("/api/invoices/102").body())
                .contains("\"instance\":null,\"server\":null")
                .contains("\"project\":null,")
                .contains("\"costType\":\"estimated\"")
                .contains("\"lastActualDate\":null");
    }

    @Test
    void the_first_epoch_adds_software_to_extra_and_the_second_shows_it_apart() {
        JsonNode a = A.get("/api/invoices/100").json().get("invoice");
        assertThat(a.get("actualExtraCost").asDouble()).isEqualTo(0.2);
        assertThat(a.get("actualRunningCost").toString()).isEqualTo("0.3");
        JsonNode b = B.get("/api/invoices/100").json().get("invoice");
        assertThat(b.get("actualExtraCost").toString()).isEqualTo("0.0");
        assertThat(b.get("actualSoftwareOrServiceCost").toString()).isEqualTo("0.2");
    }

    @Test
    void the_second_epoch_tells_owners_uuids_currencies_and_rates() {
        assertThat(B.get("/api/invoices/100").body())
                .contains("{\"id\":100,\"ownerId\":1,\"account\":")
                .contains("\"cloud\":{\"id\":39,\"name\":\"qa-amazon\",\"uuid\":\"c-39\"}")
                .contains("\"refUuid\":\"u-400\"")
                .contains("\"summaryInvoice\":false,\"active\":true")
                .contains("\"estimatedCurrency\":\"USD\",\"estimatedConversionRate\":1.0,")
                .contains("\"currency\":\"USD\",\"conversionRate\":1.0,\"costType\"")
                .contains("\"lineItemCount\":2,\"lineItems\":[{\"id\":2,")
                .endsWith(",\"masterAccount\":true}");
        assertThat(B.get("/api/invoices/101").body())
                .contains("\"summaryInvoice\":true,")
                .contains("\"cloud\":{\"id\":39,\"name\":\"qa-amazon\",\"uuid\":null}");
        assertThat(B.get("/api/invoice-line-items/10").body())
                .contains("\"rateUnit\":\"0.0638\"")
                .contains(
                        "\"usageService\":null,\"itemUsage\":1.0,\"itemRate\":0.0,\"itemCost\":0.1,\"itemPriceRate\":0.0,")
                .contains("\"regionCode\":\"us-west-1\",\"currency\":\"USD\",\"conversionRate\":1.0,");
    }

    @Test
    void a_metered_line_shows_its_rates() {
        assertThat(B.get("/api/invoice-line-items?accountId=2&name=sub-metered").body())
                .contains("\"rateUnit\":\"hour\"")
                .contains("\"itemUsage\":179.0,\"itemRate\":0.1000000008,\"itemCost\":17.9000001432,")
                .contains("\"itemPriceRate\":1.000000008,\"itemPrice\":179.000001432,\"itemTax\":0.0,")
                .contains("\"externalId\":\"202/metered/0\"")
                .contains("\"endDate\":\"2020-05-08T14:59:59Z\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                        -",
        "?includeLineItems=false,                   -",
        "?includeLineItems=true,                    2 10",
        "?includeLineItems=True&maxLineItems=1,     2",
        "?includeLineItems=true&maxLineItems=0,     ''",
        "?includeLineItems=true&maxLineItems=5000,  2 10",
        "?includeLineItems=true&maxLineItems=99999999999999999999,  2 10",
        "/100,                                      2 10",
        "/100?maxLineItems=1,                       2",
        "/100?maxLineItems=0&includeLineItems=false, ''"
    })
    void the_second_epoch_shows_as_many_lines_as_are_asked_for_and_counts_them_all(String query, String ids) {
        JsonNode answer = B.get("/api/invoices" + query).json();
        JsonNode invoice = answer.has("invoice")
                ? answer.get("invoice")
                : Array.ofAll(answer.get("invoices"))
                        .find(row -> row.get("id").asInt() == 100)
                        .get();
        assertThat(invoice.get("lineItemCount").asInt()).isEqualTo(2);
        assertThat(invoice.has("lineItems")).isEqualTo(!ids.equals("-"));
        if (invoice.has("lineItems")) {
            assertThat(Array.ofAll(invoice.get("lineItems"))
                            .map(line -> line.get("id").asString())
                            .mkString(" "))
                    .as("in the order of numbers")
                    .isEqualTo(ids);
        }
    }

    @Test
    void the_first_epoch_always_shows_all_lines() {
        assertThat(A.get("/api/invoices?includeLineItems=false&maxLineItems=0&refType=Container&period=202005")
                        .json()
                        .get("invoices")
                        .get(0)
                        .get("lineItems"))
                .hasSize(2);
    }

    @Test
    void raw_data_is_told_in_the_first_epoch_only_and_never_of_lines_within_an_invoice() {
        String raw = "\"rawData\":[1, {\"a\": null}]}";
        assertThat(A.get("/api/invoices/100?rawData=true").body()).endsWith("]," + raw + "}");
        assertThat(A.get("/api/invoices?rawData=true&period=2020").body()).contains(raw);
        assertThat(A.get("/api/invoices/102?rawData=true").body()).endsWith("\"rawData\":null}}");
        assertThat(A.get("/api/invoice-line-items?rawData=true").body()).contains("\"rawData\":{\"sku\":\"10\"}}");
        assertThat(A.get("/api/invoice-line-items/10?rawData=true").body()).endsWith(",\"rawData\":{\"sku\":\"10\"}}}");
        assertThat(A.get("/api/invoices/100?rawData=false").body()).doesNotContain("rawData");
        assertThat(A.get("/api/invoices/100?rawData=true").body()).doesNotContain("sku");
        for (String target : Array.of("/api/invoices", "/api/invoices/100", "/api/invoice-line-items")) {
            assertThat(B.get(target + "?rawData=true").body()).doesNotContain("rawData");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1}   | {"a": 1}
            [1]        | [1]
            text       | "text"
            12         | "12"
            null       | "null"
            {"a": 1    | "{\\"a\\": 1"
            {"a":1,"a":2} | "{\\"a\\":1,\\"a\\":2}"
            [1] [2]    | "[1] [2]"
            """)
    void raw_data_is_json_if_it_is_a_whole_object_or_array_and_text_otherwise(String stored, String printed) {
        MorpheusFixture world = new MorpheusFixture();
        world.run(
                MAY,
                "2020-05-08T14:59:59Z",
                things(thing("Container", "1", "c").invoice("1").fact(Fact.RAW, Attribute.of(stored))));
        assertThat(world.get("/api/invoices/1?rawData=true").body()).endsWith(",\"rawData\":" + printed + "}}");
    }

    @ParameterizedTest
    @CsvSource({"A, 42", "B, '\"42\"'"})
    void a_resource_tells_its_id_and_names(Epoch epoch, String id) {
        MorpheusFixture world = new MorpheusFixture().in(epoch);
        world.run(
                MAY,
                "2020-05-08T14:59:59Z",
                things(thing("AccountResource", "3", "bucket")
                        .invoice("1")
                        .fact(Fact.RESOURCE_ID, Attribute.of(42))
                        .fact(Fact.RESOURCE_UUID, Attribute.of("u"))
                        .fact(Fact.RESOURCE_TYPE, Attribute.of("t"))
                        .fact(Fact.RESOURCE_NAME, Attribute.of("n"))
                        .fact(Fact.RESOURCE_EXTERNAL_ID, Attribute.of("e"))
                        .fact(Fact.RESOURCE_INTERNAL_ID, Attribute.of("i"))));
        assertThat(world.get("/api/invoices/1").body())
                .contains("\"resourceId\":" + id
                        + ",\"resourceUuid\":\"u\",\"resourceType\":\"t\",\"resourceName\":\"n\","
                        + "\"resourceExternalId\":\"e\",\"resourceInternalId\":\"i\"")
                .contains("\"runningMultiplier\":0.0,")
                .contains("\"lastCostDate\":null");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, 0.0",
        "1, 1.0",
        "123, 123.0",
        "0.0005, 5.0E-4",
        "0.001, 0.001",
        "12345678, 1.2345678E7",
        "9999999, 9999999.0",
        "10000000, 1.0E7",
        "1.50388694304062680, 1.5038869430406268",
        "0.1, 0.1"
    })
    void numbers_look_like_java_doubles(BigDecimal number, String printed) {
        assertThat(written(json -> json.number(number))).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "1, 1.0",
        "0.281798567, 0.281798567",
        "0.2817985670, 0.281798567",
        "0.0002240144, 0.0002240144",
        "1E-10, 0.0000000001"
    })
    void the_running_multiplier_is_plain(BigDecimal number, String printed) {
        assertThat(written(json -> json.plain(number))).isEqualTo(printed);
    }

    private static String written(Consumer<MorpheusJson> value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = WireJson.to(out)) {
            value.accept(new MorpheusJson(json, MorpheusOptions.standard()));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static MorpheusFixture world(Epoch epoch) {
        return epoch == Epoch.A ? A : B;
    }
}

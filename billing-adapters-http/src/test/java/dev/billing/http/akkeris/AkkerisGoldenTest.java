package dev.billing.http.akkeris;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Array;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Akkeris' own example: its items go in as facts, its invoice must come out. */
class AkkerisGoldenTest {

    private static final String NOW = "2017-02-05T22:16:56.616Z";
    private static String expected = "";
    private static JsonNode document = JsonMapper.shared().nullNode();

    @BeforeAll
    static void readExample() throws IOException {
        try (InputStream resource = AkkerisGoldenTest.class.getResourceAsStream("invoice.json")) {
            expected = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
        document = new JsonMapper().readTree(expected);
    }

    @Test
    void answers_every_field_of_the_example_with_the_three_long_sums_exact() {
        String exact = expected.replace("213.51000000000005", "213.51").replace("188.51000000000002", "188.51");
        assertThatJson(exampleAccount(false).get("/account/invoices/2017-02-01").body())
                .withTolerance(0)
                .isEqualTo(exact);
    }

    @Test
    void answers_the_example_to_the_last_digit_with_sums_in_binary_doubles() {
        assertThatJson(exampleAccount(true).get("/account/invoices/2017-02-01").body())
                .withTolerance(0)
                .isEqualTo(expected);
    }

    @Test
    void keeps_the_order_of_the_keys() {
        JsonNode answer = exampleAccount(false).invoice("/account/invoices/2017-02-01");
        assertThat(answer.propertyNames()).containsExactlyElementsOf(document.propertyNames());
        assertThat(answer.get("items").get(0).propertyNames())
                .containsExactlyElementsOf(document.get("items").get(0).propertyNames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"charges_total", "total", "platform_total", "addons_total"})
    void prints_money_plainly(String field) {
        String body = exampleAccount(false).get("/account/invoices/2017-02-01").body();
        assertThat(body).containsPattern("\"" + field + "\":[0-9]+(\\.[0-9]*[1-9])?[,}]");
    }

    @Test
    void lists_the_example_s_months() {
        assertThatJson(exampleAccount(false).get("/account/invoices").body()).isEqualTo("""
                        [{"$ref":"/account/invoices/2016-07-01"},{"$ref":"/account/invoices/2016-08-01"},
                         {"$ref":"/account/invoices/2016-09-01"},{"$ref":"/account/invoices/2016-10-01"},
                         {"$ref":"/account/invoices/2016-11-01"},{"$ref":"/account/invoices/2016-12-01"},
                         {"$ref":"/account/invoices/2017-01-01"},{"$ref":"/account/invoices/2017-02-01"}]""");
    }

    @ParameterizedTest
    @CsvSource({"0.1 0.2, 0.30000000000000004", "10.71 2.14 21.43, 34.28", "0, 0", "1e22 1, 10000000000000000000000"})
    void sums_in_doubles_show_the_shortest_decimal(String amounts, BigDecimal sum) {
        var decimals = Array.of(amounts.split(" ")).map(BigDecimal::new);
        assertThat(DoubleSum.of(decimals)).isEqualByComparingTo(sum);
    }

    private static AkkerisFixture exampleAccount(boolean doubleSums) {
        AkkerisFixture fixture = AkkerisFixture.at(NOW, options -> options.withDoubleSums(doubleSums));
        document.get("items")
                .forEach(item -> fixture.begin(
                        item.get("organization").asString() + "/"
                                + item.get("app").get("name").asString().replace('-', '/'),
                        item.get("type").asString(),
                        item.get("description").asString(),
                        item.get("quantity").asInt(),
                        item.get("price_per_unit").decimalValue().toPlainString(),
                        item.get("created_at").asString(),
                        "-"));
        return fixture;
    }
}

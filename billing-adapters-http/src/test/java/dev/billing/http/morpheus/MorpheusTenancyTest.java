package dev.billing.http.morpheus;

import static dev.billing.http.morpheus.MorpheusFixture.MASTER;
import static dev.billing.http.morpheus.MorpheusFixture.NOBODY;
import static dev.billing.http.morpheus.MorpheusFixture.OTHER_TENANT;
import static dev.billing.http.morpheus.MorpheusFixture.READER;
import static dev.billing.http.morpheus.MorpheusFixture.SUB_TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.http.morpheus.MorpheusFixture.Answer;
import dev.billing.http.morpheus.MorpheusOptions.Epoch;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Who sees what: every operation by every caller on every kind of id. */
class MorpheusTenancyTest {

    private static final MorpheusFixture WORLD = MorpheusWorld.billed();
    private static final MorpheusFixture B = MorpheusWorld.billed(new MorpheusFixture().in(Epoch.B));
    private static final String NO_CHANGE = "{\"invoice\":{}}";

    /** An operation, and the ids that it is tried on. The sub-tenant owns the first; the others are not its own. */
    private record Operation(String method, String path, Seq<String> ids, String missing) {}

    private static final Seq<String> INVOICES = Array.of("200", "100", "300", "999", "abc");
    private static final Seq<String> LINES = Array.of("20", "10", "30", "999", "abc");

    private static final Seq<Operation> OPERATIONS = Array.of(
            new Operation("GET", "/api/invoices/", INVOICES, "Invoice not found"),
            new Operation("PUT", "/api/invoices/", INVOICES, "Invoice not found"),
            new Operation("GET", "/api/invoice-line-items/", LINES, "Line item not found"));

    private static final Seq<String> CALLERS = Array.of(
            "Bearer " + SUB_TENANT,
            "Bearer " + OTHER_TENANT,
            "Bearer " + MASTER,
            "",
            "Bearer unknown",
            "Basic " + SUB_TENANT,
            "Bearer " + READER,
            "Bearer " + NOBODY);

    static Stream<Arguments> matrix() {
        return OPERATIONS
                .flatMap(operation -> CALLERS.flatMap(caller -> Array.range(0, 5)
                        .map(id -> Arguments.of(
                                operation.method(),
                                operation.path() + operation.ids().get(id),
                                caller,
                                expected(operation, caller, id),
                                operation.missing()))))
                .toJavaStream();
    }

    private static int expected(Operation operation, String caller, int id) {
        if (!caller.startsWith("Bearer ") || caller.endsWith("unknown")) {
            return 401;
        }
        boolean writes = operation.method().equals("PUT");
        if (caller.endsWith(NOBODY) || (writes && caller.endsWith(READER))) {
            return 403;
        }
        boolean sees = caller.endsWith(SUB_TENANT) ? id == 0 : caller.endsWith(OTHER_TENANT) ? id == 2 : id < 3;
        return sees ? 200 : 404;
    }

    @ParameterizedTest(name = "{0} {1} by {2}: {3}")
    @MethodSource("matrix")
    void every_caller_gets_its_own_and_nothing_of_others(
            String method, String target, String caller, int status, String missing) {
        Answer answer = WORLD.send(
                method,
                target,
                Option.some(caller).filter(text -> !text.isEmpty()),
                Option.some("application/json"),
                NO_CHANGE);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 404) {
            assertThat(answer.body())
                    .as("what others have looks like what does not exist")
                    .isEqualTo("{\"success\":false,\"msg\":\"" + missing + "\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "master-token, '',                         100 101 102 103 110",
        "master-token, accountId=2,                200 201 202",
        "master-token, accountId=3&accountId=2,    200 201 202 300",
        "master-token, accountId=99,               ''",
        "sub-token,    '',                         200 201 202",
        "sub-token,    accountId=2,                200 201 202",
        "sub-token,    accountId=2&accountId=2,    200 201 202",
        "sub-token,    accountId=,                 200 201 202",
        "sub-token,    phrase=nginx,               ''",
        "sub-token,    refId=403,                  ''",
        "other-token,  '',                         300"
    })
    void lists_show_the_callers_own_tenant_or_those_that_the_master_asks_for(String token, String query, String ids) {
        JsonNode list = WORLD.get("/api/invoices?sort=id&" + query, token).json();
        assertThat(Array.ofAll(list.get("invoices"))
                        .map(row -> row.get("id").asString())
                        .mkString(" "))
                .isEqualTo(ids);
        assertThat(list.get("meta").get("total").asInt()).isEqualTo(ids.isEmpty() ? 0 : ids.split(" ", -1).length);
    }

    @ParameterizedTest
    @CsvSource({"accountId=1", "accountId=3", "accountId=99", "accountId=2&accountId=3", "accountId=3&accountId=2"})
    void a_foreign_account_is_forbidden_whether_or_not_it_exists(String query) {
        for (String list : Array.of("/api/invoices", "/api/invoice-line-items")) {
            Answer answer = WORLD.get(list + "?" + query, SUB_TENANT);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"success\":false,\"msg\":\"You do not have permissions to access this api endpoint\"}");
        }
    }

    @ParameterizedTest
    @EnumSource(Epoch.class)
    void on_what_others_own_every_cost_is_the_price_beside_it(Epoch epoch) {
        MorpheusFixture world = epoch == Epoch.A ? WORLD : B;
        JsonNode invoice = world.get("/api/invoices/201", SUB_TENANT).json().get("invoice");
        JsonNode real = world.get("/api/invoices/201").json().get("invoice");
        assertThat(mirrored(invoice)).isEqualTo(epoch == Epoch.A ? 32 : 27);
        assertThat(invoice.get("actualRunningCost").asDouble()).isEqualTo(5.0);
        assertThat(real.get("actualRunningCost").asDouble()).isEqualTo(4.0);
        assertThat(invoice.get("estimatedTotalCost").asDouble()).isEqualTo(20.0);
        assertThat(real.get("estimatedTotalCost").asDouble()).isEqualTo(4.0);
        JsonNode line = invoice.get("lineItems").get(0);
        assertThat(line.get("itemCost").asDouble()).isEqualTo(4.5);
        assertThat(line.get("rateUnit").isNull()).isTrue();
        assertThat(real.get("lineItems").get(0).get("rateUnit").asString()).isEqualTo("0.0638");
        JsonNode metered = world.get("/api/invoices/202", SUB_TENANT)
                .json()
                .get("invoice")
                .get("lineItems")
                .get(0);
        assertThat(metered.get("itemRate").asDouble()).isEqualTo(1.000000008);
        assertThat(metered.get("itemCost")).isEqualTo(metered.get("itemPrice"));
        assertThat(metered.get("rateUnit").asString()).isEqualTo("hour");
    }

    private static int mirrored(JsonNode invoice) {
        int pairs = 0;
        for (String price : invoice.propertyNames()) {
            if (price.toLowerCase(Locale.ROOT).endsWith("price")) {
                String cost = price.substring(0, price.length() - "Price".length())
                        + (price.endsWith("Price") ? "Cost" : "cost");
                assertThat(invoice.get(cost)).as(cost).isEqualTo(invoice.get(price));
                pairs++;
            }
        }
        return pairs;
    }

    @Test
    void on_what_a_tenant_owns_itself_it_sees_what_it_costs() {
        JsonNode invoice = WORLD.get("/api/invoices/200", SUB_TENANT).json().get("invoice");
        assertThat(invoice.get("actualRunningCost").asDouble()).isEqualTo(1.5);
        assertThat(invoice.get("actualRunningPrice").asDouble()).isEqualTo(2.5);
        assertThat(WORLD.get("/api/invoices/200?rawData=true", SUB_TENANT).body())
                .isEqualTo(WORLD.get("/api/invoices/200?rawData=true").body());
        assertThat(WORLD.get("/api/invoice-line-items/20?rawData=true", SUB_TENANT)
                        .body())
                .contains("\"rawData\":{\"sku\":\"20\"}");
    }

    @Test
    void a_line_looks_the_same_by_id_in_a_list_and_within_its_invoice() {
        String byId = WORLD.get("/api/invoice-line-items/21", SUB_TENANT).body();
        String line = byId.substring("{\"lineItem\":".length(), byId.length() - 1);
        assertThat(line).contains("\"itemRate\":0.0,\"itemCost\":4.5,\"itemPrice\":4.5,\"itemTax\":0.25");
        assertThat(WORLD.get("/api/invoice-line-items", SUB_TENANT).body()).contains(line);
        assertThat(WORLD.get("/api/invoices/201", SUB_TENANT).body()).contains(line);
        assertThat(WORLD.get("/api/invoices", SUB_TENANT).body()).contains(line);
    }

    @Test
    void raw_data_of_what_others_own_is_null() {
        assertThat(WORLD.get("/api/invoice-line-items/21?rawData=true", SUB_TENANT)
                        .body())
                .endsWith("\"rawData\":null}}");
        assertThat(WORLD.get("/api/invoices/201?rawData=true", SUB_TENANT).body())
                .endsWith("\"rawData\":null}}");
        assertThat(WORLD.get("/api/invoices/201?rawData=true").body()).endsWith("\"rawData\":{\"cost\": 4}}}");
        String all =
                WORLD.get("/api/invoice-line-items?rawData=true", SUB_TENANT).body()
                        + WORLD.get("/api/invoices?rawData=true", SUB_TENANT).body();
        assertThat(all)
                .doesNotContain("0.0638")
                .doesNotContain("\"sku\":\"21\"")
                .doesNotContain("{\"cost\"");
    }

    @ParameterizedTest
    @EnumSource(Epoch.class)
    void totals_are_of_what_is_shown(Epoch epoch) {
        MorpheusFixture world = epoch == Epoch.A ? WORLD : B;
        JsonNode seen =
                world.get("/api/invoices?includeTotals=true", SUB_TENANT).json().get("invoiceTotals");
        JsonNode real =
                world.get("/api/invoices?includeTotals=true&accountId=2").json().get("invoiceTotals");
        assertThat(seen.get("actualRunningCost").asDouble()).isEqualTo(6.5);
        assertThat(real.get("actualRunningCost").asDouble()).isEqualTo(5.5);
        assertThat(seen.get("actualRunningPrice")).isEqualTo(real.get("actualRunningPrice"));
        assertThat(seen.get("estimatedTotalCost").asDouble()).isEqualTo(741.0);
        assertThat(real.get("estimatedTotalCost").asDouble()).isEqualTo(77.0);
        String lines = "/api/invoice-line-items?includeTotals=true&estimate=false";
        assertThat(world.get(lines, SUB_TENANT)
                        .json()
                        .get("lineItemTotals")
                        .get("itemCost")
                        .asDouble())
                .isEqualTo(6.5);
        assertThat(world.get(lines + "&accountId=2")
                        .json()
                        .get("lineItemTotals")
                        .get("itemCost")
                        .asDouble())
                .isEqualTo(5.5);
    }

    @Test
    void what_sorts_is_what_is_shown() {
        assertThat(MorpheusWorld.ids(
                        WORLD.get("/api/invoice-line-items?sort=itemCost&estimate=false&accountId=2"), "lineItems"))
                .containsExactly(21L, 20L, 22L);
        assertThat(MorpheusWorld.ids(
                        WORLD.get("/api/invoice-line-items?sort=itemCost&estimate=false", SUB_TENANT), "lineItems"))
                .containsExactly(22L, 20L, 21L);
        assertThat(MorpheusWorld.ids(
                        WORLD.get("/api/invoice-line-items?sort=rateUnit+desc&invoiceId=201&accountId=2"), "lineItems"))
                .containsExactly(21L, 22L);
        assertThat(MorpheusWorld.ids(
                        WORLD.get("/api/invoices?sort=estimatedTotalCost&phrase=sub-&accountId=2"), "invoices"))
                .containsExactly(200L, 201L, 202L);
        assertThat(MorpheusWorld.ids(
                        WORLD.get("/api/invoices?sort=estimatedTotalCost&phrase=sub-", SUB_TENANT), "invoices"))
                .containsExactly(200L, 201L, 202L);
        assertThat(MorpheusWorld.ids(WORLD.get("/api/invoices?sort=estimatedComputeCost+desc", SUB_TENANT), "invoices"))
                .as("20 as seen, 4 really, against 1")
                .containsExactly(201L, 200L, 202L);
    }

    @Test
    void only_the_master_is_the_master() {
        assertThat(B.get("/api/invoices/200", SUB_TENANT).body()).endsWith(",\"masterAccount\":false}");
        assertThat(B.get("/api/invoices", SUB_TENANT).body()).contains("],\"masterAccount\":false,\"meta\":");
        assertThat(B.get("/api/invoice-line-items", READER).body()).contains("],\"masterAccount\":true,\"meta\":");
    }

    @Test
    void tags_are_put_on_what_is_seen_and_the_answer_shows_no_cost() {
        MorpheusFixture world = MorpheusWorld.billed();
        String body = "{\"invoice\":{\"addTags\":[{\"name\":\"mine\"}]}}";
        JsonNode tagged =
                world.put("/api/invoices/201", SUB_TENANT, body).json().get("invoice");
        assertThat(tagged.get("tags").get(0).get("name").asString()).isEqualTo("mine");
        assertThat(mirrored(tagged)).isEqualTo(32);
        Answer refused = world.put("/api/invoices/100", SUB_TENANT, body);
        assertThat(refused).isEqualTo(world.put("/api/invoices/999", SUB_TENANT, body));
        assertThat(world.get("/api/invoices/100").body()).doesNotContain("mine");
        assertThat(world.put("/api/invoices/200", MASTER, body).status()).isEqualTo(200);
    }
}

package dev.billing.http.atlas;

import static dev.billing.http.atlas.AtlasFixture.ACCEPT_CSV;
import static dev.billing.http.atlas.AtlasFixture.ACCEPT_JSON;
import static dev.billing.http.atlas.AtlasFixture.CLIENT;
import static dev.billing.http.atlas.AtlasFixture.ORG;
import static dev.billing.http.atlas.AtlasFixture.PAID_ID;
import static dev.billing.http.atlas.AtlasFixture.PENDING_ID;
import static dev.billing.http.atlas.AtlasFixture.PUBLIC;
import static dev.billing.http.atlas.AtlasFixture.UNKNOWN_ORG;
import static dev.billing.http.atlas.AtlasFixture.V1;
import static dev.billing.http.atlas.AtlasFixture.V2;
import static dev.billing.http.atlas.AtlasFixture.charge;
import static dev.billing.http.atlas.AtlasFixture.cluster;
import static dev.billing.http.atlas.AtlasFixture.document;
import static dev.billing.http.atlas.AtlasFixture.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.profile.Atlas;
import dev.billing.http.atlas.DigestClient.Challenge;
import dev.billing.http.atlas.DigestClient.Style;
import dev.billing.usecase.Charge.Discount;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What known clients send, over a real socket, and what they need of the answers. */
class AtlasSocketTest {

    private static final String ANYTHING = "*/*";
    private static final Pattern ID = Pattern.compile("[a-f0-9]{24}");
    private static final Pattern GO_JSON = Pattern.compile("(?i:(?:application|text)/(?:vnd\\.[^;]+\\+)?json).*");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static AtlasServer server;

    @BeforeAll
    static void start() throws Exception {
        AtlasFixture fixture = new AtlasFixture();
        fixture.provide(document(PAID_ID, "2018-02", InvoiceStatus.PAID, "2018-03-01T07:00:54Z", 669, 57));
        fixture.provideMonths(101);
        fixture.open();
        fixture.post(
                "2018-06-19T04:06:14Z",
                charge("a", "ATLAS_AWS_INSTANCE_M10", "2018-06-18", "12.0", "server hours", "0.026")
                        .at(HashMap.of(Atlas.CLUSTER, cluster("Cluster0"))),
                charge("b", "SUPPORT", "2018-06-18", "1", "", "10.00").less(new Discount(usd("1.00"), Option.none())));
        server = new AtlasServer(fixture);
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @Test
    void curl_reads_lists_and_gives_up_with_a_wrong_key() throws Exception {
        HttpResponse<String> answer = probed(PUBLIC + "/?pretty=true", ANYTHING, Style.BARE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Content-Length")).isNotEmpty();
        assertThat(answer.body()).startsWith("{\n  \"links\" : [ {\n");
        Challenge challenge = challenge(bare(PUBLIC, ANYTHING));
        String wrong = new DigestClient("pub", "wrong").answer(challenge, "GET", PUBLIC, 1, Style.BARE);
        HttpResponse<String> refused = send(PUBLIC, ANYTHING, Option.some(wrong));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(challenge(refused).stale())
                .as("else it would ask again for ever")
                .isFalse();
        assertThat(refused.body()).hasSize(142);
    }

    @Test
    void python_pages_with_one_nonce_and_parses_every_body() throws Exception {
        Challenge challenge = challenge(bare(PUBLIC, ANYTHING));
        String first = PUBLIC + "?includeCount=True&itemsPerPage=50";
        Seq<String> targets = Array.of(first, first + "&pageNum=2", first + "&pageNum=3", PUBLIC, PUBLIC + "/pending");
        Seq<JsonNode> answers = Array.empty();
        for (int i = 0; i < targets.size(); i++) {
            answers = answers.append(json(withNonce(challenge, targets.get(i), ANYTHING, i + 1, Style.QUOTED)));
        }
        Seq<JsonNode> listed = answers.take(3).flatMap(page -> page.get("results"));
        assertThat(listed.map(invoice -> invoice.get("id").asString()))
                .hasSize(103)
                .doesNotHaveDuplicates();
        assertThat(answers.take(4)).allMatch(page -> page.get("totalCount").asInt() == 103);
        listed.forEach(AtlasSocketTest::assertPythonReads);
        assertPythonReads(answers.last());
        assertThat(answers.last().get("lineItems").get(0).get("clusterName").asString())
                .matches("[a-zA-Z0-9][a-zA-Z0-9-]*");
        assertThat(bare(PUBLIC, ANYTHING).body()).satisfies(body -> new JsonMapper().readTree(body));
    }

    private static void assertPythonReads(JsonNode invoice) {
        assertThat(invoice.get("links")).isNotEmpty();
        assertThat(invoice.get("id").asString()).matches(ID);
        assertThat(invoice.get("orgId").asString()).matches(ID);
        assertThat(invoice.get("statusName").asString())
                .isIn(Arrays.stream(InvoiceStatus.values())
                        .map(InvoiceStatus::name)
                        .toList());
    }

    @Test
    void go_reads_pages_pending_errors_and_spreadsheets() throws Exception {
        HttpResponse<String> list = probed(
                V2 + "?includeCount=true&itemsPerPage=2&orderBy=desc&pageNum=1&sortBy=END_DATE&viewLinkedInvoices=true",
                ACCEPT_JSON,
                Style.QUOTED_ALGORITHM);
        assertThat(list.headers().firstValue("Content-Type").orElse("")).matches(GO_JSON);
        assertThat(json(list).get("results")).hasSize(2);
        HttpResponse<String> pending = probed(V2 + "/pending", ACCEPT_JSON, Style.QUOTED_ALGORITHM);
        assertThat(json(pending).get("results").get(0).get("id").asString()).isEqualTo(PENDING_ID);
        assertThat(json(pending).get("totalCount").asInt()).isEqualTo(1);
        HttpResponse<String> missing = probed(V2 + "/5bffffffffffffffffffffff", ACCEPT_JSON, Style.QUOTED_ALGORITHM);
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(json(missing).get("errorCode").asString()).isEqualTo("INVOICE_NOT_FOUND");
        assertThat(json(missing).get("parameters").get(1).asString()).isEqualTo(ORG);
        HttpResponse<String> csv = probed(V2 + "/" + PAID_ID + "/csv", ACCEPT_CSV, Style.QUOTED_ALGORITHM);
        assertThat(csv.headers().firstValue("Content-Type")).contains(ACCEPT_CSV);
        assertThat(csv.body()).startsWith("Invoice Number," + PAID_ID + ",\n");
    }

    @Test
    void go_filters_by_status_and_date() throws Exception {
        JsonNode filtered = json(probed(
                V2 + "?fromDate=2018-01-01&includeCount=false&itemsPerPage=100&orderBy=asc&pageNum=1&sortBy=START_DATE"
                        + "&statusNames=PAID&statusNames=CLOSED&toDate=2018-12-31&viewLinkedInvoices=true",
                ACCEPT_JSON,
                Style.QUOTED_ALGORITHM));
        assertThat(filtered.get("results").findValuesAsString("statusName")).containsOnly("PAID", "CLOSED");
        assertThat(filtered.get("results").findValuesAsString("startDate"))
                .isSorted()
                .allMatch(start -> start.startsWith("2018-"));
        assertThat(filtered.has("totalCount")).isFalse();
    }

    @Test
    void an_older_go_gets_a_spreadsheet_where_it_asks_for_an_invoice() throws Exception {
        HttpResponse<String> answer = probed(V2 + "/" + PENDING_ID, ACCEPT_CSV, Style.QUOTED_ALGORITHM);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\n\nDate,Usage Date,").contains(",ATLAS_AWS_INSTANCE_M10 - Cluster0,");
    }

    @Test
    void npm_reads_lists_and_the_bodies_of_errors() throws Exception {
        JsonNode page =
                json(probed(V1 + "?pageNum=1&itemsPerPage=2&includeCount=true", "application/json", Style.BARE));
        assertThat(page.get("results")).hasSize(2);
        HttpResponse<String> error =
                probed("/api/atlas/v1.0/orgs/" + UNKNOWN_ORG + "/invoices", "application/json", Style.BARE);
        assertThat(json(error).get("error").asInt()).isEqualTo(404);
        assertThat(json(error).get("reason").asString()).isEqualTo("Not Found");
    }

    @Test
    void the_client_of_apache_reads_the_second_page() throws Exception {
        JsonNode page = json(probed(PUBLIC + "?pageNum=2&itemsPerPage=1", "application/json", Style.BARE));
        assertThat(page.get("results").get(0).get("id").asString()).isNotEqualTo(PENDING_ID);
        assertThat(page.get("links").findValuesAsString("rel")).containsExactly("previous", "self", "next");
    }

    @Test
    void opencost_reads_the_lines_at_the_root_of_pending() throws Exception {
        JsonNode pending = json(probed(V2 + "/pending", ACCEPT_JSON, Style.BARE));
        assertThat(pending.get("lineItems").findValuesAsString("totalPriceCents"))
                .containsExactly("31", "1000");
    }

    @Test
    void infrawrench_pages_until_a_page_is_short_and_nets_each_line() throws Exception {
        assertThat(json(probed(V2 + "/pending", ACCEPT_JSON, Style.BARE)).get("results"))
                .hasSize(1);
        String pages = V2 + "?itemsPerPage=100&sortBy=START_DATE&orderBy=desc&pageNum=";
        JsonNode first = json(probed(pages + 1, ACCEPT_JSON, Style.BARE)).get("results");
        JsonNode second = json(probed(pages + 2, ACCEPT_JSON, Style.BARE)).get("results");
        assertThat(first).hasSize(100);
        assertThat(second).hasSize(3);
        JsonNode invoice = json(probed(V2 + "/" + first.get(0).get("id").asString(), ACCEPT_JSON, Style.BARE));
        long net = Array.ofAll(invoice.get("lineItems"))
                .map(line -> line.get("totalPriceCents").asLong()
                        - line.path("discountCents").asLong(0))
                .sum()
                .longValue();
        assertThat(net).isEqualTo(invoice.get("subtotalCents").asLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {PUBLIC, PUBLIC + "/", V1 + "/pending/", V1 + "/" + PAID_ID + "/csv/"})
    void nothing_redirects_and_head_has_no_body(String target) throws Exception {
        HttpResponse<String> get = probed(target, ANYTHING, Style.BARE);
        assertThat(get.statusCode()).isEqualTo(200);
        Challenge challenge = challenge(bare(target, ANYTHING));
        String authorization = CLIENT.answer(challenge, "HEAD", target, 1, Style.BARE);
        HttpResponse<String> head = HTTP.send(
                HttpRequest.newBuilder(URI.create(server.origin() + target))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .header("Authorization", authorization)
                        .build(),
                BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"));
        assertThat(get.headers().firstValue("Location")).isEmpty();
    }

    /** Asks for a challenge first, as most clients do before each request, and answers it. */
    private static HttpResponse<String> probed(String target, String accept, Style style) throws Exception {
        HttpResponse<String> probe = bare(target, accept);
        assertThat(probe.statusCode()).isEqualTo(401);
        assertThat(probe.headers().allValues("WWW-Authenticate")).hasSize(1);
        return withNonce(challenge(probe), target, accept, 1, style);
    }

    private static HttpResponse<String> withNonce(
            Challenge challenge, String target, String accept, int number, Style style) throws Exception {
        return send(target, accept, Option.some(CLIENT.answer(challenge, "GET", target, number, style)));
    }

    private static HttpResponse<String> bare(String target, String accept) throws Exception {
        return send(target, accept, Option.none());
    }

    private static HttpResponse<String> send(String target, String accept, Option<String> authorization)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.origin() + target)).header("Accept", accept);
        authorization.forEach(value -> request.header("Authorization", value));
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static Challenge challenge(HttpResponse<String> answer) {
        return Challenge.of(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .getOrElseThrow(() -> new AssertionError("No challenge in " + answer.headers()));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }
}

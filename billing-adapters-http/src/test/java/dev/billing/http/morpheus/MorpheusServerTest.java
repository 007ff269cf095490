package dev.billing.http.morpheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.http.BillingServlet;
import dev.billing.http.morpheus.MorpheusOptions.Epoch;
import dev.billing.port.Principal;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The requests of real clients over a real socket, and what they read of the answers; both epochs side by side. */
class MorpheusServerTest {

    private static final Server SERVER = new Server();
    private static final ServerConnector CONNECTOR = new ServerConnector(SERVER);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final AnyCloud CLOUDS = new AnyCloud();

    @BeforeAll
    static void start() throws Exception {
        CONNECTOR.setHost("127.0.0.1");
        SERVER.addConnector(CONNECTOR);
        MorpheusFixture a = MorpheusWorld.billed().with(CLOUDS);
        MorpheusFixture b = MorpheusWorld.billed(new MorpheusFixture()
                .with(MorpheusOptions.standard()
                        .withBasePath("/b/api")
                        .withEpoch(Epoch.B)
                        .withZone(MorpheusFixture.NEW_YORK)));
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new BillingServlet(a.dialect(), b.dialect())), "/*");
        SERVER.setHandler(context);
        SERVER.start();
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.stop();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /invoices                                                                          | 100 101 102 103 110
            /invoices?includeTotals=true                                                       | 100 101 102 103 110
            /invoices?phrase=nginx&offset=0&max=10&sort=startDate&direction=desc               | 100 101 110
            /invoices?phrase=nginx&offset=5&max=10&sort=startDate&direction=desc               | ''
            /invoices?sort=startDate+desc%2C+id+asc                                            | 100 101 102 103 110
            /invoices?max=-1                                                                   | 100 101 102 103 110
            /invoices?refType=Instance&refType=ComputeZone&refId=331&refId=332                 | 101
            /invoices?period=202005                                                            | 100 101 102 103
            /invoices?startDate=2020-05-01&endDate=2020-06-01&active=false&estimate=true&accountId=2 | ''
            /invoices?startDate=2020-05-01&endDate=2020-06-01&active=true&estimate=true&accountId=2  | 202
            /invoices?tags.env=qa&tags.env=test&tags.foo=bar                                   | 100
            /invoices?tags.env=                                                                | 100 102
            """)
    void lists_as_the_command_line_asks_for_them(String target, String ids) throws Exception {
        for (String base : Array.of("/api", "/b/api")) {
            HttpResponse<String> answer = get(base + target);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").get())
                    .as("Jetty writes the charset in lower case")
                    .isEqualToIgnoringCase("application/json;charset=UTF-8");
            JsonNode json = json(answer);
            assertThat(Array.ofAll(json.get("invoices"))
                            .map(row -> row.get("id").asString())
                            .mkString(" "))
                    .isEqualTo(ids);
            for (String number : Array.of("size", "total", "offset", "max")) {
                assertThat(json.get("meta").get(number).isIntegralNumber()).isTrue();
            }
        }
    }

    @Test
    void a_misspelt_month_is_told() throws Exception {
        HttpResponse<String> answer = get("/api/invoices?period=202000");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"success\":false,\"msg\":\"Invalid parameters\",\"errors\":{\"period\":"
                        + "\"must be YYYY or YYYYMM\"}}");
    }

    @Test
    void totals_have_the_names_that_the_command_line_reads() throws Exception {
        JsonNode totals = json(get("/b/api/invoices?includeTotals=true")).get("invoiceTotals");
        for (String group : Array.of("actual", "estimated")) {
            for (String part :
                    Array.of("Compute", "Memory", "Storage", "Network", "License", "Extra", "Running", "Total")) {
                assertThat(totals.get(group + part + "Price").isNumber()).isTrue();
                assertThat(totals.get(group + part + "Cost").isNumber()).isTrue();
            }
            assertThat(totals.get(group + "Currency").asString()).isEqualTo("USD");
        }
        JsonNode lines = json(get("/b/api/invoice-line-items?invoiceId=100&includeTotals=true&max=100"));
        assertThat(lines.get("lineItemTotals").get("itemPrice").toString()).isEqualTo("0.3");
        assertThat(lines.get("lineItemTotals").get("itemCost").toString()).isEqualTo("0.3");
        assertThat(lines.get("lineItemTotals").get("currency").asString()).isEqualTo("USD");
        assertThat(lines.get("meta").get("max").asInt()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEARER", "Bearer", "bearer"})
    void one_invoice_and_one_line_item_whatever_the_case_of_the_scheme(String scheme) throws Exception {
        String token = scheme + " " + MorpheusFixture.MASTER;
        JsonNode invoice = json(send("GET", "/b/api/invoices/100?maxLineItems=1", token, ""))
                .get("invoice");
        assertThat(invoice.get("id").asInt()).isEqualTo(100);
        assertThat(invoice.get("lineItems")).hasSize(1);
        assertThat(json(send("GET", "/api/invoices/100", token, ""))
                        .get("invoice")
                        .get("lineItems"))
                .hasSize(2);
        JsonNode line =
                json(send("GET", "/api/invoice-line-items/10", token, "")).get("lineItem");
        assertThat(line.get("id").asInt()).isEqualTo(10);
    }

    @Test
    void tags_are_updated_as_the_command_line_does_it() throws Exception {
        String before = get("/api/invoices/103").body();
        assertThat(before).contains("\"tags\":[]");
        HttpResponse<String> put = send(
                "PUT",
                "/api/invoices/103",
                "BEARER " + MorpheusFixture.MASTER,
                "{\"invoice\":{\"addTags\":[{\"name\":\"hello\",\"value\":\"world\"}],"
                        + "\"removeTags\":[{\"name\":\"oldTag\",\"value\":\"\"}]}}");
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(get("/api/invoices/103").body())
                .isEqualTo(put.body())
                .contains("\"name\":\"hello\",\"value\":\"world\"");
        HttpResponse<String> cleared =
                send("PUT", "/api/invoices/103", "Bearer " + MorpheusFixture.MASTER, "{\"invoice\":{\"tags\":[]}}");
        assertThat(cleared.body()).contains("\"tags\":[]");
    }

    @Test
    void a_refresh_is_acknowledged() throws Exception {
        HttpResponse<String> answer = send(
                "POST",
                "/api/invoices/refresh",
                "Bearer " + MorpheusFixture.MASTER,
                "{\"all\":true,\"date\":\"202005\",\"rebuild\":true}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"success\":true,\"msg\":\"Refreshing invoices\"}");
        assertThat(CLOUDS.refreshed).isTrue();
    }

    @Test
    void errors_come_with_their_headers() throws Exception {
        HttpResponse<String> unknown = send("GET", "/api/invoices", "Bearer nobody", "");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        HttpResponse<String> notAllowed = send("DELETE", "/api/invoices/100", "Bearer " + MorpheusFixture.MASTER, "");
        assertThat(notAllowed.statusCode()).isEqualTo(405);
        assertThat(notAllowed.headers().firstValue("Allow")).contains("GET, PUT");
        assertThat(get("/api/invoices/").statusCode()).isEqualTo(404);
        assertThat(get("/b/api/foobar").body())
                .isEqualTo("{\"success\":false,\"msg\":\"Unable to find api endpoint GET /b/api/foobar\"}");
    }

    private static HttpResponse<String> get(String target) throws Exception {
        return send("GET", target, "Bearer " + MorpheusFixture.MASTER, "");
    }

    private static HttpResponse<String> send(String method, String target, String authorization, String body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + CONNECTOR.getLocalPort() + target))
                .header("Authorization", authorization)
                .header("Accept", "*/*")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return CLIENT.send(
                (body.isEmpty() ? request : request.header("Content-Type", "application/json")).build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }

    /** Knows every cloud as the master's. */
    private static final class AnyCloud implements CloudRefresh {

        private volatile boolean refreshed;

        @Override
        public Option<AccountId> ownerOf(Principal caller, String cloudId) {
            return Option.some(MorpheusFixture.ROOT);
        }

        @Override
        public void refresh(Request request) {
            refreshed = true;
        }
    }
}

package dev.billing.http.spaces;

import static dev.billing.http.spaces.SpacesFixture.CREATED;
import static dev.billing.http.spaces.SpacesFixture.TOKEN;
import static dev.billing.http.spaces.SpacesFixture.basic;
import static dev.billing.http.spaces.SpacesFixture.product;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.http.BillingServlet;
import dev.billing.testkit.FaultInjection;
import dev.billing.testkit.FaultInjection.Call;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients do, over a real socket: they page until there is no more, and read the messages of errors. */
class SpacesClientTest {

    private static final int ORDERS = 60;

    private final SpacesFixture fixture = SpacesFixture.withOrders(ORDERS);
    private final FaultInjection faults = new FaultInjection();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        BillingServlet servlet = new BillingServlet(fixture.dialect(faults.in(fixture.store)));
        context.addServlet(new ServletHolder(servlet), "/*");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void a_client_that_pages_sees_every_invoice_once_while_orders_are_placed(int limit) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        CountDownLatch stop = new CountDownLatch(1);
        try {
            Future<Integer> placing = pool.submit(() -> placeUntil(stop));
            Seq<String> seen = allPages(limit);
            stop.countDown();
            assertThat(placing.get(60, TimeUnit.SECONDS)).isPositive();
            assertThat(seen.filter(id -> !id.startsWith("new-")))
                    .isEqualTo(Array.rangeClosedBy(ORDERS, 1, -1).map(String::valueOf));
            assertThat(seen.distinct()).hasSameSizeAs(seen);
        } finally {
            stop.countDown();
            pool.shutdownNow();
        }
    }

    /** At least one, and no more than a list can be read through. */
    private int placeUntil(CountDownLatch stop) {
        int placed = 0;
        while (placed == 0 || (stop.getCount() > 0 && placed < 200)) {
            fixture.place("new-" + placed, CREATED.plusSeconds(placed % (2 * ORDERS)), product());
            placed++;
        }
        return placed;
    }

    private Seq<String> allPages(int limit) throws Exception {
        Seq<String> ids = Array.empty();
        for (Option<String> after = Option.some(""); after.isDefined(); ) {
            JsonNode page = json(get("/invoices?limit=" + limit + after.get(), basic(TOKEN + ":")));
            ids = ids.appendAll(Array.ofAll(page.get("data"))
                    .map(invoice -> invoice.get("id").asString()));
            after = Option.when(page.get("has_more").booleanValue(), ids)
                    .map(Seq::last)
                    .map(last -> "&starting_after=" + last);
        }
        return ids;
    }

    @Test
    void a_client_reads_one_invoice_and_the_message_of_an_error() throws Exception {
        HttpResponse<String> invoice = get("/invoices/7", "Bearer " + TOKEN);
        assertThat(invoice.statusCode()).isEqualTo(200);
        assertThat(invoice.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(invoice).get("order_number").intValue()).isEqualTo(7);
        HttpResponse<String> unknown = get("/invoices/unknown", "Bearer " + TOKEN);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(unknown).get("error").get("message").asString()).isEqualTo("The invoice was not found.");
        assertThat(get("/invoices?limit=2", "Bearer wrong").headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"spaces\"");
    }

    @Test
    void a_failure_is_a_500_that_tells_nothing() throws Exception {
        faults.before(Call.SEARCH, 1).before(Call.LINES, 1);
        for (String route : Array.of("/invoices", "/invoices/7")) {
            HttpResponse<String> failed = get(route, "Bearer " + TOKEN);
            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(failed.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(failed.body())
                    .isEqualTo(
                            "{\"message\":\"Something went wrong.\",\"error\":{\"message\":\"Something went wrong.\"}}");
        }
        assertThat(get("/invoices/7", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> get(String route, String authorization) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/api/v1" + route);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", authorization)
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}

package dev.billing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vavr.collection.HashMap;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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

/** The servlet in a real container, over a real socket. */
class BillingServletTest {

    private static final Server SERVER = new Server();
    private static final ServerConnector CONNECTOR = new ServerConnector(SERVER);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        CONNECTOR.setHost("127.0.0.1");
        SERVER.addConnector(CONNECTOR);
        ServletContextHandler context = new ServletContextHandler();
        BillingServlet servlet = new BillingServlet(new Echo("/api"), new Echo("/api/v1"), new Echo("/other"));
        context.addServlet(new ServletHolder(servlet), "/*");
        SERVER.setHandler(context);
        SERVER.start();
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "/api, /api",
        "/api/x, /api",
        "/api/v1, /api/v1",
        "/api/v1/invoices, /api/v1",
        "/api/v10, /api",
        "/other/%41?q=%20, /other"
    })
    void the_longest_base_path_answers(String target, String basePath) throws Exception {
        HttpResponse<String> answer = get(target);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(basePath + " GET " + target);
        assertThat(answer.headers().firstValue("Content-Type"))
                .as("Jetty drops the optional space")
                .contains("text/plain;charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ap", "/apix", "/nothing/api"})
    void what_is_below_no_base_path_is_an_empty_404(String target) throws Exception {
        HttpResponse<String> answer = get(target);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
    }

    @Test
    void a_failure_before_anything_is_sent_is_answered_by_the_dialect() throws Exception {
        HttpResponse<String> answer = get("/api/fail-early");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("failed");
    }

    @Test
    void a_failure_in_the_middle_of_a_long_answer_does_not_look_like_its_end() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), CONNECTOR.getLocalPort())) {
            socket.getOutputStream()
                    .write("GET /api/fail-late HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String received = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(received).startsWith("HTTP/1.1 200").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void a_caller_that_hangs_up_is_no_failure_of_ours() throws IOException {
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(BillingServlet.class.getName());
        logger.addHandler(handler);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), CONNECTOR.getLocalPort())) {
            socket.getOutputStream()
                    .write("GET /api/hang-up HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(records).isEmpty();
    }

    @Test
    void a_body_that_does_not_come_is_no_body() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        WireRequest request = new WireRequest("PUT", "/", "/", Option.none(), HashMap.empty(), broken);
        assertThat(request.readBody(10)).isEmpty();
        WireRequest small = new WireRequest("PUT", "/", Option.none(), HashMap.empty()).withBody(new byte[10]);
        assertThat(small.readBody(10).get()).hasSize(10);
        assertThat(small.withBody(new byte[11]).readBody(10)).isEmpty();
    }

    @Test
    void base_paths_must_differ_and_be_paths() {
        assertThatThrownBy(() -> new BillingServlet(new Echo("/a"), new Echo("/a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/a");
        assertThatThrownBy(() -> new BillingServlet(new Echo("/a/"))).hasMessageContaining("/a/");
        assertThatThrownBy(() -> new BillingServlet(new Echo("a"))).hasMessageContaining("slash");
    }

    private static HttpResponse<String> get(String target) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + CONNECTOR.getLocalPort() + target);
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** Says what it was asked, or fails when the path says so. */
    private record Echo(String basePath) implements Dialect {

        @Override
        public void answer(WireRequest request, WireResponse response) throws IOException {
            if (request.path().endsWith("/fail-early")) {
                response.start(200, HashMap.of("X-Lost", "yes")).write('x');
                throw new IllegalStateException("early");
            }
            if (request.path().endsWith("/fail-late")) {
                response.start(200, HashMap.empty()).write(new byte[1_000_000]);
                throw new IllegalStateException("late");
            }
            if (request.path().endsWith("/hang-up")) {
                response.start(200, HashMap.empty()).write(new byte[1_000_000]);
                throw new UncheckedIOException(new IOException("Connection reset by peer"));
            }
            String query = request.query().map(sent -> "?" + sent).getOrElse("");
            response.text(
                    200,
                    HashMap.of("Content-Type", "text/plain; charset=utf-8"),
                    basePath + " " + request.method() + " " + request.path() + query);
        }

        @Override
        public void fail(WireRequest request, WireResponse response) throws IOException {
            response.text(500, HashMap.empty(), "failed");
        }
    }
}

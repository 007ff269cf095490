package dev.billing.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Standard;
import dev.billing.http.akkeris.AkkerisOptions;
import dev.billing.http.morpheus.MorpheusOptions;
import dev.billing.port.Ports;
import dev.billing.quickstart.input.FactFiles;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.io.PrintWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as the program serves it, over a real socket: four systems over one data set. */
class ApiServerTest {

    private static final Pattern CURL =
            Pattern.compile("curl (?:-H 'Authorization: (.*?)' |(--digest )?-u '(.*?)' )'?(http[^']*)'?");

    private final HttpClient client = HttpClient.newHttpClient();

    private static ApiServer start(Ports ports) {
        Clock clock = SettableClock.at("2017-02-05T22:16:56.616Z");
        Billing billing = Billing.on(ports).with(Akkeris.profile()).with(clock);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Console console = new Console(nowhere, nowhere);
        FileReports reports = new FileReports(console, false);
        new Intake(Quickstart.TENANT, billing, billing.with(Standard.profile()), console, reports).sample();
        new OrderIntake(Quickstart.TENANT, billing, reports).sample();
        OrganizationIntake organizations =
                new OrganizationIntake(Quickstart.TENANT, billing.with(Atlas.profile()), clock, reports);
        organizations.sample();
        new CloudIntake(Quickstart.TENANT, billing.with(Morpheus.profile()), reports).sample();
        assertThat(reports.tookAll()).as("the sample must be taken whole").isTrue();
        systems = new Systems(
                Quickstart.TENANT,
                ports,
                billing,
                clock,
                AkkerisOptions.of(FactFiles.MAIN),
                MorpheusOptions.standard(),
                organizations.organizations(),
                new Systems.Credentials("secret", "public", "private"));
        return ApiServer.start(0, systems::at);
    }

    private static Systems systems;

    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = start(InMemoryPorts.create());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void serves_the_sample_to_who_has_the_token() throws Exception {
        HttpResponse<String> answer = get("/account/invoices/2017-02-01", "Bearer secret");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("RateLimit-Remaining")).contains("2400");
        assertThat(answer.body()).contains("\"total\":213.51,").contains("\"dyno_units\":61,");
        assertThat(get("/account/invoices", "Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(get("/nothing", "Bearer secret").statusCode()).isEqualTo(404);
    }

    @Test
    void prints_a_line_for_each_system_that_works_as_it_stands() throws Exception {
        Seq<String> lines = systems.examples(server.url()).filter(line -> line.startsWith("curl"));
        assertThat(lines).hasSize(4);
        Seq<String> bodies = Array.empty();
        for (String line : lines) {
            Matcher curl = CURL.matcher(line);
            assertThat(curl.matches()).as(line).isTrue();
            String path = curl.group(4).substring(server.url().length());
            bodies = bodies.append(get(path, authorization(curl, path)).body());
        }
        assertThat(bodies.get(0)).contains("\"total\":213.51,");
        assertThat(bodies.get(1)).startsWith("{\"object\":\"list\",\"count\":3,\"has_more\":false,");
        assertThat(bodies.get(2)).startsWith("{\"invoices\":[{\"id\":").contains("\"invoiceTotals\":{");
        assertThat(bodies.get(3)).contains("\"statusName\" : \"PENDING\"").contains("\"amountBilledCents\" : 8371");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/invoices                      | 200 | application/json;charset=UTF-8
                    /api/nothing                       | 404 | application/json;charset=UTF-8
                    /api/v1/invoices                   | 200 | application/json
                    /api/v1/nothing                    | 404 | application/json
                    /account/invoices/1999-01-01       | 404 | text/plain; charset=utf-8
                    /account/invoices                  | 200 | application/json
                    """)
    void content_types_are_spelled_as_each_system_spells_them(String path, int status, String type) throws Exception {
        HttpResponse<String> answer = get(path, "Bearer secret");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly(type);
    }

    @Test
    void totals_are_the_sums_of_what_is_printed() throws Exception {
        JsonNode list = new JsonMapper()
                .readTree(get("/api/invoices?max=-1&includeTotals=true", "Bearer secret")
                        .body());
        JsonNode totals = list.get("invoiceTotals");
        assertThat(totals.propertyNames()).hasSize(64);
        for (String column : totals.propertyNames()) {
            BigDecimal sum = BigDecimal.ZERO;
            for (JsonNode invoice : list.get("invoices")) {
                sum = sum.add(new BigDecimal(invoice.get(column).asString()));
            }
            assertThat(totals.get(column).doubleValue()).as(column).isEqualTo(sum.doubleValue());
        }
    }

    @Test
    void a_month_of_an_organization_is_opened_with_its_own_first_charge() throws Exception {
        String path = "/api/public/v1.0/orgs/5b0000000000000000000001/invoices";
        String challenge =
                get(path, "").headers().firstValue("WWW-Authenticate").orElseThrow();
        String body = get(path, digest(challenge, "public", "private", path)).body();
        assertThat(body).contains("\"created\":\"2017-01-11T04:06:14Z\"");
    }

    /** What curl sends in the end: a header as it is, a user as Basic, or an answer to the challenge. */
    private String authorization(Matcher curl, String path) throws Exception {
        if (curl.group(1) != null) {
            return curl.group(1);
        }
        if (curl.group(2) == null) {
            return "Basic " + Base64.getEncoder().encodeToString(curl.group(3).getBytes(StandardCharsets.UTF_8));
        }
        String challenge =
                get(path, "").headers().firstValue("WWW-Authenticate").orElseThrow();
        String[] user = curl.group(3).split(":", -1);
        return digest(challenge, user[0], user[1], path);
    }

    private static String digest(String challenge, String user, String secret, String uri) throws Exception {
        String nonce = challenge.replaceFirst(".*nonce=\"(.*?)\".*", "$1");
        String realm = "MMS Public API";
        String ha1 = md5(user + ":" + realm + ":" + secret);
        String response = md5(ha1 + ":" + nonce + ":00000001:abc:auth:" + md5("GET:" + uri));
        return "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", cnonce=\"abc\", nc=00000001, qop=auth, response=\"%s\", algorithm=MD5"
                .formatted(user, realm, nonce, uri, response);
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/account/invoices/2017-02-01",
                "/api/v1/invoices",
                "/api/invoices",
                "/api/public/v1.0/orgs/x/invoices"
            })
    void refuses_what_is_too_long_without_telling_what_is_inside(String path) throws Exception {
        HttpResponse<String> answer = get(path + "?q=" + "x".repeat(40_000), "Bearer secret");
        assertThat(answer.statusCode()).isIn(414, 431);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}

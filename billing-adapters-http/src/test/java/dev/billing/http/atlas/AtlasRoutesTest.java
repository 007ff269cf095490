package dev.billing.http.atlas;

import static dev.billing.http.atlas.AtlasFixture.ACCEPT_JSON;
import static dev.billing.http.atlas.AtlasFixture.CLIENT;
import static dev.billing.http.atlas.AtlasFixture.ORG;
import static dev.billing.http.atlas.AtlasFixture.OTHER_ORG;
import static dev.billing.http.atlas.AtlasFixture.PAID_ID;
import static dev.billing.http.atlas.AtlasFixture.PENDING_ID;
import static dev.billing.http.atlas.AtlasFixture.PUBLIC;
import static dev.billing.http.atlas.AtlasFixture.TENANT;
import static dev.billing.http.atlas.AtlasFixture.UNKNOWN_ORG;
import static dev.billing.http.atlas.AtlasFixture.V1;
import static dev.billing.http.atlas.AtlasFixture.V2;
import static dev.billing.http.atlas.AtlasFixture.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Atlas;
import dev.billing.http.atlas.AtlasFixture.Answer;
import dev.billing.http.atlas.DigestClient.Challenge;
import dev.billing.http.atlas.DigestClient.Style;
import dev.billing.port.Access;
import dev.billing.port.Principal;
import dev.billing.usecase.ProvidedDocument;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.control.Option;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks what, and which check answers. */
class AtlasRoutesTest {

    private static final String UNAUTHORIZED = """
            {
              "error" : 401,
              "reason" : "Unauthorized",
              "detail" : "You are not authorized for this resource.",
              "errorCode" : "UNEXPECTED_ERROR"
            }""";

    private final AtlasFixture fixture = AtlasFixture.withExample();

    @ParameterizedTest
    @EnumSource(AtlasBase.class)
    void every_route_answers_with_and_without_a_slash_at_the_end(AtlasBase base) {
        String list = base.path() + "/orgs/" + ORG + "/invoices";
        for (String route : Array.of("", "/pending", "/" + PAID_ID, "/" + PAID_ID + "/csv")) {
            String accept = route.endsWith("csv") ? AtlasFixture.ACCEPT_CSV : ACCEPT_JSON;
            Answer answer = fixture.get(list + route, accept);
            assertThat(answer.status()).as(route).isEqualTo(200);
            assertThat(answer.header("Content-Type"))
                    .contains(route.endsWith("csv") ? base.csvType() : base.jsonType());
            Answer withSlash = fixture.get(list + route + "/", accept);
            assertThat(withSlash.status()).isEqualTo(200);
            assertThat(withSlash.body().replace("/invoices/?", "/invoices?")).isEqualTo(answer.body());
        }
    }

    @Test
    void the_types_of_answers_are_those_of_the_base() {
        assertThat(fixture.get(V1).header("Content-Type")).contains("application/json");
        assertThat(fixture.get(V1 + "/" + PAID_ID + "/csv").header("Content-Type"))
                .contains("text/csv");
        assertThat(fixture.get(V2, ACCEPT_JSON).header("Content-Type"))
                .contains("application/vnd.atlas.2023-01-01+json;charset=utf-8");
        assertThat(fixture.get(V2 + "/" + PAID_ID + "/csv", AtlasFixture.ACCEPT_CSV)
                        .header("Content-Type"))
                .contains("application/vnd.atlas.2023-01-01+csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/public/v1.0",
                "/api/public/v1.0/",
                "/api/public/v1.0/orgs/" + ORG,
                "/api/public/v1.0/orgs//invoices",
                "/api/public/v1.0//orgs/" + ORG + "/invoices",
                "/api/public/v1.0/Orgs/" + ORG + "/invoices",
                "/api/public/v1.0/orgs/" + ORG + "/Invoices",
                "/api/public/v1.0/orgs/" + ORG + "/invoices//",
                "/api/public/v1.0/orgs/" + ORG + "/invoices//csv",
                "/api/public/v1.0/orgs/" + ORG + "/invoices/" + PAID_ID + "//",
                "/api/public/v1.0/orgs/" + ORG + "/invoices/" + PAID_ID + "/CSV",
                "/api/public/v1.0/orgs/" + ORG + "/invoices/" + PAID_ID + "/lineItems:search",
                "/api/public/v1.0/orgs/" + ORG + "/invoices/" + PAID_ID + "/csv/csv"
            })
    void what_is_no_route_is_told_with_the_path_as_sent(String path) {
        assertError(fixture.get(path + "?x=1"), 404, "RESOURCE_NOT_FOUND", "Cannot find resource " + path + ".", path);
        assertThat(fixture.send("POST", path, HashMap.empty()).errorCode()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
    void other_methods_are_not_allowed(String method) {
        Answer answer = fixture.send(method, PUBLIC, HashMap.empty());
        assertError(answer, 405, "METHOD_NOT_ALLOWED", "Method " + method + " is not allowed.", method);
        assertThat(answer.header("Allow")).contains("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {PUBLIC, PUBLIC + "/pending", V1 + "/" + PAID_ID + "/csv", V1 + "/nothing"})
    void head_answers_like_get_without_the_body(String target) {
        Answer get = fixture.get(target);
        Answer head = fixture.send("HEAD", target, HashMap.empty());
        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.headers()).isEqualTo(get.headers());
        assertThat(head.body()).isEmpty();
        assertThat(get.header("Content-Length"))
                .contains(Integer.toString(get.body().length()));
    }

    @Test
    void without_a_digest_nothing_is_told_but_the_challenge() {
        for (String target : Array.of(PUBLIC, "/api/atlas/v2", V2 + "?pretty=false", V1 + "/nothing")) {
            Answer answer = fixture.sendBare("GET", target, HashMap.empty());
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo(UNAUTHORIZED).hasSize(142);
            assertThat(answer.header("Content-Type")).contains("application/json");
            assertThat(answer.headers().keySet())
                    .isEqualTo(HashSet.of("Content-Type", "Content-Length", "WWW-Authenticate"));
            assertThat(AtlasFixture.challenge(answer).stale()).isFalse();
        }
    }

    @Test
    void a_nonce_serves_for_all_bases_until_it_is_stale() {
        Challenge challenge = AtlasFixture.challenge(fixture.sendBare("GET", PUBLIC, HashMap.empty()));
        assertThat(withNonce(challenge, PUBLIC, 1).status()).isEqualTo(200);
        assertThat(withNonce(challenge, V1, 2).status()).isEqualTo(200);
        Answer replayed = withNonce(challenge, V1, 2);
        assertThat(replayed.status()).isEqualTo(401);
        assertThat(AtlasFixture.challenge(replayed).stale()).isTrue();
        fixture.clock.advance(Duration.ofSeconds(61));
        assertThat(AtlasFixture.challenge(withNonce(challenge, V1, 3)).stale()).isTrue();
    }

    private Answer withNonce(Challenge challenge, String target, int number) {
        String authorization = CLIENT.answer(challenge, "GET", target, number, Style.QUOTED);
        return fixture.sendBare("GET", target, HashMap.of("authorization", authorization));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"abc", "5B0000000000000000000001", "5b00000000000000000000011", "%35b0000000000000000000001"})
    void what_is_no_organization_id_is_told(String id) {
        assertError(
                fixture.get("/api/atlas/v1.0/orgs/" + id + "/invoices"),
                404,
                "INVALID_ORG_ID",
                "An invalid organization ID " + id + " was specified.",
                id);
    }

    @Test
    void an_organization_that_does_not_exist_is_told() {
        assertError(
                fixture.get("/api/atlas/v1.0/orgs/" + UNKNOWN_ORG + "/invoices"),
                404,
                "ORG_NOT_FOUND",
                "No organization with ID " + UNKNOWN_ORG + " exists.",
                UNKNOWN_ORG);
    }

    @Test
    void an_organization_of_others_looks_as_if_it_did_not_exist() {
        String secret = "5d0000000000000000000001";
        fixture.provide(document(
                OTHER_ORG, secret, "2018-06", InvoiceStatus.PENDING, "2018-06-01T04:05:10Z", 5, 0, Array.empty()));
        fixture.know(OTHER_ORG, "Secret");
        for (String route : Array.of("", "/pending", "/" + secret, "/" + secret + "/csv", "?pageNum=0", "/x")) {
            Answer foreign = fixture.get("/api/atlas/v1.0/orgs/" + OTHER_ORG + "/invoices" + route);
            Answer unknown = fixture.get("/api/atlas/v1.0/orgs/" + UNKNOWN_ORG + "/invoices" + route);
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.body().replace(OTHER_ORG, UNKNOWN_ORG)).isEqualTo(unknown.body());
            assertThat(foreign.headers()).isEqualTo(unknown.headers());
        }
    }

    @Test
    void an_invoice_of_others_looks_as_if_it_did_not_exist() {
        String foreign = "5d0000000000000000000001";
        String unknown = "5d0000000000000000000002";
        AtlasFixture open = new AtlasFixture(AtlasOptions.DEFAULT, new Principal("all", Access.toAll(TENANT)));
        Array.of(fixture, open).forEach(each -> {
            each.provide(document(
                    PENDING_ID.replace('3', '5'), "2018-04", InvoiceStatus.FREE, "2018-05-01T00:00:00Z", 0, 0));
            each.provide(document(
                    OTHER_ORG, foreign, "2018-06", InvoiceStatus.PENDING, "2018-06-01T04:05:10Z", 5, 0, Array.empty()));
            assertError(
                    each.get(V1 + "/" + unknown),
                    404,
                    "INVOICE_NOT_FOUND",
                    "No invoice with ID " + unknown + " exists in organization " + ORG + ".",
                    unknown,
                    ORG);
            assertThat(each.get(V1 + "/" + foreign).body().replace(foreign, unknown))
                    .isEqualTo(each.get(V1 + "/" + unknown).body());
            assertThat(each.get(V1 + "/" + foreign + "/csv").errorCode()).isEqualTo("INVOICE_NOT_FOUND");
        });
    }

    @Test
    void documents_of_other_profiles_are_not_there() {
        Head atlas = AtlasFixture.head("5d0000000000000000000001", ORG, "2018-04");
        Head other = new Head(
                atlas.id(),
                "standard",
                atlas.account(),
                atlas.owner(),
                Option.none(),
                atlas.period(),
                HashMap.empty(),
                Option.none(),
                atlas.currency(),
                atlas.createdAt());
        fixture.provide(new ProvidedDocument(
                "outside", other, HashMap.empty(), Array.empty(), InvoiceStatus.FREE, atlas.createdAt()));
        assertThat(fixture.get(V1 + "/5d0000000000000000000001").errorCode()).isEqualTo("INVOICE_NOT_FOUND");
        assertThat(fixture.get(V1).json().get("totalCount").asInt()).isEqualTo(2);
    }

    @Test
    void a_key_that_may_not_read_sees_no_organization() {
        Principal writer =
                new Principal("writer", Option.none(), Access.toAll(TENANT), HashSet.of(Principal.Right.WRITE));
        AtlasFixture unreadable = new AtlasFixture(AtlasOptions.DEFAULT, writer);
        unreadable.open();
        assertThat(unreadable.get(V1).errorCode()).isEqualTo("ORG_NOT_FOUND");
    }

    @Test
    void an_organization_that_the_directory_knows_exists_without_invoices() {
        AtlasFixture empty = new AtlasFixture();
        assertThat(empty.get(V1).errorCode()).isEqualTo("ORG_NOT_FOUND");
        empty.know(ORG, "Acme");
        Answer answer = empty.get(V1);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"links\":[{\"href\":\"https://cloud.mongodb.com" + V1
                        + "?pageNum=1&itemsPerPage=100\",\"rel\":\"self\"}],\"results\":[],\"totalCount\":0}");
        assertError(
                empty.get(V1 + "/pending"),
                404,
                "PENDING_INVOICE_NOT_FOUND",
                "No pending invoice exists in organization " + ORG + ".",
                ORG);
    }

    @Test
    void an_organization_is_known_by_its_id_and_not_by_a_name_that_looks_like_one() {
        AtlasFixture empty = new AtlasFixture();
        empty.know(OTHER_ORG, ORG);
        assertThat(empty.get(V1).errorCode()).isEqualTo("ORG_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "Pending", "5B0000000000000000000003", "5b000000000000000000000", "pending/csv"})
    void what_is_no_invoice_id_is_told(String id) {
        assertError(fixture.get(PUBLIC + "/" + id), 400, "INVALID_INVOICE_ID", "An invalid invoice id was specified.");
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(textBlock = """
            POST, /orgs/x/nothing?pageNum=0,            RESOURCE_NOT_FOUND
            POST, /orgs/x/invoices?pageNum=0,           METHOD_NOT_ALLOWED
            GET,  /orgs/x/invoices/y?pretty=0,          INVALID_ORG_ID
            GET,  /orgs/UNKNOWN/invoices/y?pretty=0,    ORG_NOT_FOUND
            GET,  /orgs/ORG/invoices/y?pretty=0,        INVALID_INVOICE_ID
            GET,  /orgs/ORG/invoices/5d0000000000000000000001?pretty=0, INVALID_VERSION_DATE
            GET,  /orgs/ORG/invoices?pageNum=0,         INVALID_VERSION_DATE
            """)
    void the_first_check_that_fails_answers(String method, String route, String code) {
        String target = "/api/atlas/v2" + route.replace("UNKNOWN", UNKNOWN_ORG).replace("ORG", ORG);
        assertThat(fixture.send(method, target, HashMap.empty()).errorCode()).isEqualTo(code);
    }

    @Test
    void parameters_are_checked_before_anything_is_looked_up() {
        assertThat(fixture.get(V1 + "/5d0000000000000000000001?pretty=0").errorCode())
                .isEqualTo("INVALID_QUERY_PARAMETER");
    }

    @Test
    void errors_are_plain_json_on_every_base_and_pretty_if_asked() {
        Answer compact = fixture.get(V2 + "/x", ACCEPT_JSON);
        assertThat(compact.header("Content-Type")).contains("application/json");
        assertThat(compact.body())
                .isEqualTo("{\"detail\":\"An invalid invoice id was specified.\",\"error\":400,"
                        + "\"errorCode\":\"INVALID_INVOICE_ID\",\"parameters\":[],\"reason\":\"Bad Request\"}");
        assertThat(fixture.get(V2 + "/x?pretty=TRUE&envelope=true", ACCEPT_JSON).body())
                .isEqualTo("""
                        {
                          "detail" : "An invalid invoice id was specified.",
                          "error" : 400,
                          "errorCode" : "INVALID_INVOICE_ID",
                          "parameters" : [ ],
                          "reason" : "Bad Request"
                        }""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5b000000000000000000000X", "order 17"})
    void a_document_that_the_wire_cannot_name_is_an_error_without_internals(String id) {
        fixture.provide(document(id, "2018-03", InvoiceStatus.CLOSED, "2018-04-01T00:00:00Z", 1, 0));
        assertUnexpected(fixture.get(V1));
    }

    @Test
    void an_amount_that_the_wire_cannot_express_is_an_error_and_never_a_wrong_number() {
        for (String amount : Array.of("USD 92233720368547758.08", "USD 0.001", "EUR 1.00")) {
            AtlasFixture broken = new AtlasFixture();
            broken.provide(new ProvidedDocument(
                    "outside",
                    AtlasFixture.head(PAID_ID, ORG, "2018-02"),
                    HashMap.of(Atlas.BILLED, Money.parse(amount)),
                    Array.empty(),
                    InvoiceStatus.CLOSED,
                    broken.clock.instant()));
            assertUnexpected(broken.get(V1));
            assertUnexpected(broken.get(V1 + "/" + PAID_ID));
        }
        AtlasFixture fits = new AtlasFixture();
        fits.provide(document(PAID_ID, "2018-02", InvoiceStatus.CLOSED, "2018-03-01T00:00:00Z", Long.MAX_VALUE, 0));
        assertThat(fits.get(V1).body()).contains("\"amountBilledCents\":9223372036854775807,");
    }

    private static void assertUnexpected(Answer answer) {
        assertError(answer, 500, "UNEXPECTED_ERROR", "Unexpected error.");
        assertThat(answer.body())
                .isEqualTo("{\"detail\":\"Unexpected error.\",\"error\":500,\"errorCode\":\"UNEXPECTED_ERROR\","
                        + "\"parameters\":[],\"reason\":\"Internal Server Error\"}");
    }

    @Test
    void the_origin_of_links_is_configured_and_is_an_origin() {
        AtlasFixture elsewhere = new AtlasFixture(AtlasOptions.DEFAULT.withOrigin("http://localhost:8080"));
        elsewhere.open();
        Answer answer = elsewhere.send("GET", V1 + "/pending", HashMap.of("host", "evil.example"));
        assertThat(answer.body())
                .contains("\"http://localhost:8080/api/atlas/v1.0/orgs/" + ORG + "\"")
                .doesNotContain("evil");
        for (String origin : Array.of("cloud.mongodb.com", "https://x/", "https://x/path", "ftp://x", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AtlasOptions.DEFAULT.withOrigin(origin))
                    .withMessageContaining("'" + origin + "'");
        }
    }

    private static void assertError(Answer answer, int status, String code, String detail, String... parameters) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.json().propertyNames())
                .containsExactly("detail", "error", "errorCode", "parameters", "reason");
        assertThat(answer.json().get("error").asInt()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.json().get("detail").asString()).isEqualTo(detail);
        assertThat(answer.parameters()).containsExactly(parameters);
    }
}

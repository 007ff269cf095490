package dev.billing.http.morpheus;

import static dev.billing.http.morpheus.MorpheusFixture.MASTER;
import static dev.billing.http.morpheus.MorpheusFixture.NOBODY;
import static dev.billing.http.morpheus.MorpheusFixture.READER;
import static dev.billing.http.morpheus.MorpheusFixture.SUB_TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.http.WireRequest;
import dev.billing.http.morpheus.MorpheusFixture.Answer;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.control.Option;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong, byte for byte. */
class MorpheusErrorsTest {

    private static final MorpheusFixture WORLD = MorpheusWorld.billed();
    private static final String JSON = "application/json;charset=UTF-8";
    private static final String FORBIDDEN =
            "{\"success\":false,\"msg\":\"You do not have permissions to access this api endpoint\"}";

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic cm9vdDpzZWNyZXQ=", "Bearer", "Bearer ", "Token master-token", "master-token"})
    void without_a_bearer_token_authentication_is_required(String header) {
        Answer answer = WORLD.send(
                "GET", "/api/invoices", Option.some(header).filter(text -> !text.isEmpty()), Option.none(), "");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"unauthorized\",\"error_description\":"
                        + "\"Full authentication is required to access this resource\"}");
        assertThat(answer.headers().get("Content-Type")).contains(JSON);
        assertThat(answer.headers().get("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void an_unknown_token_is_invalid() {
        Answer answer = WORLD.get("/api/invoices", "no\"body");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"invalid_token\",\"error_description\":\"Invalid access token: no\\\"body\"}");
        assertThat(answer.headers().get("Content-Type")).contains(JSON);
        assertThat(answer.headers().get("WWW-Authenticate")).contains("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "BEARER", "BeArEr"})
    void the_scheme_may_be_in_any_case(String scheme) {
        assertThat(WORLD.send("GET", "/api/invoices", Option.some(scheme + " " + MASTER), Option.none(), "")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/foobar,                    /api/foobar",
        "GET,    /api/foobar?max=5,              /api/foobar",
        "GET,    /api/invoices/,                 /api/invoices/",
        "DELETE, /api/foobar,                    /api/foobar",
        "GET,    /api/invoices/100/,             /api/invoices/100/",
        "GET,    /api/invoices/100/tags,         /api/invoices/100/tags",
        "POST,   /api/invoices/refresh/,         /api/invoices/refresh/",
        "GET,    /api/invoice-line-items/,       /api/invoice-line-items/",
        "GET,    /api/Invoices,                  /api/Invoices",
        "GET,    /api,                           /api"
    })
    void another_route_is_not_found(String method, String target, String path) {
        Answer answer = WORLD.send(method, target, Option.some("Bearer " + MASTER), Option.none(), "");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo("{\"success\":false,\"msg\":\"Unable to find api endpoint " + method + " " + path + "\"}");
        assertThat(answer.headers().get("Content-Type")).contains(JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /api/invoices,               GET",
        "HEAD,   /api/invoices,               GET",
        "DELETE, /api/invoices/100,           'GET, PUT'",
        "POST,   /api/invoices/100,           'GET, PUT'",
        "GET,    /api/invoices/refresh,       POST",
        "PUT,    /api/invoices/refresh,       POST",
        "PUT,    /api/invoice-line-items,     GET",
        "PUT,    /api/invoice-line-items/10,  GET",
        "DELETE, /api/invoice-line-items/10,  GET"
    })
    void another_method_is_not_allowed(String method, String target, String allowed) {
        Answer answer = WORLD.send(method, target, Option.some("Bearer " + MASTER), Option.none(), "");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body()).isEqualTo("{\"success\":false,\"msg\":\"Method not allowed\"}");
        assertThat(answer.headers().get("Allow")).contains(allowed);
        assertThat(answer.headers().get("Content-Type")).contains(JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /api/invoices,              nobody-token",
        "GET,  /api/invoices/100,          nobody-token",
        "GET,  /api/invoices/999,          nobody-token",
        "GET,  /api/invoice-line-items,    nobody-token",
        "GET,  /api/invoice-line-items/10, nobody-token",
        "PUT,  /api/invoices/100,          nobody-token",
        "PUT,  /api/invoices/100,          reader-token",
        "PUT,  /api/invoices/999,          reader-token",
        "POST, /api/invoices/refresh,      reader-token",
        "GET,  /api/invoices?accountId=3,  sub-token",
        "GET,  /api/invoice-line-items?accountId=3, sub-token"
    })
    void what_the_caller_has_no_right_to_is_forbidden(String method, String target, String token) {
        Answer answer =
                WORLD.send(method, target, Option.some("Bearer " + token), Option.some("application/json"), "{}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo(FORBIDDEN);
        assertThat(answer.headers().get("Content-Type")).contains(JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/invoices/999,                              Invoice not found",
        "/api/invoices/abc,                              Invoice not found",
        "/api/invoices/-100,                             Invoice not found",
        "/api/invoices/100.0,                            Invoice not found",
        "/api/invoices/0100,                             Invoice not found",
        "/api/invoices/99999999999999999999999999,       Invoice not found",
        "/api/invoices/%31%30%30,                        Invoice not found",
        "/api/invoice-line-items/999,                    Line item not found",
        "/api/invoice-line-items/refresh,                Line item not found",
        "/api/invoice-line-items/100000000000000000000,  Line item not found"
    })
    void what_is_not_there_is_not_found(String target, String message) {
        Answer answer = WORLD.get(target);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"success\":false,\"msg\":\"" + message + "\"}");
        assertThat(answer.headers().get("Content-Type")).contains(JSON);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max=-2            | max          | must be -1 or a whole number of 0 or more
            max=ten           | max          | must be -1 or a whole number of 0 or more
            max=1.5           | max          | must be -1 or a whole number of 0 or more
            max=%2B5          | max          | must be -1 or a whole number of 0 or more
            max=1&max=2       | max          | must be given once
            max=1&max=1       | max          | must be given once
            offset=-1         | offset       | must be a whole number
            offset=x          | offset       | must be a whole number
            offset=1&offset=2 | offset       | must be given once
            sort=nothing      | sort         | unknown property nothing
            sort=tags         | sort         | unknown property tags
            sort=lineItems    | sort         | unknown property lineItems
            sort=rawData      | sort         | unknown property rawData
            sort=id+up        | sort         | must be asc or desc
            sort=id+asc+x     | sort         | must be asc or desc
            sort=id,+what+asc | sort         | unknown property what
            sort=id&sort=id   | sort         | must be given once
            direction=up      | direction    | must be asc or desc
            direction=asc&direction=asc | direction | must be given once
            startDate=2020    | startDate    | must be YYYY-MM-DD
            startDate=2020-13-01 | startDate | must be YYYY-MM-DD
            startDate=2020-02-30 | startDate | must be YYYY-MM-DD
            startDate=01/05/2020 | startDate | must be YYYY-MM-DD
            endDate=2020-05-01T04:00:00 | endDate | must be YYYY-MM-DD
            endDate=2020-05-01&endDate=2020-05-02 | endDate | must be given once
            lastUpdated=now   | lastUpdated  | must be YYYY-MM-DD
            period=May        | period       | must be YYYY or YYYYMM
            period=202000     | period       | must be YYYY or YYYYMM
            period=202013     | period       | must be YYYY or YYYYMM
            period=202005&period=20200 | period | must be YYYY or YYYYMM
            refId=x           | refId        | must be a whole number
            refId=1&refId=1.0 | refId        | must be a whole number
            zoneId=x          | zoneId       | must be a whole number
            siteId=x          | siteId       | must be a whole number
            instanceId=x      | instanceId   | must be a whole number
            serverId=x        | serverId     | must be a whole number
            userId=x          | userId       | must be a whole number
            projectId=x       | projectId    | must be a whole number
            containerId=x     | containerId  | must be a whole number
            accountId=x       | accountId    | must be a whole number
            active=yes        | active       | must be true or false
            estimate=1        | estimate     | must be true or false
            active=true&active=no | active   | must be true or false
            includeTotals=1   | includeTotals | must be true or false
            includeTotals=true&includeTotals=true | includeTotals | must be given once
            """)
    void a_bad_parameter_is_told_by_name(String query, String name, String sentence) {
        for (String list : new String[] {"/api/invoices", "/api/invoice-line-items"}) {
            assertBad(WORLD.get(list + "?" + query), name, sentence);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "A, /api/invoices?rawData=yes,                           rawData,          must be true or false",
        "A, /api/invoices/100?rawData=true&rawData=true,         rawData,          must be given once",
        "A, /api/invoice-line-items?rawData=yes,                 rawData,          must be true or false",
        "A, /api/invoice-line-items/10?rawData=yes,              rawData,          must be true or false",
        "A, /api/invoice-line-items?invoiceId=x,                 invoiceId,        must be a whole number",
        "B, /api/invoices?includeLineItems=yes,                  includeLineItems, must be true or false",
        "B, /api/invoices?includeLineItems=true&includeLineItems=true, includeLineItems, must be given once",
        "B, /api/invoices?maxLineItems=-1,                       maxLineItems,     must be a whole number",
        "B, /api/invoices?maxLineItems=x,                        maxLineItems,     must be a whole number",
        "B, /api/invoices/100?maxLineItems=x,                    maxLineItems,     must be a whole number",
        "B, /api/invoices/999?maxLineItems=1&maxLineItems=2,     maxLineItems,     must be given once"
    })
    void a_bad_parameter_of_one_epoch_or_route_is_told_there(
            MorpheusOptions.Epoch epoch, String target, String name, String sentence) {
        assertBad(MorpheusWorld.billed(new MorpheusFixture().in(epoch)).get(target), name, sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "A, /api/invoices?includeLineItems=x&maxLineItems=x&invoiceId=x&foo=%FF",
        "A, /api/invoices/100?includeTotals=x&max=x&maxLineItems=x",
        "B, /api/invoices?rawData=x&externalId=&invoiceId=x",
        "B, /api/invoice-line-items?includeLineItems=x&maxLineItems=x&rawData=x",
        "B, /api/invoice-line-items/10?maxLineItems=x",
        "A, '/api/invoices?max=&max=&max=5&refId=&startDate=&sort=&direction=&period=&active=&includeTotals=&tags='"
    })
    void what_means_nothing_here_is_ignored(MorpheusOptions.Epoch epoch, String target) {
        assertThat(MorpheusWorld.billed(new MorpheusFixture().in(epoch))
                        .get(target)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void all_problems_are_told_together() {
        assertThat(WORLD.get("/api/invoices?max=x&accountId=y&sort=z&period=1&refId=a&refId=2")
                        .body())
                .isEqualTo("{\"success\":false,\"msg\":\"Invalid parameters\",\"errors\":{"
                        + "\"period\":\"must be YYYY or YYYYMM\","
                        + "\"refId\":\"must be a whole number\","
                        + "\"accountId\":\"must be a whole number\","
                        + "\"max\":\"must be -1 or a whole number of 0 or more\","
                        + "\"sort\":\"unknown property z\"}}");
    }

    @Test
    void checks_come_in_one_order() {
        assertThat(WORLD.send("DELETE", "/api/foobar", Option.none(), Option.none(), "")
                        .status())
                .isEqualTo(401);
        assertThat(WORLD.send("DELETE", "/api/foobar", Option.some("Bearer " + NOBODY), Option.none(), "")
                        .status())
                .isEqualTo(404);
        assertThat(WORLD.send("DELETE", "/api/invoices", Option.some("Bearer " + NOBODY), Option.none(), "")
                        .status())
                .isEqualTo(405);
        assertThat(WORLD.get("/api/invoices?max=x", NOBODY).status()).isEqualTo(403);
        assertThat(WORLD.put("/api/invoices/999", READER, "{").status()).isEqualTo(403);
        assertThat(WORLD.get("/api/invoices?max=x&accountId=3", SUB_TENANT).status())
                .isEqualTo(400);
        assertThat(WORLD.put("/api/invoices/999", "{").status()).isEqualTo(400);
        assertThat(WORLD.get("/api/invoices/999?rawData=x").status()).isEqualTo(400);
    }

    @Test
    void a_failure_tells_nothing_of_itself() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        WORLD.dialect()
                .fail(new WireRequest("GET", "/api/invoices", Option.none(), HashMap.empty()), (status, headers) -> {
                    assertThat(status).isEqualTo(500);
                    assertThat(headers).isEqualTo(LinkedHashMap.of("Content-Type", JSON, "Content-Length", "47"));
                    return body;
                });
        assertThat(body.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"success\":false,\"msg\":\"Internal server error\"}");
    }

    private static void assertBad(Answer answer, String name, String sentence) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"success\":false,\"msg\":\"Invalid parameters\",\"errors\":{\"" + name + "\":\""
                        + sentence + "\"}}");
        assertThat(answer.headers().get("Content-Type")).contains(JSON);
    }
}

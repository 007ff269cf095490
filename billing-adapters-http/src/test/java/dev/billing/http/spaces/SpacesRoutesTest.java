package dev.billing.http.spaces;

import static dev.billing.http.spaces.SpacesFixture.CREATED;
import static dev.billing.http.spaces.SpacesFixture.OTHER;
import static dev.billing.http.spaces.SpacesFixture.OTHER_TOKEN;
import static dev.billing.http.spaces.SpacesFixture.SPACE;
import static dev.billing.http.spaces.SpacesFixture.TENANT;
import static dev.billing.http.spaces.SpacesFixture.TOKEN;
import static dev.billing.http.spaces.SpacesFixture.USER;
import static dev.billing.http.spaces.SpacesFixture.basic;
import static dev.billing.http.spaces.SpacesFixture.order;
import static dev.billing.http.spaces.SpacesFixture.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.http.spaces.SpacesFixture.Answer;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.Principal;
import dev.billing.port.StorageException;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.testkit.FaultInjection;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.usecase.Order.Space;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization, routes, parameters and statuses: who asks what, and which check answers. */
class SpacesRoutesTest {

    private static final Map<String, String> JSON = LinkedHashMap.of("Content-Type", "application/json");

    private static final Answer UNAUTHORIZED = new Answer(
            401,
            JSON.put("WWW-Authenticate", "Basic realm=\"spaces\""),
            "{\"message\":\"A valid access token is required.\","
                    + "\"error\":{\"message\":\"A valid access token is required.\"}}");

    private static final Answer NO_RESOURCE = new Answer(
            404,
            JSON,
            "{\"message\":\"The resource was not found.\",\"error\":{\"message\":\"The resource was not found.\"}}");

    private static final Answer NO_INVOICE = new Answer(
            404,
            JSON,
            "{\"message\":\"The invoice was not found.\","
                    + "\"error\":{\"message\":\"The invoice was not found.\",\"param\":\"id\"}}");

    private static final String EMPTY = "{\"object\":\"list\",\"count\":0,\"has_more\":false,\"data\":[]}";

    private final SpacesFixture fixture = SpacesFixture.withOrders(5);

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ACCESS_TOKEN", "bearer ACCESS_TOKEN", "BEARER  ACCESS_TOKEN"})
    void a_bearer_is_accepted(String authorization) {
        assertAccepted(authorization);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCESS_TOKEN:", "ACCESS_TOKEN:any", "ACCESS_TOKEN::", "ACCESS_TOKEN:x:y"})
    void a_token_is_accepted_as_the_user_of_basic(String credentials) {
        assertAccepted(basic(credentials));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic QUNDRVNTX1RPS0VOOg==", "basic QUNDRVNTX1RPS0VOOg==", "BASIC QUNDRVNTX1RPS0VOOg=="})
    void what_curl_sends_is_accepted_in_any_case(String authorization) {
        assertAccepted(authorization);
    }

    private void assertAccepted(String authorization) {
        for (String route : Array.of("/invoices", "/invoices/3")) {
            Answer answer = fixture.send("GET", route, authorization);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).isEqualTo(JSON);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Bearer access_token",
                "Bearer ACCESS_TOKEN2",
                "ACCESS_TOKEN",
                "Token ACCESS_TOKEN",
                "Basic",
                "Basic ",
                "Basic %%%",
                "Basic ACCESS_TOKEN"
            })
    void a_missing_or_unknown_token_is_a_401(String authorization) {
        assertThat(fixture.send("GET", "/invoices", authorization)).isEqualTo(UNAUTHORIZED);
        assertThat(fixture.send("GET", "/invoices/3", authorization)).isEqualTo(UNAUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:ACCESS_TOKEN", ":ACCESS_TOKEN", ":", "ACCESS_TOKEN", "wrong:"})
    void a_token_elsewhere_in_basic_is_a_401(String credentials) {
        assertThat(fixture.send("GET", "/invoices", basic(credentials))).isEqualTo(UNAUTHORIZED);
    }

    @Test
    void who_may_not_read_is_a_401() {
        fixture.with(
                "W", new Principal("writer", Option.none(), Access.toAll(TENANT), HashSet.of(Principal.Right.WRITE)));
        assertThat(fixture.get("/invoices", "W")).isEqualTo(UNAUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/invoices/",
                "/invoices/3/",
                "/invoices//3",
                "/invoices/3/items",
                "/Invoices",
                "/invoice",
                "/invoices2",
                "/invoices%2F3",
                "//invoices",
                "/customers",
                "/customers/CUSTOMER_TOKEN",
                "/subscriptions",
                "/events",
                "/spaces"
            })
    void another_path_is_no_resource(String route) {
        assertThat(fixture.get(route)).isEqualTo(NO_RESOURCE);
        assertThat(fixture.get(route + "?limit=0")).isEqualTo(NO_RESOURCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
    void another_method_is_no_resource(String method) {
        assertThat(fixture.send(method, "/invoices", "Bearer " + TOKEN)).isEqualTo(NO_RESOURCE);
        assertThat(fixture.send(method, "/invoices/3", "Bearer " + TOKEN)).isEqualTo(NO_RESOURCE);
    }

    @Test
    void authorization_is_checked_before_everything_else() {
        assertThat(fixture.send("GET", "/customers", "")).isEqualTo(UNAUTHORIZED);
        assertThat(fixture.send("POST", "/invoices", "")).isEqualTo(UNAUTHORIZED);
        assertThat(fixture.send("GET", "/invoices?limit=0", "")).isEqualTo(UNAUTHORIZED);
        assertThat(fixture.send("GET", "/invoices/unknown", "")).isEqualTo(UNAUTHORIZED);
    }

    @Test
    void the_parameters_of_the_list_mean_nothing_for_one_invoice() {
        assertThat(fixture.get("/invoices/3?limit=0&limit=x&starting_after=unknown")
                        .body())
                .isEqualTo(fixture.get("/invoices/3").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "0", "3%00", "%20", "%", "%0A", "INVOICE"})
    void an_unknown_id_is_no_invoice(String id) {
        assertThat(fixture.get("/invoices/" + id)).isEqualTo(NO_INVOICE);
    }

    @Test
    void an_id_that_is_too_long_for_any_document_is_no_invoice() {
        assertThat(fixture.get("/invoices/" + "x".repeat(501))).isEqualTo(NO_INVOICE);
    }

    @Test
    void an_id_is_percent_decoded() {
        assertThat(fixture.get("/invoices/%33")).isEqualTo(fixture.get("/invoices/3"));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=1&limit=1, limit, limit may be given only once.",
        "limit=&limi%74=x, limit, limit may be given only once.",
        "starting_after=3&starting_after=3, starting_after, starting_after may be given only once.",
        "starting_before=3&starting_before=x, starting_before, starting_before may be given only once.",
        "limit=0&starting_after=3&starting_after=3, starting_after, starting_after may be given only once.",
        "starting_before=3&starting_before=3&limit=1&limit=2, limit, limit may be given only once.",
        "limit=0, limit, limit must be a whole number from 1 to 100.",
        "limit=101, limit, limit must be a whole number from 1 to 100.",
        "limit=-1, limit, limit must be a whole number from 1 to 100.",
        "limit=+1, limit, limit must be a whole number from 1 to 100.",
        "limit=1.5, limit, limit must be a whole number from 1 to 100.",
        "limit=1e1, limit, limit must be a whole number from 1 to 100.",
        "limit=x, limit, limit must be a whole number from 1 to 100.",
        "limit=, limit, limit must be a whole number from 1 to 100.",
        "limit, limit, limit must be a whole number from 1 to 100.",
        "limit=%D9%A1, limit, limit must be a whole number from 1 to 100.",
        "limit=99999999999999999999, limit, limit must be a whole number from 1 to 100.",
        "limit=0&starting_after=3&starting_before=3, limit, limit must be a whole number from 1 to 100.",
        "starting_after=3&starting_before=3, starting_before, starting_after and starting_before cannot be combined.",
        "starting_before=&starting_after=, starting_before, starting_after and starting_before cannot be combined.",
        "starting_after=unknown, starting_after, starting_after must be the id of an invoice.",
        "starting_after=, starting_after, starting_after must be the id of an invoice.",
        "starting_after=%00, starting_after, starting_after must be the id of an invoice.",
        "starting_before=unknown, starting_before, starting_before must be the id of an invoice.",
        "starting_before, starting_before, starting_before must be the id of an invoice."
    })
    void a_bad_parameter_is_named(String query, String param, String message) {
        assertThat(fixture.get("/invoices?" + query))
                .isEqualTo(new Answer(
                        400,
                        JSON,
                        "{\"message\":\"" + message + "\",\"error\":{\"message\":\"" + message + "\",\"param\":\""
                                + param + "\"}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 5 4 3 2 1, false",
        "?limit=2, 5 4, true",
        "?limit=2&starting_after=4, 3 2, true",
        "?limit=2&starting_after=2, 1, false",
        "?starting_after=1, '', false",
        "?limit=5, 5 4 3 2 1, false",
        "?limit=100, 5 4 3 2 1, false",
        "?limit=002, 5 4, true",
        "?limi%74=2, 5 4, true",
        "?starting_after=%35, 4 3 2 1, false",
        "?limit=2&starting_before=1, 3 2, true",
        "?limit=2&starting_before=2, 4 3, true",
        "?limit=2&starting_before=3, 5 4, false",
        "?limit=2&starting_before=4, 5, false",
        "?starting_before=5, '', false",
        "?starting_before=1, 5 4 3 2, false",
        "?limit=2&Limit=x&unknown=1&unknown=2&&, 5 4, true"
    })
    void pages_are_parts_of_the_list(String query, String ids, boolean hasMore) {
        Answer answer = fixture.get("/invoices" + query);
        assertThat(answer.ids().mkString(" ")).isEqualTo(ids);
        assertThat(answer.body())
                .startsWith("{\"object\":\"list\",\"count\":" + answer.ids().size() + ",\"has_more\":" + hasMore
                        + ",\"data\":[");
    }

    @Test
    void a_page_has_twenty_invoices_unless_it_is_told_otherwise() {
        SpacesFixture many = SpacesFixture.withOrders(25);
        Answer answer = many.get("/invoices");
        assertThat(answer.body()).startsWith("{\"object\":\"list\",\"count\":20,\"has_more\":true,\"data\":[");
        assertThat(answer.ids()).isEqualTo(Array.rangeClosedBy(25, 6, -1).map(String::valueOf));
    }

    @Test
    void cursors_at_the_ends_give_empty_lists() {
        assertThat(fixture.get("/invoices?starting_after=1").body()).isEqualTo(EMPTY);
        assertThat(fixture.get("/invoices?starting_before=5").body()).isEqualTo(EMPTY);
        assertThat(new SpacesFixture().get("/invoices").body()).isEqualTo(EMPTY);
    }

    @Test
    void newest_first_then_by_number_then_by_id() {
        SpacesFixture same = new SpacesFixture();
        same.place("d", CREATED.plusMillis(900), product()).place("a", CREATED, product());
        same.place(order("c", USER, new Space(2, CREATED, Option.none()), CREATED, product()));
        same.place("b", CREATED.minusSeconds(1), product());
        assertThat(same.get("/invoices").ids()).containsExactly("a", "d", "c", "b");
    }

    @Test
    void what_belongs_to_another_user_looks_as_if_it_were_not_there() {
        fixture.place(order("theirs", OTHER, SPACE, CREATED.plusSeconds(3), product()));
        assertThat(fixture.get("/invoices/theirs")).isEqualTo(NO_INVOICE);
        assertThat(fixture.get("/invoices").ids()).containsExactly("5", "4", "3", "2", "1");
        for (String param : Array.of("starting_after", "starting_before")) {
            assertThat(fixture.get("/invoices?" + param + "=theirs"))
                    .isEqualTo(fixture.get("/invoices?" + param + "=unknown"))
                    .isEqualTo(fixture.get("/invoices?" + param + "=%00"));
        }
        assertThat(fixture.get("/invoices", OTHER_TOKEN).ids()).containsExactly("theirs");
        assertThat(fixture.get("/invoices/5", OTHER_TOKEN)).isEqualTo(NO_INVOICE);
        assertThat(fixture.get("/invoices?limit=1&starting_after=theirs", OTHER_TOKEN)
                        .body())
                .isEqualTo(EMPTY);
    }

    @Test
    void who_sees_several_accounts_lists_them_all_unless_one_is_their_own() {
        fixture.place(order("theirs", OTHER, SPACE, CREATED.plusSeconds(3), product()));
        fixture.with("ALL", new Principal("admin", Access.toAll(TENANT)));
        assertThat(fixture.get("/invoices", "ALL").ids()).containsExactly("5", "4", "theirs", "3", "2", "1");
        fixture.with("OWN", principal(OTHER, Access.toAll(TENANT)));
        assertThat(fixture.get("/invoices", "OWN").ids()).containsExactly("theirs");
        assertThat(fixture.get("/invoices/5", "OWN")).isEqualTo(NO_INVOICE);
        assertThat(fixture.get("/invoices?starting_after=5", "OWN").status()).isEqualTo(400);
        fixture.with("NOTHING", principal(OTHER, Access.to(TENANT, USER)));
        assertThat(fixture.get("/invoices", "NOTHING").body()).isEqualTo(EMPTY);
        assertThat(fixture.get("/invoices/5", "NOTHING")).isEqualTo(NO_INVOICE);
    }

    private static Principal principal(AccountId own, Access access) {
        return new Principal("own", Option.some(own), access, HashSet.of(Principal.Right.READ));
    }

    @Test
    void another_tenant_sees_nothing() {
        fixture.with("FOREIGN", new Principal("foreign", Access.toAll(new TenantId("foreign"))));
        assertThat(fixture.get("/invoices", "FOREIGN").body()).isEqualTo(EMPTY);
        assertThat(fixture.get("/invoices/5", "FOREIGN")).isEqualTo(NO_INVOICE);
    }

    @Test
    void documents_of_other_systems_are_no_invoices() {
        Head head = Head.of(
                new InvoiceId("month"),
                "akkeris",
                USER,
                Period.parse("2014-09-01T00:00:00Z/2014-10-01T00:00:00Z"),
                Money.of("USD", "0").currency(),
                CREATED);
        Write month = new Write.Issue(
                new Invoice.Preview(head, Figures.NONE, CREATED), Array.empty(), Option.none(), InvoiceStatus.FREE);
        fixture.store
                .commit(TENANT, Commit.of(new CommandKey("month"), "month", month))
                .get();
        assertThat(fixture.get("/invoices").ids()).containsExactly("5", "4", "3", "2", "1");
        assertThat(fixture.get("/invoices/month")).isEqualTo(NO_INVOICE);
        assertThat(fixture.get("/invoices?starting_after=month").status()).isEqualTo(400);
    }

    @Test
    void a_failure_tells_nothing() throws IOException {
        assertThat(SpacesFixture.failure(fixture.dialect()))
                .isEqualTo(new Answer(
                        500,
                        JSON,
                        "{\"message\":\"Something went wrong.\",\"error\":{\"message\":\"Something went wrong.\"}}"));
    }

    @Test
    void a_failure_of_the_storage_is_not_an_absence() {
        FaultInjection faults = new FaultInjection().before(Call.FIND, 1).before(Call.SEARCH, 1);
        var failing = fixture.dialect(faults.in(fixture.store));
        for (String route : Array.of("/api/v1/invoices", "/api/v1/invoices/3")) {
            assertThatThrownBy(() -> SpacesFixture.send(failing, "GET", route, "Bearer " + TOKEN))
                    .isInstanceOf(StorageException.class);
        }
    }

    @Test
    void the_base_path_goes_before_every_route() {
        SpacesDialect moved = new SpacesDialect(fixture.store, fixture.principals(), new SpacesOptions("/shops"));
        assertThat(SpacesFixture.send(moved, "GET", "/shops/invoices/3", "Bearer " + TOKEN))
                .isEqualTo(fixture.get("/invoices/3"));
        assertThat(SpacesFixture.send(moved, "GET", "/shops", "Bearer " + TOKEN))
                .isEqualTo(NO_RESOURCE);
        assertThat(new SpacesDialect(fixture.store, fixture.principals(), SpacesOptions.DEFAULT).basePath())
                .isEqualTo("/api/v1");
    }
}

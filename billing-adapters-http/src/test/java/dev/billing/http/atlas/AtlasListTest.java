package dev.billing.http.atlas;

import static dev.billing.http.atlas.AtlasFixture.ACCEPT_JSON;
import static dev.billing.http.atlas.AtlasFixture.PAID_ID;
import static dev.billing.http.atlas.AtlasFixture.PENDING_ID;
import static dev.billing.http.atlas.AtlasFixture.PUBLIC;
import static dev.billing.http.atlas.AtlasFixture.V1;
import static dev.billing.http.atlas.AtlasFixture.V2;
import static dev.billing.http.atlas.AtlasFixture.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.http.WireRequest;
import dev.billing.http.atlas.AtlasFixture.Answer;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.collection.Stream;
import io.vavr.control.Option;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Pages of invoices: what is on them, in which order, and where they lead. */
class AtlasListTest {

    private static final String ORIGIN = "https://cloud.mongodb.com";

    private final AtlasFixture fixture = AtlasFixture.withExample();

    @Test
    void a_listed_invoice_has_no_lines_payments_and_refunds() {
        assertThat(fixture.get(V1).json().get("results").get(0).propertyNames())
                .containsExactly(
                        "amountBilledCents",
                        "amountPaidCents",
                        "created",
                        "endDate",
                        "id",
                        "links",
                        "orgId",
                        "salesTaxCents",
                        "startDate",
                        "startingBalanceCents",
                        "statusName",
                        "subtotalCents",
                        "updated");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ?pretty=true                              | ?pretty=true&pageNum=1&itemsPerPage=100
            /?pretty=true                             | /?pretty=true&pageNum=1&itemsPerPage=100
            ''                                        | ?pageNum=1&itemsPerPage=100
            ?                                         | ?pageNum=1&itemsPerPage=100
            ?itemsPerPage=7&pageNum=1                 | ?pageNum=1&itemsPerPage=7
            ?x=%41+b&statusNames=PAID&y&statusNames=FREE&x= | ?x=%41+b&statusNames=PAID&y&statusNames=FREE&x=&pageNum=1&itemsPerPage=100
            ?page%4Eum=1&a=b                          | ?a=b&pageNum=1&itemsPerPage=100
            """)
    void self_repeats_what_was_sent_and_adds_the_page(String sent, String self) {
        assertThat(link(fixture.get(PUBLIC + sent), "self")).isEqualTo(Option.some(ORIGIN + PUBLIC + self));
    }

    @Test
    void next_and_previous_have_the_page_last() {
        fixture.provideMonths(1);
        Answer second = fixture.get(PUBLIC + "?pageNum=2&itemsPerPage=1&includeCount=true");
        assertThat(second.json().get("links").findValuesAsString("rel")).containsExactly("previous", "self", "next");
        assertThat(second.json().get("links").get(0).propertyNames()).containsExactly("href", "rel");
        assertThat(link(second, "previous")).contains(ORIGIN + PUBLIC + "?includeCount=true&itemsPerPage=1&pageNum=1");
        assertThat(link(second, "self")).contains(ORIGIN + PUBLIC + "?includeCount=true&pageNum=2&itemsPerPage=1");
        assertThat(link(second, "next")).contains(ORIGIN + PUBLIC + "?includeCount=true&itemsPerPage=1&pageNum=3");
        assertThat(link(fixture.get(PUBLIC + "?pageNum=3&itemsPerPage=1"), "next"))
                .isEmpty();
        assertThat(link(fixture.get(PUBLIC + "?itemsPerPage=2&includeCount=false"), "next"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&orderBy=asc", "&sortBy=START_DATE", "&sortBy=START_DATE&orderBy=asc"})
    void walking_along_next_visits_each_invoice_once(String order) {
        fixture.provideMonths(11);
        fixture.provide(
                document("5a00000000000000000000ff", "2010-03", InvoiceStatus.FREE, "2018-05-01T00:00:00Z", 0, 0));
        Seq<String> all = ids(fixture.get(PUBLIC + "?a=b" + order));
        Seq<Answer> pages = Stream.iterate(
                        Option.of(fixture.get(PUBLIC + "?itemsPerPage=3" + order)),
                        page -> page.flatMap(at -> link(at, "next"))
                                .map(next -> fixture.get(next.substring(ORIGIN.length()))))
                .takeWhile(Option::isDefined)
                .map(Option::get)
                .toArray();
        assertThat(all).hasSize(14).doesNotHaveDuplicates();
        assertThat(pages).hasSize(5);
        assertThat(pages.flatMap(AtlasListTest::ids)).isEqualTo(all);
        assertThat(pages).allMatch(page -> page.json().get("totalCount").asInt() == 14);
    }

    @Test
    void a_page_beyond_the_end_is_empty_and_leads_back() {
        Answer beyond = fixture.get(PUBLIC + "?pageNum=2147483647&itemsPerPage=500");
        assertThat(beyond.status()).isEqualTo(200);
        assertThat(beyond.json().get("results")).isEmpty();
        assertThat(beyond.json().get("totalCount").asInt()).isEqualTo(2);
        assertThat(link(beyond, "previous")).contains(ORIGIN + PUBLIC + "?itemsPerPage=500&pageNum=2147483646");
        assertThat(link(beyond, "next")).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            END_DATE   | desc | 3 2 1
            END_DATE   | asc  | 1 2 3
            START_DATE | desc | 3 2 1
            START_DATE | asc  | 1 2 3
            """)
    void ties_are_broken_by_id_in_the_same_direction(String sortBy, String orderBy, String order) {
        AtlasFixture tied = new AtlasFixture();
        Array.of("2", "3", "1")
                .forEach(last -> tied.provide(document(
                        "5b000000000000000000000" + last,
                        "2018-03",
                        InvoiceStatus.CLOSED,
                        "2018-04-01T00:00:00Z",
                        1,
                        0)));
        assertThat(ids(tied.get(V1 + "?sortBy=" + sortBy + "&orderBy=" + orderBy))
                        .map(id -> id.substring(23)))
                .isEqualTo(Array.of(order.split(" ", -1)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            statusNames=PAID                            | 4
            statusNames=PAID&statusNames=PENDING        | 3 4
            statusNames=FORGIVEN                        | ''
            fromDate=2018-02-01                         | 3 4
            fromDate=2018-02-02                         | 3
            fromDate=2018-06-02                         | ''
            toDate=2018-03-01                           | 4
            toDate=2018-02-28                           | ''
            fromDate=2018-01-01&toDate=2018-12-31       | 3 4
            fromDate=2018-01-01&fromDate=2018-12-01     | 3 4
            viewLinkedInvoices=false                    | 3 4
            viewLinkedInvoices=FALSE&other=x            | 3 4
            """)
    void conditions_keep_what_meets_all_of_them(String query, String kept) {
        Answer answer = fixture.get(V2 + "?" + query, ACCEPT_JSON);
        assertThat(ids(answer).map(id -> id.substring(23)))
                .isEqualTo(Array.of(kept.split(" ", -1)).filter(id -> !id.isEmpty()));
        assertThat(answer.json().get("totalCount").asInt())
                .isEqualTo(ids(answer).size());
    }

    @Test
    void december_ends_after_its_last_day() {
        AtlasFixture year = new AtlasFixture();
        year.provide(document(PAID_ID, "2018-12", InvoiceStatus.FREE, "2019-01-01T00:00:00Z", 0, 0));
        assertThat(ids(year.get(V1 + "?toDate=2018-12-31"))).isEmpty();
        assertThat(ids(year.get(V1 + "?toDate=2019-01-01"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, PENDING",
        "IN_REVIEW, PENDING",
        "CLOSED, CLOSED",
        "PARTLY_PAID, CLOSED",
        "PAID, PAID",
        "FAILED, FAILED",
        "FORGIVEN, FORGIVEN",
        "WRITTEN_OFF, FORGIVEN",
        "VOID, FORGIVEN",
        "FREE, FREE",
        "PREPAID, PREPAID",
        "INVOICED, INVOICED"
    })
    void every_status_is_shown_and_found_by_its_name_on_every_base(InvoiceStatus status, String name) {
        AtlasFixture one = new AtlasFixture();
        one.provide(document(PAID_ID, "2018-02", status, "2018-03-01T00:00:00Z", 1, 0));
        Array.of(PUBLIC, V1, V2)
                .forEach(list -> assertThat(one.get(list + "?statusNames=" + name, ACCEPT_JSON)
                                .body())
                        .contains("\"statusName\":\"" + name + "\""));
        Array.of(AtlasStatus.values())
                .reject(other -> other.name().equals(name))
                .forEach(other ->
                        assertThat(ids(one.get(V1 + "?statusNames=" + other))).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"IN_REVIEW", "PARTLY_PAID", "WRITTEN_OFF", "VOID"})
    void names_that_the_wire_does_not_have_are_refused(String name) {
        assertThat(fixture.get(V1 + "?statusNames=" + name).status()).isEqualTo(400);
    }

    @Test
    void every_status_has_a_name() {
        assertThat(Array.of(AtlasStatus.values()).flatMap(AtlasStatus::statuses))
                .containsExactlyInAnyOrder(InvoiceStatus.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE"})
    void a_true_is_true_in_any_case(String spelling) {
        Answer answer = fixture.get(PUBLIC + "?includeCount=" + spelling + "&envelope=" + spelling);
        assertThat(answer.json().get("totalCount").asInt()).isEqualTo(2);
        assertThat(answer.json().get("status").asInt()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "FALSE"})
    void a_count_that_is_not_wanted_is_left_out(String spelling) {
        JsonNode json = fixture.get(PUBLIC + "?includeCount=" + spelling).json();
        assertThat(json.propertyNames()).containsExactly("links", "results");
        assertThat(json.get("results")).hasSize(2);
    }

    @Test
    void an_enveloped_page_says_its_status_and_is_not_wrapped() {
        assertThat(fixture.get(PUBLIC + "?envelope=true").json().propertyNames())
                .containsExactly("links", "results", "status", "totalCount");
        assertThat(fixture.get(PUBLIC + "?envelope=true&pretty=true").body())
                .startsWith("{\n  \"links\" : [ {\n    \"href\" : ")
                .endsWith(" ],\n  \"status\" : 200,\n  \"totalCount\" : 2\n}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            pageNum=0                                 | INVALID_QUERY_PARAMETER   | pageNum
            pageNum=-1                                | INVALID_QUERY_PARAMETER   | pageNum
            pageNum=2147483648                        | INVALID_QUERY_PARAMETER   | pageNum
            pageNum=99999999999999999999              | INVALID_QUERY_PARAMETER   | pageNum
            pageNum=1.5                               | INVALID_QUERY_PARAMETER   | pageNum
            pageNum=                                  | INVALID_QUERY_PARAMETER   | pageNum
            pageNum                                   | INVALID_QUERY_PARAMETER   | pageNum
            pageNum=x&pageNum=1                       | INVALID_QUERY_PARAMETER   | pageNum
            pageNum=+1                                | INVALID_QUERY_PARAMETER   | pageNum
            itemsPerPage=0                            | INVALID_QUERY_PARAMETER   | itemsPerPage
            itemsPerPage=501                          | INVALID_QUERY_PARAMETER   | itemsPerPage
            itemsPerPage=all                          | INVALID_QUERY_PARAMETER   | itemsPerPage
            includeCount=yes                          | INVALID_QUERY_PARAMETER   | includeCount
            includeCount=                             | INVALID_QUERY_PARAMETER   | includeCount
            viewLinkedInvoices=1                      | INVALID_QUERY_PARAMETER   | viewLinkedInvoices
            statusNames=paid                          | INVALID_ENUM_VALUE        | paid
            statusNames=PAID&statusNames=OPEN         | INVALID_ENUM_VALUE        | OPEN
            statusNames=                              | INVALID_ENUM_VALUE        | ''
            statusNames=PAID%20                       | INVALID_ENUM_VALUE        | 'PAID '
            statusNames=%25s                          | INVALID_ENUM_VALUE        | %s
            fromDate=2018-02-30                       | INVALID_DATE_FORMAT       | 2018-02-30
            fromDate=2018-2-3                         | INVALID_DATE_FORMAT       | 2018-2-3
            fromDate=                                 | INVALID_DATE_FORMAT       | ''
            toDate=2018-12-31T00:00:00Z               | INVALID_DATE_FORMAT       | 2018-12-31T00:00:00Z
            fromDate=2019-01-01&toDate=x              | INVALID_DATE_FORMAT       | x
            sortBy=end_date                           | INVALID_ENUM_VALUE        | end_date
            orderBy=DESC                              | INVALID_ENUM_VALUE        | DESC
            pretty=1                                  | INVALID_QUERY_PARAMETER   | pretty
            envelope=no                               | INVALID_QUERY_PARAMETER   | envelope
            """)
    void what_is_wrong_is_named(String query, String code, String parameter) {
        Answer answer = fixture.get(PUBLIC + "?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.parameters()).containsExactly(parameter);
        assertThat(answer.json().get("detail").asString()).contains(" " + parameter + " ");
        assertThat(answer.json().get("reason").asString()).isEqualTo("Bad Request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fromDate=2018-02-01&toDate=2018-02-01", "toDate=2018-01-01&fromDate=2018-02-01"})
    void dates_that_nothing_lies_between_are_refused(String query) {
        Answer answer = fixture.get(PUBLIC + "?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("START_DATE_AFTER_END_DATE");
        assertThat(answer.parameters()).isEmpty();
        assertThat(answer.json().get("detail").asString())
                .isEqualTo("The specified start date must be earlier than the specified end date.");
    }

    @Test
    void the_first_bad_parameter_in_the_order_of_the_documents_is_told() {
        String rest = "envelope=x";
        for (String earlier : Array.of(
                "pretty=x",
                "orderBy=x",
                "sortBy=y",
                "fromDate=2019-01-01&toDate=2018-01-01",
                "statusNames=z",
                "viewLinkedInvoices=x",
                "includeCount=x",
                "itemsPerPage=x",
                "pageNum=x")) {
            String alone = fixture.get(PUBLIC + "?" + earlier).body();
            rest = rest + "&" + earlier;
            assertThat(fixture.get(PUBLIC + "?" + rest).body()).isEqualTo(alone);
        }
    }

    @Test
    void what_is_for_lists_is_ignored_elsewhere() {
        String bad = "?pageNum=0&itemsPerPage=0&includeCount=x&statusNames=x&fromDate=x&sortBy=x&orderBy=x";
        assertThat(fixture.get(V1 + "/pending" + bad).status()).isEqualTo(200);
        assertThat(fixture.get(V1 + "/" + PENDING_ID + bad).body())
                .isEqualTo(fixture.get(V1 + "/pending").body());
        for (String route : Array.of("/pending", "/" + PAID_ID, "/" + PAID_ID + "/csv")) {
            assertThat(fixture.get(V1 + route + "?pretty=x").parameters()).containsExactly("pretty");
            assertThat(fixture.get(V1 + route + "?envelope=x").parameters()).containsExactly("envelope");
        }
    }

    @Test
    void a_mounted_service_links_to_where_it_is_mounted() {
        var request = new WireRequest(
                "GET",
                "/shop" + V1 + "/?a=b",
                V1 + "/",
                Option.some("a=b"),
                HashMap.empty(),
                InputStream.nullInputStream());
        AtlasLinks links = AtlasLinks.of(AtlasBase.ATLAS_V1, ORIGIN, request);
        assertThat(links.root()).isEqualTo(ORIGIN + "/shop/api/atlas/v1.0");
        assertThat(links.sent()).isEqualTo(ORIGIN + "/shop" + V1 + "/");
    }

    private static Seq<String> ids(Answer page) {
        return Array.ofAll(page.json().get("results"))
                .map(invoice -> invoice.get("id").asString());
    }

    private static Option<String> link(Answer answer, String rel) {
        return Array.ofAll(answer.json().get("links"))
                .find(link -> link.get("rel").asString().equals(rel))
                .map(link -> link.get("href").asString());
    }
}

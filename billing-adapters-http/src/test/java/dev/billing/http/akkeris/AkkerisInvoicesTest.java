package dev.billing.http.akkeris;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.usage.FactId;
import dev.billing.http.Dialect;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whole invoices and lists: what is on them, what they add up to, and that a closed month never changes. */
class AkkerisInvoicesTest {

    private static final String NOW = "2017-02-05T22:16:56.616Z";
    private static final String APP = "acme/shop/prod";

    @Test
    void a_month_in_progress_under_the_default_profile() {
        JsonNode invoice = oneApp(AkkerisFixture.at(NOW)).invoice("/account/invoices/2017-02-01");
        assertTotals(invoice, "25", "10.71", "35.71");
        assertFields(invoice, 1, "Pending", 1, 120, NOW);
    }

    @Test
    void a_month_in_progress_under_the_upstream_profile() {
        JsonNode invoice = oneApp(AkkerisFixture.upstreamAt(NOW)).invoice("/account/invoices/2017-02-01");
        assertTotals(invoice, "24.64", "10.56", "35.2");
        assertFields(invoice, 2, "Pending", 1, 120, NOW);
    }

    @Test
    void a_closed_month_is_the_same_under_both_profiles() {
        for (AkkerisFixture fixture : Array.of(AkkerisFixture.at(NOW), AkkerisFixture.upstreamAt(NOW))) {
            JsonNode invoice = oneApp(fixture).invoice("/account/invoices/2016-12-01");
            assertTotals(invoice, "140", "60", "200");
            assertFields(invoice, 1, "Paid", 1, 744, "2016-12-31T23:59:59.000Z");
            assertThat(invoice.get("number").asString()).isEqualTo("1480550400000");
            assertThat(invoice.get("database_total").decimalValue()).isZero();
        }
    }

    private static AkkerisFixture oneApp(AkkerisFixture fixture) {
        String created = "2016-07-26T15:47:33.411Z";
        return fixture.app(APP, created)
                .addon(APP, "lang:dev", "0", created, "-")
                .addon(APP, "alamo-redis:small", "140", created, "-")
                .dyno(APP, "gp2 web", 1, "60", created, "-");
    }

    @Test
    void databases_are_a_part_of_the_totals_and_not_added_to_them() {
        JsonNode invoice = AkkerisFixture.at("2017-05-01T00:00:00Z")
                .addon(APP, "alamo-postgresql:hobby", "50", "2017-01-01", "-")
                .addon(APP, "alamo-PostgreSQL:large", "7", "2017-01-01", "-")
                .dyno(APP, "gp2 postgresql", 1, "60", "2017-01-01", "-")
                .invoice("/account/invoices/2017-03-01");
        assertTotals(invoice, "57", "60", "117");
        assertThat(invoice.get("database_total").decimalValue()).isEqualByComparingTo("110");
    }

    @Test
    void deleting_an_app_ends_what_it_had_and_leaves_earlier_months_alone() {
        AkkerisFixture fixture = AkkerisFixture.at("2017-06-15T00:00:00Z")
                .dyno(APP, "gp2 web", 1, "60", "2017-01-10", "-")
                .addon(APP, "redis", "100", "2017-01-10", "-");
        fixture.deleteApp(APP, "2017-03-16");

        assertTotals(fixture.invoice("/account/invoices/2017-03-01"), "48.39", "29.03", "77.42");
        JsonNode february = fixture.invoice("/account/invoices/2017-02-01");
        assertTotals(february, "100", "60", "160");
        assertThat(items(february)).allMatch(item -> item.get("deleted_at").isNull());
        assertThat(fixture.invoice("/account/invoices/2017-04-01").get("items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"akkeris, 10, 44, 54", "akkeris-upstream, 9.5, 43, 52.5"})
    void a_formation_change_gives_two_items(String profile, String first, String second, String total) {
        AkkerisFixture fixture = profile.equals("akkeris")
                ? AkkerisFixture.at("2017-08-01T00:00:00Z")
                : AkkerisFixture.upstreamAt("2017-08-01T00:00:00Z");
        fixture.dyno(APP, "gp1 web", 1, "31", "2016-01-01", "2017-05-10T12:00:00Z")
                .dyno(APP, "gp1 web", 2, "31", "2017-05-10T12:00:00Z", "-");

        JsonNode may = fixture.invoice("/account/invoices/2017-05-01");
        assertThat(billed(may)).containsExactly(first, second);
        assertTotals(may, "0", total, total);
        assertFields(may, 1, "Paid", 3, 2232, "2017-05-31T23:59:59.000Z");
        assertThat(may.get("items").get(0).get("deleted_at"))
                .isEqualTo(may.get("items").get(1).get("created_at"));
        assertThat(fixture.invoice("/account/invoices/2017-06-01")
                        .get("dyno_units")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void rounded_items_add_up_and_identical_items_stay_apart() {
        AkkerisFixture fixture = AkkerisFixture.at("2017-08-01T00:00:00Z");
        Array.of("0.29", "0.20", "4.35", "0.10").forEach(price -> fixture.addon(APP, "a", price, "2016-01-01", "-"));
        assertThat(fixture.invoice("/account/invoices/2017-05-01").get("total").decimalValue())
                .isEqualByComparingTo("4.94");

        AkkerisFixture twice = AkkerisFixture.at("2017-08-01T00:00:00Z")
                .addon(APP, "a", "10", "2016-01-01", "-")
                .addon(APP, "a", "10", "2016-01-01", "-");
        assertThat(billed(twice.invoice("/account/invoices/2017-05-01"))).containsExactly("10", "10");
    }

    @Test
    void items_are_ordered_by_organization_app_and_space_and_otherwise_as_recorded() {
        JsonNode invoice = AkkerisFixture.at("2017-08-01T00:00:00Z")
                .addon("b/x/s", "1", "1", "2017-01-01", "-")
                .addon("a/y/s", "2", "1", "2017-01-01", "-")
                .addon("a/x/t", "3", "1", "2017-01-01", "-")
                .addon("a/x/s", "5", "1", "2017-03-01", "-")
                .addon("a/x/s", "4", "1", "2017-01-01", "-")
                .addon("B/x/s", "0", "1", "2017-01-01", "-")
                .invoice("/account/invoices/2017-05-01");
        assertThat(items(invoice).map(item -> item.get("description").asString()))
                .containsExactly("0 addon", "5 addon", "4 addon", "3 addon", "2 addon", "1 addon");
    }

    @Test
    void a_place_sees_its_own_items_by_name_and_by_id() {
        AkkerisFixture fixture = AkkerisFixture.at("2017-08-01T00:00:00Z")
                .app("a/x/s", "2017-01-01")
                .app("b/y/t", "2017-02-01")
                .addon("a/x/s", "one", "1", "2017-01-01", "-")
                .addon("b/y/t", "two", "2", "2017-02-01", "-");
        String id = AkkerisFixture.uuid("organization", "b");
        assertThat(billed(fixture.invoice("/organizations/b/invoices/2017-05-01")))
                .containsExactly("2");
        assertThat(billed(fixture.invoice("/organizations/" + id + "/invoices/2017-05-01")))
                .containsExactly("2");
        assertThat(billed(fixture.invoice("/spaces/s/invoices/2017-05-01"))).containsExactly("1");
        assertThat(fixture.get("/organizations/b/invoices/2017-01-01").status()).isEqualTo(404);
        assertThat(items(fixture.invoice("/organizations/" + id + "/invoices/2017-05-01"))
                        .map(item -> item.get("organization").asString()))
                .containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource({
        "2016-07-26, 2017-02-05T00:00:00Z, 8, 2016-07-01, 2017-02-01",
        "2016-07-26, 2017-02-27T00:00:00Z, 8, 2016-07-01, 2017-02-01",
        "2017-08-31, 2017-11-15T00:00:00Z, 4, 2017-08-01, 2017-11-01",
        "2017-11-15, 2017-11-15T00:00:00Z, 1, 2017-11-01, 2017-11-01"
    })
    void a_list_goes_from_the_month_of_the_first_app_to_the_current_one(
            String created, String now, int months, String first, String last) {
        JsonNode list = AkkerisFixture.at(now)
                .app(APP, created)
                .get("/account/invoices")
                .json();
        assertThat(list).hasSize(months);
        assertThat(list.get(0).get("$ref").asString()).endsWith(first);
        assertThat(list.get(months - 1).get("$ref").asString()).endsWith(last);
    }

    @Test
    void what_begins_in_the_future_does_not_begin_a_list() {
        AkkerisFixture fixture = AkkerisFixture.at("2017-02-05T00:00:00Z")
                .app(APP, "2017-02-06")
                .addon(APP, "a", "1", "2017-02-07", "-");
        assertThat(fixture.get("/account/invoices").body()).isEqualTo("[]");
    }

    @Test
    void a_month_without_items_is_there_with_zero_totals() {
        JsonNode invoice = AkkerisFixture.at("2017-05-05T00:00:00Z")
                .app(APP, "2017-02-01")
                .invoice("/account/invoices/2017-03-01");
        assertTotals(invoice, "0", "0", "0");
        assertThat(invoice.get("items")).isEmpty();
        assertThat(invoice.get("dyno_units").asInt()).isZero();
    }

    @Test
    void a_closed_month_does_not_change_whatever_comes_later() {
        AkkerisFixture fixture = AkkerisFixture.at("2017-04-02T00:00:00Z")
                .app(APP, "2017-01-10")
                .dyno(APP, "gp2 web", 1, "60", "2017-01-10", "-");
        FactId addon = fixture.begin(APP, Akkeris.ADDON, "redis addon", 1, "100", "2017-01-10", "-");
        String byOrganization =
                fixture.get("/organizations/acme/invoices/2017-03-01").body();
        String before = fixture.get("/account/invoices/2017-03-01").body();

        fixture.clock.set(Instant.parse("2017-04-20T00:00:00Z"));
        fixture.end(addon, "2017-03-16");
        fixture.dyno(APP, "gp2 web", 7, "60", "2017-03-01", "-");
        Dialect upstream = fixture.dialect(Akkeris.upstream(), AkkerisOptions.upstream(AkkerisFixture.ACCOUNT));

        assertThat(fixture.get("/account/invoices/2017-03-01").body()).isEqualTo(before);
        assertThat(AkkerisFixture.send(upstream, "GET", "/account/invoices/2017-03-01", AkkerisFixture.TOKEN)
                        .body())
                .isEqualTo(before);
        assertThat(fixture.get("/organizations/acme/invoices/2017-03-01").body())
                .isEqualTo(byOrganization);
        assertThat(fixture.get("/organizations/" + AkkerisFixture.uuid("organization", "acme") + "/invoices/2017-03-01")
                        .body())
                .isEqualTo(byOrganization);
        assertThat(fixture.get("/account/invoices/2017-03-31").body())
                .isEqualTo(before.replace("2017-03-01\",\"number", "2017-03-31\",\"number"));
    }

    @Test
    void an_empty_month_is_sealed_empty_when_it_is_first_read() {
        AkkerisFixture fixture = AkkerisFixture.at("2017-04-02T00:00:00Z").app(APP, "2017-01-10");
        String before = fixture.get("/spaces/prod/invoices/2017-03-01").body();
        fixture.addon(APP, "late", "100", "2017-03-01", "-");
        assertThat(fixture.get("/spaces/prod/invoices/2017-03-01").body()).isEqualTo(before);
        assertThat(fixture.invoice("/account/invoices/2017-03-01").get("items")).isEmpty();
        assertThat(fixture.invoice("/account/invoices/2017-04-01").get("items")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2016-02-29T12:00:00Z, 29, 29, 2016-02-29T12:00:00.000Z",
        "2017-04-30T23:59:59.500Z, 30, 30, 2017-04-30T23:59:59.000Z",
        "2017-04-15T00:00:00Z, 30, 15, 2017-04-15T00:00:00.000Z"
    })
    void hours_count_today_whole(String now, int price, String billed, String end) {
        JsonNode invoice = AkkerisFixture.at(now)
                .dyno(APP, "gp2 web", 3, Integer.toString(price), "2015-01-01", "-")
                .invoice("/account/invoices/" + now.substring(0, 10));
        int days = Integer.parseInt(billed);
        assertFields(invoice, 1, "Pending", 3, 3 * 24 * days, end);
        assertThat(invoice.get("total").asInt()).isEqualTo(3 * days);
        assertThat(invoice.get("id").asString()).isEqualTo(now.substring(0, 10));
    }

    private static void assertTotals(JsonNode invoice, String addons, String platform, String total) {
        assertThat(invoice.get("addons_total").decimalValue()).isEqualByComparingTo(addons);
        assertThat(invoice.get("platform_total").decimalValue()).isEqualByComparingTo(platform);
        assertThat(invoice.get("charges_total").decimalValue()).isEqualByComparingTo(total);
        assertThat(invoice.get("total").decimalValue()).isEqualByComparingTo(total);
    }

    private static void assertFields(
            JsonNode invoice, int state, String status, int units, int hours, String periodEnd) {
        assertThat(invoice.get("state").asInt()).isEqualTo(state);
        assertThat(invoice.get("payment_status").asString()).isEqualTo(status);
        assertThat(invoice.get("dyno_units").asInt()).isEqualTo(units);
        assertThat(invoice.get("weighted_dyno_hours").asInt()).isEqualTo(hours);
        assertThat(invoice.get("period_end").asString()).isEqualTo(periodEnd);
    }

    private static Seq<JsonNode> items(JsonNode invoice) {
        return Array.ofAll(invoice.get("items"));
    }

    private static Seq<String> billed(JsonNode invoice) {
        return items(invoice).map(item -> item.get("billed_price").asString());
    }
}

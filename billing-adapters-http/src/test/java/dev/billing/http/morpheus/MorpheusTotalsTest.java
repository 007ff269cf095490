package dev.billing.http.morpheus;

import static dev.billing.http.morpheus.MorpheusFixture.MAY;
import static dev.billing.http.morpheus.MorpheusFixture.ROOT;
import static dev.billing.http.morpheus.MorpheusFixture.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Ref;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.Plan;
import dev.billing.http.morpheus.MorpheusOptions.Epoch;
import dev.billing.usecase.BilledObject;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Sums over whatever a query finds. */
class MorpheusTotalsTest {

    @ParameterizedTest
    @EnumSource(Epoch.class)
    void totals_cover_the_whole_query_and_not_the_page(Epoch epoch) {
        MorpheusFixture world = MorpheusWorld.billed(new MorpheusFixture().in(epoch));
        for (String page : Array.of("", "&max=0", "&max=1&offset=1", "&max=-1", "&offset=1000")) {
            JsonNode totals = world.get("/api/invoices?includeTotals=true&refType=StorageVolume" + page)
                    .json()
                    .get("invoiceTotals");
            assertThat(totals.get("estimatedTotalCost").toString()).isEqualTo("3.0");
            assertThat(totals.get("estimatedStoragePrice").toString()).isEqualTo("3.0");
            assertThat(totals.get("totalCost").toString()).isEqualTo("3.0");
            assertThat(totals.get("actualRunningCost").toString()).isEqualTo("0.0");
        }
    }

    @ParameterizedTest
    @EnumSource(Epoch.class)
    void sums_are_exact(Epoch epoch) {
        MorpheusFixture world = MorpheusWorld.billed(new MorpheusFixture().in(epoch));
        assertThat(world.get("/api/invoice-line-items?includeTotals=true&invoiceId=100&max=1")
                        .body())
                .as("0.1 + 0.2")
                .contains("\"lineItemTotals\":{\"itemCost\":0.3,\"itemPrice\":0.3,\"itemTax\":0.0"
                        + (epoch == Epoch.A ? "}" : ",\"currency\":\"USD\"}"));
        assertThat(world.get("/api/invoice-line-items?includeTotals=true&accountId=2&estimate=false")
                        .body())
                .contains("\"lineItemTotals\":{\"itemCost\":5.5,\"itemPrice\":7.5,\"itemTax\":0.75");
    }

    @ParameterizedTest
    @EnumSource(Epoch.class)
    void what_sums_up_others_is_added_too_because_the_caller_narrows_by_type(Epoch epoch) {
        MorpheusFixture world = MorpheusWorld.billed(new MorpheusFixture().in(epoch));
        assertThat(world.get("/api/invoices?includeTotals=true&instanceId=331")
                        .json()
                        .get("invoiceTotals")
                        .get("actualRunningCost")
                        .toString())
                .isEqualTo("0.6");
        assertThat(world.get("/api/invoices?includeTotals=true&instanceId=331&refType=Container")
                        .json()
                        .get("invoiceTotals")
                        .get("actualRunningCost")
                        .toString())
                .isEqualTo("0.3");
    }

    @Test
    void totals_come_only_when_asked_for() {
        MorpheusFixture world = MorpheusWorld.billed();
        for (String target : Array.of(
                "/api/invoices",
                "/api/invoices?includeTotals=false",
                "/api/invoices/100?includeTotals=true",
                "/api/invoice-line-items",
                "/api/invoice-line-items/10?includeTotals=true")) {
            assertThat(world.get(target).body()).doesNotContain("Totals");
        }
        assertThat(world.get("/api/invoice-line-items?includeTotals=true").body())
                .doesNotContain("invoiceTotals");
    }

    @ParameterizedTest
    @CsvSource({
        "EUR, 10.0, EUR, EUR, EUR",
        "USD, 11.0, USD, USD, USD",
    })
    void one_currency_is_summed_in_itself(String query, double total, String estimated, String actual, String shown) {
        MorpheusFixture world = twoCurrencies(Epoch.B);
        String refId = query.equals("EUR") ? "refId=1" : "refId=2&refId=3";
        JsonNode totals =
                world.get("/api/invoices?includeTotals=true&" + refId).json().get("invoiceTotals");
        assertThat(totals.get("estimatedTotalCost").asDouble()).isEqualTo(total);
        assertThat(totals.get("estimatedCurrency").asString()).isEqualTo(estimated);
        assertThat(totals.get("actualCurrency").asString()).isEqualTo(actual);
        assertThat(totals.get("currency").asString()).isEqualTo(shown);
    }

    @ParameterizedTest
    @EnumSource(Epoch.class)
    void several_currencies_are_summed_in_dollars_at_the_rate_of_each_document(Epoch epoch) {
        MorpheusFixture world = twoCurrencies(epoch);
        JsonNode totals = world.get("/api/invoices?includeTotals=true").json().get("invoiceTotals");
        assertThat(totals.get("estimatedTotalCost").toString()).isEqualTo("21.85");
        assertThat(totals.get("totalPrice").toString()).isEqualTo("21.85");
        assertThat(totals.has("currency")).isEqualTo(epoch == Epoch.B);
        if (epoch == Epoch.B) {
            assertThat(totals.get("estimatedCurrency").asString()).isEqualTo("USD");
            assertThat(totals.get("currency").asString()).isEqualTo("USD");
        }
        String lines = world.get("/api/invoice-line-items?includeTotals=true&refId=1&refId=2")
                .body();
        assertThat(lines).contains(epoch == Epoch.B ? ",\"currency\":\"USD\"},\"masterAccount\"" : "\"itemTax\":0.0}");
    }

    @Test
    void rows_tell_their_currency_and_rate() {
        assertThat(twoCurrencies(Epoch.B).get("/api/invoices/1").body())
                .contains("\"estimatedCurrency\":\"EUR\",\"estimatedConversionRate\":1.085,")
                .contains("\"runningCost\":2.405911143,\"currency\":\"EUR\",\"conversionRate\":1.085,")
                .contains(
                        "\"itemTerm\":null,\"taxType\":null,\"regionCode\":null,\"currency\":\"EUR\",\"conversionRate\":1.085");
    }

    @Test
    void nothing_at_all_is_nothing_in_the_default_currency() {
        MorpheusFixture world = new MorpheusFixture().in(Epoch.B);
        String totals = world.get("/api/invoices?includeTotals=true").body();
        assertThat(totals)
                .startsWith("{\"invoices\":[],\"invoiceTotals\":{\"estimatedComputePrice\":0.0,")
                .contains("\"estimatedCurrency\":\"USD\"")
                .contains("\"runningCost\":0.0,\"currency\":\"USD\"},\"masterAccount\":true,"
                        + "\"meta\":{\"size\":0,\"total\":0,\"offset\":0,\"max\":25}}");
        assertThat(world.get("/api/invoice-line-items?includeTotals=true").body())
                .isEqualTo("{\"lineItems\":[],\"lineItemTotals\":{\"itemCost\":0.0,\"itemPrice\":0.0,\"itemTax\":0.0,"
                        + "\"currency\":\"USD\"},\"masterAccount\":true,"
                        + "\"meta\":{\"size\":0,\"total\":0,\"offset\":0,\"max\":25}}");
        MorpheusOptions euro = MorpheusOptions.standard()
                .withEpoch(Epoch.B)
                .withDefaultCurrency(Money.of("EUR", "1").currency());
        assertThat(world.with(euro).get("/api/invoices?includeTotals=true").body())
                .contains("\"currency\":\"EUR\"},\"masterAccount\"");
    }

    /** Ten euros at 1.085, and one and ten dollars. */
    private static MorpheusFixture twoCurrencies(Epoch epoch) {
        MorpheusFixture world = new MorpheusFixture().in(epoch);
        world.run(
                MAY,
                Instant.parse("2020-05-08T14:59:59Z"),
                Option.none(),
                Array.of(
                        priced("1", Money.of("EUR", "10"), "1.085"),
                        priced("2", Money.of("USD", "1"), "1"),
                        priced("3", Money.of("USD", "10"), "1")));
        return world;
    }

    private static BilledObject priced(String id, Money monthly, String rate) {
        BilledObject object = thing("Container", id, "c" + id).invoice(id).object();
        return new BilledObject(
                object.invoice(),
                object.subject(),
                ROOT,
                ROOT,
                LinkedHashMap.of(Morpheus.ACCOUNT, new Ref("account", "1", "root")),
                object.createdAt(),
                Option.none(),
                new Plan(
                        monthly.currency(),
                        Plan.HOURS,
                        Array.of(new Plan.Part(
                                "compute",
                                "cores",
                                BigDecimal.ONE,
                                monthly,
                                monthly,
                                Plan.Incurs.WHILE_RUNNING,
                                false))),
                0,
                Option.none(),
                new BigDecimal(rate),
                HashMap.empty(),
                Option.none());
    }
}

package dev.billing.http.akkeris;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.profile.Akkeris;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.JsonNode;

/** What holds for any account at any instant. */
class AkkerisProperties {

    private static final Instant FIRST = Instant.parse("2016-01-01T00:00:00Z");
    private static final int HOURS = 24 * 366;

    record Item(String path, String category, int quantity, String price, Instant from, Instant until) {}

    @Property(tries = 60)
    void lists_ascend_without_gaps_every_reference_answers_and_all_figures_tie(
            @ForAll("items") @Size(min = 1, max = 8) List<Item> items, @ForAll("instants") Instant now) {
        AkkerisFixture fixture = AkkerisFixture.at(now.toString());
        items.forEach(item -> fixture.begin(
                item.path(),
                item.category(),
                item.path() + (item.quantity() % 2 == 0 ? " postgresql" : ""),
                item.quantity(),
                item.price(),
                item.from().toString(),
                item.until().toString()));
        items.forEach(item -> fixture.app(item.path(), item.from().toString()));

        Seq<String> months = list(fixture, "/account/invoices");
        assertThat(months).isEqualTo(expectedMonths(items, now).map(month -> "/account/invoices/" + month + "-01"));
        months.forEach(month -> checkMonth(fixture, month, items));
    }

    private static Seq<YearMonth> expectedMonths(List<Item> items, Instant now) {
        return Array.ofAll(items)
                .map(Item::from)
                .filter(from -> !from.isAfter(now))
                .min()
                .toArray()
                .flatMap(first -> Array.range(0, 1 + (int) month(first).until(month(now), ChronoUnit.MONTHS))
                        .map(months -> month(first).plusMonths(months)));
    }

    private static YearMonth month(Instant instant) {
        return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
    }

    private static void checkMonth(AkkerisFixture fixture, String reference, List<Item> items) {
        JsonNode account = fixture.invoice(reference);
        String month = reference.substring(reference.length() - "2016-01-01".length());
        assertThat(money(account, "total"))
                .isEqualByComparingTo(money(account, "charges_total"))
                .isEqualByComparingTo(money(account, "addons_total").add(money(account, "platform_total")))
                .isEqualByComparingTo(Array.ofAll(account.get("items"))
                        .map(item -> item.get("billed_price").decimalValue())
                        .fold(BigDecimal.ZERO, BigDecimal::add));
        for (String field : Array.of("total", "addons_total", "platform_total", "database_total", "dyno_units")) {
            assertThat(sumOver(fixture, items, 0, "/organizations/", month, field))
                    .isEqualByComparingTo(money(account, field));
            assertThat(sumOver(fixture, items, 2, "/spaces/", month, field))
                    .isEqualByComparingTo(money(account, field));
        }
    }

    private static BigDecimal sumOver(
            AkkerisFixture fixture, List<Item> items, int part, String route, String month, String field) {
        return HashSet.ofAll(items)
                .map(item -> item.path().split("/", -1)[part])
                .toArray()
                .map(place -> fixture.get(route + place + "/invoices/" + month))
                .filter(answer -> answer.status() == 200)
                .map(answer -> money(answer.json(), field))
                .fold(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Seq<String> list(AkkerisFixture fixture, String path) {
        return Array.ofAll(fixture.get(path).json())
                .map(entry -> entry.get("$ref").asString());
    }

    private static BigDecimal money(JsonNode invoice, String field) {
        return invoice.get(field).decimalValue();
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.integers().between(0, HOURS).map(hours -> FIRST.plus(Duration.ofHours(hours)));
    }

    @Provide
    Arbitrary<List<Item>> items() {
        Arbitrary<String> paths = Arbitraries.of("a/x/s", "a/y/t", "b/x/s", "b/z/t", "c/x/u");
        return Combinators.combine(
                        paths,
                        Arbitraries.of(Akkeris.ADDON, Akkeris.DYNO),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of("0", "0.01", "10", "60", "33.33", "1000.07"),
                        instants(),
                        Arbitraries.integers().between(0, HOURS))
                .as((path, category, quantity, price, from, hours) ->
                        new Item(path, category, quantity, price, from, from.plus(Duration.ofHours(hours))))
                .list();
    }
}

package dev.billing.http.spaces;

import static dev.billing.http.spaces.SpacesFixture.CREATED;
import static dev.billing.http.spaces.SpacesFixture.OTHER;
import static dev.billing.http.spaces.SpacesFixture.OTHER_TOKEN;
import static dev.billing.http.spaces.SpacesFixture.TOKEN;
import static dev.billing.http.spaces.SpacesFixture.USER;
import static dev.billing.http.spaces.SpacesFixture.item;
import static dev.billing.http.spaces.SpacesFixture.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.money.Money;
import dev.billing.usecase.Order;
import dev.billing.usecase.Order.Item;
import dev.billing.usecase.Order.Space;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;

/** What holds for any orders. */
class SpacesProperties {

    /** An order, told in a few numbers. */
    record Told(boolean ofOther, long space, long seconds, String currency, List<Sold> items) {}

    record Sold(long unitAmount, int quantity, long discount) {}

    @Property(tries = 200)
    void following_the_cursors_gives_every_invoice_once_in_order_both_ways(
            @ForAll("orders") List<Told> told, @ForAll @IntRange(min = 1, max = 8) int limit) {
        SpacesFixture fixture = placed(told);
        Seq<String> all = expectedIds(fixture, told, TOKEN);
        assertThat(walk(fixture, TOKEN, limit)).isEqualTo(all);
        assertThat(fixture.get("/invoices?limit=100").ids()).isEqualTo(all);
        all.forEach(
                id -> assertThat(walkBack(fixture, id, limit)).isEqualTo(all.takeWhile(other -> !other.equals(id))));
        assertThat(walk(fixture, OTHER_TOKEN, limit)).isEqualTo(expectedIds(fixture, told, OTHER_TOKEN));
    }

    @Property(tries = 200)
    void what_is_placed_while_pages_are_followed_disturbs_nobody(
            @ForAll("orders") List<Told> told,
            @ForAll("orders") List<Told> meanwhile,
            @ForAll @IntRange(min = 1, max = 4) int limit) {
        SpacesFixture fixture = placed(told);
        Seq<String> before = expectedIds(fixture, told, TOKEN);
        Seq<String> seen = Array.empty();
        Seq<Order> coming = orders(meanwhile, "new-");
        for (Option<String> cursor = Option.some(""); cursor.isDefined(); ) {
            SpacesFixture.Answer page = fixture.get("/invoices?limit=" + limit + cursor.get());
            seen = seen.appendAll(page.ids());
            cursor = next(page, "&starting_after=", page.ids().lastOption());
            coming.headOption().forEach(fixture::place);
            coming = coming.drop(1);
        }
        assertThat(seen.filter(before::contains)).isEqualTo(before);
        assertThat(seen.distinct()).isEqualTo(seen);
    }

    @Property(tries = 200)
    void totals_are_sums_counts_are_lengths_and_every_number_is_whole(@ForAll("orders") List<Told> told) {
        SpacesFixture fixture = placed(told);
        JsonNode list = fixture.get("/invoices?limit=100").json();
        assertThat(list.get("count").intValue()).isEqualTo(list.get("data").size());
        for (JsonNode invoice : list.get("data")) {
            Told source = told.get(Integer.parseInt(invoice.get("id").asString()));
            Seq<JsonNode> lines = Array.ofAll(invoice.get("items").get("data"));
            assertThat(lines.map(line -> line.get("total_amount").longValue()))
                    .isEqualTo(Array.ofAll(source.items())
                            .map(sold -> sold.unitAmount() * sold.quantity() - sold.discount()));
            assertThat(invoice.get("total").longValue())
                    .isEqualTo(lines.map(line -> line.get("total_amount").longValue())
                            .sum()
                            .longValue());
            assertThat(invoice.get("items").get("count").intValue()).isEqualTo(lines.size());
            assertThat(lines.map(line -> line.get("currency"))).allMatch(invoice.get("currency")::equals);
            assertThat(fixture.invoice(invoice.get("id").asString())).isEqualTo(invoice);
        }
        assertThat(numbers(list)).allMatch(number -> new BigDecimal(number).scale() == 0);
        assertThat(fixture.get("/invoices?limit=100").body()).doesNotContainPattern(":-?[0-9]*[.eE]");
    }

    private static Seq<String> numbers(JsonNode node) {
        return node.isNumber() ? Array.of(node.toString()) : Array.ofAll(node).flatMap(SpacesProperties::numbers);
    }

    private static Seq<String> walk(SpacesFixture fixture, String token, int limit) {
        Seq<String> seen = Array.empty();
        for (Option<String> cursor = Option.some(""); cursor.isDefined(); ) {
            SpacesFixture.Answer page = fixture.get("/invoices?limit=" + limit + cursor.get(), token);
            seen = seen.appendAll(page.ids());
            cursor = next(page, "&starting_after=", page.ids().lastOption());
        }
        return seen;
    }

    private static Seq<String> walkBack(SpacesFixture fixture, String from, int limit) {
        Seq<String> seen = Array.empty();
        for (Option<String> cursor = Option.some("&starting_before=" + from); cursor.isDefined(); ) {
            SpacesFixture.Answer page = fixture.get("/invoices?limit=" + limit + cursor.get());
            seen = seen.prependAll(page.ids());
            cursor = next(page, "&starting_before=", page.ids().headOption());
        }
        return seen;
    }

    private static Option<String> next(SpacesFixture.Answer page, String param, Option<String> id) {
        return id.filter(found -> page.json().get("has_more").booleanValue()).map(found -> param + found);
    }

    /** Newest first, then by number, then by id. */
    private static Seq<String> expectedIds(SpacesFixture fixture, List<Told> told, String token) {
        return Array.range(0, told.size())
                .filter(n -> told.get(n).ofOther() == token.equals(OTHER_TOKEN))
                .sorted(Comparator.<Integer, Long>comparing(n -> told.get(n).seconds())
                        .thenComparing(n -> number(fixture, n, token))
                        .thenComparing(n -> n)
                        .reversed())
                .map(String::valueOf);
    }

    private static long number(SpacesFixture fixture, int n, String token) {
        return fixture.get("/invoices/" + n, token).json().get("order_number").longValue();
    }

    private static SpacesFixture placed(List<Told> told) {
        SpacesFixture fixture = new SpacesFixture();
        orders(told, "").forEach(fixture::place);
        return fixture;
    }

    private static Seq<Order> orders(List<Told> told, String prefix) {
        return Array.ofAll(told)
                .zipWithIndex((one, n) -> order(
                        prefix + n,
                        one.ofOther() ? OTHER : USER,
                        new Space(one.ofOther() ? one.space() + 10 : one.space(), CREATED, Option.none()),
                        CREATED.plusSeconds(one.seconds()),
                        Array.ofAll(one.items())
                                .map(sold -> item(
                                        Money.ofMinor(
                                                Money.of(one.currency(), "0").currency(), sold.unitAmount()),
                                        sold.quantity(),
                                        sold.discount()))
                                .toJavaArray(Item[]::new)));
    }

    @Provide
    Arbitrary<List<Told>> orders() {
        Arbitrary<Sold> items = Combinators.combine(
                        Arbitraries.longs().between(0, 1_000_000_000_000L),
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.longs().between(0, 1_000_000_000_000L))
                .as((unitAmount, quantity, discount) ->
                        new Sold(unitAmount, quantity, Math.min(discount, unitAmount * quantity)));
        return Combinators.combine(
                        Arbitraries.of(false, false, true),
                        Arbitraries.longs().between(1, 3),
                        Arbitraries.longs().between(0, 4),
                        Arbitraries.of("USD", "JPY", "KWD"),
                        items.list().ofMaxSize(3))
                .as(Told::new)
                .list()
                .ofMaxSize(15);
    }
}

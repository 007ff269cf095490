package dev.billing.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.meter.Aggregation;
import dev.billing.domain.meter.Filter;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookTest {

    private static final CurrencyUnit USD = Monetary.getCurrency("USD");
    private static final PriceBookVersion MAIN_3 = new PriceBookVersion("main", 3);
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    private static final Product SMALL = product("small", "20", Option.none());
    private static final Product TRAFFIC = product("traffic", "0.09", Option.some("bytes"));
    private static final Product STORAGE = product("a-storage", "0.12", Option.some("bytes"));

    private static final Meter EU_BYTES =
            Meter.of("eu-bytes", "bytes", new Aggregation.Sum()).where(Filter.in("region", "eu"));
    private static final Meter PEAK = Meter.of("peak", "bytes", new Aggregation.Max());

    @Test
    void a_rate_is_the_product_as_this_version_prices_it() {
        assertThat(book(SMALL, TRAFFIC).rate("small").get())
                .isEqualTo(new Rate(MAIN_3, "small", "compute", "month", SMALL.rule()));
    }

    @Test
    void a_sku_that_is_not_listed_is_refused_with_its_name_and_the_book() {
        PricingError.UnknownSku refused = book(SMALL).rate("large").getLeft();
        assertThat(refused).isEqualTo(new PricingError.UnknownSku("large", MAIN_3));
        assertThat(refused.message()).contains("large").contains("main@3");
    }

    @Test
    void a_meter_may_be_priced_by_several_products_in_the_order_of_their_skus() {
        assertThat(book(TRAFFIC, SMALL, STORAGE).ratesFor("bytes").map(Rate::sku))
                .containsExactly("a-storage", "traffic");
        assertThat(book(TRAFFIC, SMALL).ratesFor("requests")).isEmpty();
    }

    @Test
    void each_sku_is_listed_once_under_its_own_name_and_in_the_currency_of_the_book() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> book(SMALL, product("small", "21", Option.none())))
                .withMessageContaining("once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceBook(MAIN_3, USD, FROM, HashMap.of("tiny", SMALL)))
                .withMessageContaining("own sku");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceBook.of(MAIN_3, Monetary.getCurrency("JPY"), FROM, Array.of(SMALL)))
                .withMessageContaining("JPY");
    }

    @Test
    void a_name_that_the_book_does_not_define_is_a_plain_sum() {
        assertThat(book(TRAFFIC).meter("bytes")).isEqualTo(Meter.sum("bytes"));
        assertThat(metered(EU_BYTES).meter("eu-bytes")).isEqualTo(EU_BYTES);
        assertThat(metered(EU_BYTES).meter("bytes")).isEqualTo(Meter.sum("bytes"));
    }

    @Test
    void what_is_reported_under_a_name_is_priced_by_all_whose_meters_count_it() {
        Product europe = product("europe", "0.02", Option.some("eu-bytes"));
        Product requests = product("requests", "0.01", Option.some("requests"));
        Product peaks = new Product("peaks", "compute", "month", capacity("peak", "requests"), Option.none());
        PriceBook book = metered(Array.of(EU_BYTES, PEAK), SMALL, TRAFFIC, europe, requests, peaks);
        assertThat(book.ratesFor("bytes").map(Rate::sku)).containsExactly("europe", "peaks", "traffic");
        assertThat(book.ratesFor("requests").map(Rate::sku)).containsExactly("peaks", "requests");
        assertThat(book.ratesFor("eu-bytes")).isEmpty();
        assertThat(book.metersFor("bytes")).containsExactly(Meter.sum("bytes"), EU_BYTES, PEAK);
        assertThat(book.metersFor("requests")).containsExactly(Meter.sum("requests"));
        assertThat(book.metersFor("eu-bytes")).isEmpty();
        assertThat(book.pricedMeters()).containsExactly(Meter.sum("bytes"), EU_BYTES, PEAK, Meter.sum("requests"));
    }

    @Test
    void a_meter_that_is_redefined_no_longer_counts_what_is_reported_under_its_name() {
        Meter renamed = Meter.of("bytes", "octets", new Aggregation.Sum());
        PriceBook book = metered(Array.of(renamed), TRAFFIC);
        assertThat(book.ratesFor("bytes")).isEmpty();
        assertThat(book.ratesFor("octets").map(Rate::sku)).containsExactly("traffic");
    }

    @Test
    void a_product_prices_its_meter_and_the_units_of_its_capacity() {
        assertThat(SMALL.meters()).isEmpty();
        assertThat(TRAFFIC.meters()).containsExactly("bytes");
        Product own = new Product("peaks", "compute", "month", capacity("b", "a"), Option.none());
        assertThat(own.meters()).containsExactly("a", "b");
        Product both = new Product("peaks", "compute", "month", capacity("b", "a"), Option.some("b"));
        assertThat(both.meters()).containsExactly("b", "a");
    }

    @Test
    void all_that_is_wrong_with_a_book_is_said_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceBook.of(
                        MAIN_3,
                        Monetary.getCurrency("JPY"),
                        FROM,
                        Array.of(SMALL, SMALL, SMALL, TRAFFIC),
                        Array.of(PEAK, EU_BYTES, PEAK)))
                .withMessageContaining("sku once")
                .withMessageContaining("small 3 times")
                .withMessageContaining("meter once")
                .withMessageContaining("peak 2 times")
                .withMessageContaining("must price traffic");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new PriceBook(MAIN_3, USD, FROM, HashMap.of("tiny", SMALL), HashMap.of("summit", PEAK)))
                .withMessageContaining("tiny")
                .withMessageContaining("under summit");
    }

    @Test
    void books_with_other_meters_are_other_books() {
        assertThat(metered(EU_BYTES)).isNotEqualTo(metered(PEAK)).isEqualTo(metered(EU_BYTES));
        assertThat(metered().meters()).isEmpty();
        assertThat(metered()).isEqualTo(book()).isEqualTo(new PriceBook(MAIN_3, USD, FROM, HashMap.empty()));
    }

    @Test
    void a_book_begins_at_a_millisecond_and_is_equal_by_content() {
        assertThat(PriceBook.of(MAIN_3, USD, FROM.plusNanos(999_999), Array.of(TRAFFIC, SMALL)))
                .isEqualTo(book(SMALL, TRAFFIC))
                .hasSameHashCodeAs(book(SMALL, TRAFFIC));
    }

    @Test
    void books_follow_one_another() {
        PriceBook first = book(SMALL);
        PriceBook second = PriceBook.of(new PriceBookVersion("main", 4), USD, FROM.plusMillis(1), Array.of(SMALL));
        PriceBook rival = PriceBook.of(new PriceBookVersion("main", 5), USD, second.from(), Array.of(SMALL));
        assertThat(PriceHistory.of(first, second).books()).containsExactly(first, second);
        assertThat(PriceHistory.NONE.at(FROM)).isEmpty();
        for (PriceBook next : new PriceBook[] {first, rival}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PriceHistory.of(second, next))
                    .withMessageContaining("main@4 from 2026-01-01T00:00:00.001Z")
                    .withMessageContaining(next.version().toString());
        }
    }

    @Test
    void a_version_is_of_a_name_and_counts_from_1() {
        assertThat(new PriceBookVersion("main", 1)).hasToString("main@1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceBookVersion("main", 0))
                .withMessageContaining("main@0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriceBookVersion("@main", 1))
                .withMessageContaining("without @");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceBookVersion.parse("@3"))
                .withMessageContaining("name must not be blank");
    }

    @Test
    void a_product_has_names() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> product(" ", "1", Option.none()))
                .withMessageContaining("Sku");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> product("traffic", "1", Option.some(" ")))
                .withMessageContaining("Meter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Product("traffic", "", "GB", TRAFFIC.rule(), Option.none()))
                .withMessageContaining("Category");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Product("traffic", "compute", "G\0B", TRAFFIC.rule(), Option.none()))
                .withMessageContaining("Unit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rate(MAIN_3, "", "compute", "GB", TRAFFIC.rule()))
                .withMessageContaining("Sku");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rate(MAIN_3, "traffic", "", "GB", TRAFFIC.rule()))
                .withMessageContaining("Category");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rate(MAIN_3, "traffic", "compute", "G\0B", TRAFFIC.rule()))
                .withMessageContaining("Unit");
    }

    @ParameterizedTest
    @CsvSource({"main@1, main, 1", "EU list@2147483647, EU list, 2147483647"})
    void a_version_is_written_as_name_and_number(String text, String book, int version) {
        assertThat(PriceBookVersion.parse(text))
                .isEqualTo(new PriceBookVersion(book, version))
                .hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "main", "main@", "main@0", "main@-1", "@1", "a@b@1", "main@x", "main@1.0"})
    void other_versions_are_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PriceBookVersion.parse(text));
    }

    @Test
    void every_refusal_says_what_was_refused() {
        assertThat(new PricingError.UnpricedMeter("bytes", MAIN_3).message())
                .contains("bytes")
                .contains("main@3");
        assertThat(new PricingError.NoPriceBook(FROM).message()).contains("2026-01-01T00:00:00Z");
    }

    private static PriceBook metered(Meter... meters) {
        return metered(Array.of(meters));
    }

    private static PriceBook metered(Seq<Meter> meters, Product... products) {
        return PriceBook.of(MAIN_3, USD, FROM, Array.of(products), meters);
    }

    private static PricingRule capacity(String unit, String other) {
        return new Capacity(Array.of(new Capacity.Limits(
                HashMap.of(unit, Option.<BigDecimal>none(), other, Option.none()), Money.of("USD", "20"))));
    }

    @Test
    void a_capacity_that_ends_somewhere_is_refused_as_a_product() {
        Capacity ends = new Capacity(
                Array.of(new Capacity.Limits(HashMap.of("users", Option.some(BigDecimal.TEN)), Money.of("USD", "20"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Product("plan", "compute", "month", ends, Option.none()))
                .withMessageContaining("plan")
                .withMessageContaining("any capacity");
    }

    @Test
    void a_capacity_of_other_units_than_the_product_s_meter_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Product("plan", "compute", "month", capacity("users", "disk"), Option.some("bytes")))
                .withMessageContaining("bytes");
        assertThat(new Product("plan", "compute", "month", capacity("users", "disk"), Option.some("users")).meters())
                .containsExactly("users", "disk");
    }

    @Test
    void a_percentage_of_what_may_be_negative_is_refused() {
        Product pay =
                new Product("pay", "fees", "payment", Percentage.of(USD, BigDecimal.ONE), Option.some("payments"));
        Meter payments = Meter.sum("payments");
        assertThat(metered(Array.of(payments), pay).products()).hasSize(1);
        Product each = product("each", "1", Option.some("payments"));
        assertThat(metered(Array.of(payments.allowingNegative()), each).products())
                .hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metered(Array.of(payments.allowingNegative()), pay))
                .withMessageContaining("payments");
    }

    @Test
    void a_percentage_in_a_cell_of_a_matrix_prices_single_events_too() {
        Matrix cells = new Matrix(
                Array.of("region"),
                HashMap.of(Array.of("eu"), Percentage.of(USD, BigDecimal.ONE)),
                Option.some(new PerUnit(Money.of("USD", "1"))));
        Matrix otherwise = new Matrix(
                Array.of("region"),
                HashMap.of(Array.of("eu"), new PerUnit(Money.of("USD", "1"))),
                Option.some(Percentage.of(USD, BigDecimal.ONE)));
        Array.of(cells, otherwise)
                .forEach(matrix -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> metered(
                                Array.of(Meter.sum("payments").allowingNegative()),
                                new Product("pay", "fees", "payment", matrix, Option.some("payments"))))
                        .withMessageContaining("payments"));
    }

    @Test
    void a_cell_of_a_matrix_prices_one_quantity() {
        Matrix inner = new Matrix(Array.of("size"), HashMap.empty(), Option.some(new PerUnit(Money.of("USD", "1"))));
        Array.of(inner, capacity("a", "b"))
                .forEach(rule -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> new Matrix(Array.of("region"), HashMap.empty(), Option.some(rule)))
                        .withMessageContaining("must price one quantity"));
    }

    @Test
    void a_quantity_is_cut_some_way() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuantityRounding(2, RoundingMode.UNNECESSARY))
                .withMessageContaining("which way");
    }

    @Test
    void minimums_and_maximums_have_ids_of_their_own_and_the_book_s_currency() {
        Commitment least = new Commitment("b", Scope.DOCUMENT, "usage", Money.of("USD", "5"), false);
        Commitment first = new Commitment("a", Scope.DOCUMENT, "usage", Money.of("USD", "5"), false);
        SpendLimit most = new SpendLimit("a", Scope.DOCUMENT, "usage", Money.of("USD", "5"));
        PriceBook book = book(SMALL).with(Array.of(least, first), Array.of(most));
        assertThat(book.commitments()).containsExactly(first, least);
        assertThat(book.limits()).containsExactly(most);
        assertThat(book).isEqualTo(book(SMALL).with(Array.of(first, least), Array.of(most)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> book(SMALL).with(Array.of(least, least), Array.of(most, most)))
                .withMessageContaining("minimum once")
                .withMessageContaining("maximum once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> book(SMALL)
                        .with(
                                Array.of(new Commitment("c", Scope.DOCUMENT, "u", Money.of("EUR", "5"), false)),
                                Array.of(new SpendLimit("c", Scope.DOCUMENT, "u", Money.of("JPY", "7")))))
                .withMessageContaining("EUR 5")
                .withMessageContaining("JPY 7");
    }

    private static PriceBook book(Product... products) {
        return PriceBook.of(MAIN_3, USD, FROM, Array.of(products));
    }

    private static Product product(String sku, String price, Option<String> meter) {
        return new Product(sku, "compute", "month", new PerUnit(Money.of("USD", price)), meter);
    }
}

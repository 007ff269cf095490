package dev.billing.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.control.Option;
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
    void a_book_begins_at_a_millisecond_and_is_equal_by_content() {
        assertThat(PriceBook.of(MAIN_3, USD, FROM.plusNanos(999_999), Array.of(TRAFFIC, SMALL)))
                .isEqualTo(book(SMALL, TRAFFIC))
                .hasSameHashCodeAs(book(SMALL, TRAFFIC));
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

    private static PriceBook book(Product... products) {
        return PriceBook.of(MAIN_3, USD, FROM, Array.of(products));
    }

    private static Product product(String sku, String price, Option<String> meter) {
        return new Product(sku, "compute", "month", new PricingRule.PerUnit(Money.of("USD", price)), meter);
    }
}

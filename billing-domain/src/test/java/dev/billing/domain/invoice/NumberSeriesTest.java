package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.NumberSeries.MissingPart;
import dev.billing.domain.invoice.NumberSeries.OfAccount;
import dev.billing.domain.invoice.NumberSeries.OfAttribute;
import dev.billing.domain.invoice.NumberSeries.Part;
import dev.billing.domain.invoice.NumberSeries.Place;
import dev.billing.domain.invoice.NumberSeries.Year;
import dev.billing.domain.profile.Spaces;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import javax.money.Monetary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberSeriesTest {

    private static final Instant MARCH = Instant.parse("2024-03-10T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Dimension SPACE = new Dimension("space");

    private static NumberSeries series(String prefix, int digits, String suffix, Part... parts) {
        return new NumberSeries("n", Array.of(parts), new NumberFormat(prefix, digits, suffix), Series.Gaps.NONE);
    }

    private static Head head(Map<String, Attribute> attributes) {
        return head("account", HashMap.empty(), attributes);
    }

    private static Head head(String account, Map<Dimension, Ref> places, Map<String, Attribute> attributes) {
        AccountId id = new AccountId(account);
        return new Head(
                new InvoiceId("i"),
                "standard",
                id,
                id,
                Option.none(),
                Option.none(),
                places,
                Option.none(),
                Monetary.getCurrency("USD"),
                MARCH,
                attributes);
    }

    private static String first(NumberSeries rule, Head head, Instant at) {
        return new InvoiceNumber(rule.of(head, at).get(), 1).text();
    }

    @ParameterizedTest
    @CsvSource({"'', 1, '', 7, 7", "INV-, 6, '', 42, INV-000042", "'', 4, /2026, 7, 0007/2026", "A, 2, B, 1234, A1234B"
    })
    void a_number_is_written_with_prefix_digits_and_suffix(
            String prefix, int digits, String suffix, long number, String text) {
        assertThat(new NumberFormat(prefix, digits, suffix).text(number)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "numbering-001, BENT-1, 3, 2, BENT-1-001-001 BENT-1-002-001 BENT-1-003-001 BENT-1-001-002 BENT-1-002-002 BENT-1-003-002"
    })
    void lago_numbers_invoices_per_customer(String id, String prefix, int customers, int each, String expected) {
        NumberSeries rule = series(prefix + "-{customer number:3}-", 3, "", new OfAttribute("customer number"));
        java.util.Map<String, Integer> last = new java.util.HashMap<>();
        Seq<String> numbers = Array.rangeClosed(1, each)
                .flatMap(round -> Array.rangeClosed(1, customers))
                .map(customer -> rule.of(head(HashMap.of("customer number", Attribute.of(customer))), MARCH)
                        .get())
                .map(drawn -> new InvoiceNumber(drawn, last.merge(drawn.scope(), 1, Integer::sum)).text());
        assertThat(numbers.mkString(" ")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void a_number_has_1_to_19_digits(int wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NumberFormat("", wrong))
                .withMessageContaining("1 to 19")
                .withMessageContaining(Integer.toString(wrong));
    }

    @Test
    void without_parts_all_documents_of_a_tenant_count_together() {
        NumberSeries rule = NumberSeries.ofTenant("invoices", new NumberFormat("INV-", 6));
        Series expected = new Series("invoices", new NumberFormat("INV-", 6), Series.Gaps.NONE);
        assertThat(rule.of(head("a", HashMap.empty(), HashMap.empty()), MARCH)).isEqualTo(Either.right(expected));
        assertThat(rule.of(head("b", HashMap.empty(), HashMap.empty()), MARCH)).isEqualTo(Either.right(expected));
        assertThat(rule.allowingGaps().of(head(HashMap.empty()), MARCH).get().gaps())
                .isEqualTo(Series.Gaps.ALLOWED);
    }

    @Test
    void documents_of_one_place_count_together() {
        NumberSeries rule = series("{space}-", 3, "", new Place(SPACE));
        Head berlin = head("a", HashMap.of(SPACE, new Ref("space", "12", "Berlin")), HashMap.empty());
        assertThat(rule.of(berlin, MARCH).get().scope()).isEqualTo("n/12");
        assertThat(first(rule, berlin, MARCH)).isEqualTo("12-001");
    }

    @Test
    void the_orders_of_a_shop_count_as_they_always_did() {
        Head order = head("a", HashMap.of(Spaces.SPACE, new Ref("space", "12", "")), HashMap.empty());
        assertThat(Spaces.ORDERS.of(order, MARCH)).isEqualTo(Either.right(Spaces.ordersOf("12")));
    }

    @Test
    void documents_of_one_account_count_together() {
        NumberSeries rule = series("{account}/", 1, "", new OfAccount());
        assertThat(first(rule, head("acme", HashMap.empty(), HashMap.empty()), MARCH))
                .isEqualTo("acme/1");
    }

    @Test
    void a_year_begins_and_ends_at_midnight_of_its_zone() {
        NumberSeries rule = series("", 4, "/{year}", new Year(BERLIN));
        assertThat(first(rule, head(HashMap.empty()), Instant.parse("2025-12-31T22:59:59Z")))
                .isEqualTo("0001/2025");
        assertThat(first(rule, head(HashMap.empty()), Instant.parse("2025-12-31T23:00:00Z")))
                .isEqualTo("0001/2026");
    }

    @Test
    void attributes_of_all_types_may_tell_series_apart() {
        NumberSeries rule = series("{entity}-", 1, "", new OfAttribute("entity"));
        assertThat(first(rule, head(HashMap.of("entity", Attribute.of("ACME GmbH"))), MARCH))
                .isEqualTo("ACME GmbH-1");
        assertThat(first(rule, head(HashMap.of("entity", Attribute.of(new BigDecimal("7.0")))), MARCH))
                .isEqualTo("7-1");
        assertThat(first(rule, head(HashMap.of("entity", Attribute.of(MARCH))), MARCH))
                .isEqualTo("2024-03-10T12:00:00Z-1");
        assertThat(first(rule, head(HashMap.of("entity", Attribute.of(true))), MARCH))
                .isEqualTo("true-1");
    }

    @Test
    void a_placeholder_may_say_how_long_it_is() {
        NumberSeries rule = series("BENT-1-{customer:3}-", 3, "", new OfAttribute("customer"));
        assertThat(first(rule, head(HashMap.of("customer", Attribute.of(2))), MARCH))
                .isEqualTo("BENT-1-002-001");
        assertThat(first(rule, head(HashMap.of("customer", Attribute.of(1234))), MARCH))
                .isEqualTo("BENT-1-1234-001");
    }

    @Test
    void what_a_document_says_is_never_read_as_a_placeholder() {
        NumberSeries rule = series("{a}{b}-", 1, "", new OfAttribute("a"), new OfAttribute("b"));
        Head tricky = head(HashMap.of("a", Attribute.of("{b}"), "b", Attribute.of("$1\\")));
        assertThat(first(rule, tricky, MARCH)).isEqualTo("{b}$1\\-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb"})
    void a_document_that_lacks_a_part_gets_no_number(String value) {
        NumberSeries rule = series("", 1, "", new OfAttribute("entity"));
        MissingPart expected = new MissingPart(new InvoiceId("i"), "n", "entity");
        assertThat(rule.of(head(HashMap.of("entity", Attribute.of(value))), MARCH))
                .isEqualTo(Either.left(expected));
        assertThat(rule.of(head(HashMap.empty()), MARCH)).isEqualTo(Either.left(expected));
        assertThat(rule.of(head(HashMap.of("entity", Attribute.of("x".repeat(201)))), MARCH))
                .isEqualTo(Either.left(expected));
        assertThat(expected.message()).contains("'entity'").contains("'n'").contains("'i'");
    }

    @Test
    void a_format_that_names_no_part_of_the_scope_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> series("{year}-", 1, ""))
                .withMessageContaining("'year'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> series("", 1, "{moth}", new OfAttribute("month")))
                .withMessageContaining("'moth'")
                .withMessageContaining("month");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> series("", 1, "", new OfAttribute("year"), new Year(BERLIN)))
                .withMessageContaining("different names");
    }

    @Property
    void documents_count_together_if_and_only_if_all_parts_are_the_same(
            @ForAll @StringLength(min = 1, max = 3) @CharRange(from = '%', to = '9') String a,
            @ForAll @StringLength(min = 1, max = 3) @CharRange(from = '%', to = '9') String b,
            @ForAll @StringLength(min = 1, max = 3) @CharRange(from = '%', to = '9') String c,
            @ForAll @StringLength(min = 1, max = 3) @CharRange(from = '%', to = '9') String d) {
        NumberSeries rule = series("", 1, "", new OfAttribute("one"), new OfAttribute("two"));
        boolean together = scope(rule, a, b).equals(scope(rule, c, d));
        assertThat(together).isEqualTo(a.equals(c) && b.equals(d));
    }

    @Property
    void names_of_any_length_make_a_scope(
            @ForAll @StringLength(min = 1, max = 200) @CharRange(from = '!', to = '~') String a) {
        NumberSeries rule = series("", 1, "", new OfAttribute("one"), new OfAttribute("two"));
        assertThat(scope(rule, a, a))
                .hasSizeLessThanOrEqualTo(200)
                .isNotEqualTo(scope(rule, a, "x" + a.substring(1) + "y"));
    }

    private static String scope(NumberSeries rule, String one, String two) {
        return rule.of(
                        head(HashMap.of(
                                "one",
                                Attribute.of(one),
                                "two",
                                Attribute.of(two.substring(0, Math.min(200, two.length()))))),
                        MARCH)
                .get()
                .scope();
    }
}

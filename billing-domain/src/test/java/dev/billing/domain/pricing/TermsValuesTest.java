package dev.billing.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import io.vavr.collection.HashSet;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermsValuesTest {

    private static final Instant JANUARY_15 = Instant.parse("2026-01-15T00:00:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-01-31T00:00:00Z, 1, UTC,              2026-02-28T00:00:00Z
            2026-01-31T00:00:00Z, 2, UTC,              2026-03-31T00:00:00Z
            2026-01-31T23:00:00Z, 1, Europe/Berlin,    2026-02-28T23:00:00Z
            2026-03-15T12:00:00Z, 1, Europe/Berlin,    2026-04-15T11:00:00Z
            """)
    void months_are_those_of_a_zone(Instant from, int months, ZoneId zone, Instant until) {
        assertThat(Validity.ofMonths(from, months, zone)).isEqualTo(Validity.between(from, until));
    }

    @Test
    void a_validity_has_its_start_and_not_its_end() {
        Validity validity = Validity.between(JANUARY_15, JANUARY_15.plusMillis(2));
        assertThat(validity.holdsAt(JANUARY_15.minusMillis(1))).isFalse();
        assertThat(validity.holdsAt(JANUARY_15)).isTrue();
        assertThat(validity.holdsAt(JANUARY_15.plusMillis(1))).isTrue();
        assertThat(validity.holdsAt(JANUARY_15.plusMillis(2))).isFalse();
        assertThat(Validity.from(JANUARY_15).holdsAt(Instant.MAX)).isTrue();
        assertThat(Validity.ALWAYS.holdsAt(Instant.MIN)).isTrue();
    }

    @Test
    void three_months_from_the_fifteenth_count_for_three_months_that_begin_on_the_first() {
        Validity validity = Validity.ofMonths(JANUARY_15, 3, ZoneOffset.UTC);
        assertThat(IntStream.rangeClosed(1, 12)
                        .filter(month -> validity.holdsAt(
                                Instant.parse("2026-" + (month < 10 ? "0" : "") + month + "-01T00:00:00Z")))
                        .boxed())
                .containsExactly(2, 3, 4);
    }

    @Test
    void a_validity_that_makes_no_sense_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Validity.between(JANUARY_15, JANUARY_15))
                .withMessageContaining("2026-01-15");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Validity.ofMonths(JANUARY_15, 0, ZoneOffset.UTC))
                .withMessageContaining("0");
    }

    @Test
    void scopes_cover_what_they_name() {
        assertThat(Scope.skus("s").covers("s", "c")).isTrue();
        assertThat(Scope.skus("s").covers("c", "s")).isFalse();
        assertThat(Scope.categories("c").covers("s", "c")).isTrue();
        assertThat(Scope.categories("c").covers("c", "s")).isFalse();
        assertThat(Scope.DOCUMENT.covers("s", "c")).isTrue();
        assertThat(Scope.DOCUMENT).hasToString("the document");
        assertThatIllegalArgumentException().isThrownBy(() -> Scope.skus()).withMessageContaining("Sku");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scope.Categories(HashSet.of(" ")))
                .withMessageContaining("Category");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100.01"})
    void a_percentage_is_from_0_to_100(String percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Discount.percent("d", percent))
                .withMessageContaining(percent);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "12.5, 0.875", "100, 0"})
    void what_a_percentage_keeps_is_the_rest(String percent, BigDecimal kept) {
        assertThat(new Discount.Percent(new BigDecimal(percent)).kept()).isEqualByComparingTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"true, 25.71", "false, 30.00"})
    void a_minimum_shrinks_with_a_shorter_period_where_it_says_so(boolean prorated, String least) {
        Commitment minimum = new Commitment("c", Scope.DOCUMENT, "category", Money.of("USD", "30"), prorated);
        assertThat(minimum.minimum(Ratio.of(6, 7), Rounding.toMinorUnit(RoundingMode.HALF_UP)))
                .isEqualTo(Money.of("USD", least));
    }

    @Test
    void a_discount_is_off_the_document_for_good_unless_it_says_otherwise() {
        Discount tenth = Discount.percent("d", "10.0");
        assertThat(tenth)
                .isEqualTo(new Discount("d", new Discount.Percent(BigDecimal.TEN), Scope.DOCUMENT, Validity.ALWAYS));
        assertThat(tenth.isOffTheDocument()).isTrue();
        Discount other = tenth.on(Scope.skus("s")).during(Validity.from(JANUARY_15));
        assertThat(other).isEqualTo(new Discount("d", tenth.off(), Scope.skus("s"), Validity.from(JANUARY_15)));
        assertThat(other.isOffTheDocument()).isFalse();
        assertThat(Discount.fixed("d", Money.of("USD", "5")).off())
                .isEqualTo(new Discount.Fixed(Money.of("USD", "5.00")));
    }

    @Test
    void narrow_scopes_come_before_wide_ones() {
        assertThat(Scope.skus("s").breadth()).isLessThan(Scope.categories("c").breadth());
        assertThat(Scope.categories("c").breadth()).isLessThan(Scope.DOCUMENT.breadth());
    }

    @Test
    void amounts_may_be_nothing() {
        Money nothing = Money.of("USD", "0");
        assertThat(Discount.fixed("d", nothing).off()).isEqualTo(new Discount.Fixed(nothing));
        assertThat(new Commitment("c", Scope.DOCUMENT, "category", nothing, false).minimum())
                .isEqualTo(nothing);
        assertThat(new SpendLimit("l", Scope.DOCUMENT, "category", nothing).maximum())
                .isEqualTo(nothing);
    }

    @Test
    void amounts_are_not_negative() {
        Money negative = Money.of("USD", "-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Discount.fixed("d", negative))
                .withMessageContaining("USD -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Commitment("c", Scope.DOCUMENT, "category", negative, false))
                .withMessageContaining("USD -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SpendLimit("l", Scope.DOCUMENT, "category", negative))
                .withMessageContaining("USD -1");
    }
}

package dev.billing.domain.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class DecimalsProperties {

    @Property(tries = 1_000)
    void equal_numbers_share_one_canonical_form(@ForAll BigDecimal value, @ForAll @IntRange(max = 30) int zeros) {
        BigDecimal canonical = Decimals.canonical(value);
        assertThat(Fraction.of(canonical)).isEqualTo(Fraction.of(value));
        assertThat(Decimals.canonical(value.setScale(value.scale() + zeros))).isEqualTo(canonical);
        assertThat(canonical.scale()).isNotNegative();
    }

    @Property(tries = 1_000)
    void parse_reads_what_to_text_writes(@ForAll BigDecimal value) {
        String text = Decimals.toText(value);
        assertThat(Decimals.parse(text)).isEqualTo(Decimals.canonical(value));
        assertThat(text).matches("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?").isNotEqualTo("-0");
    }

    @Property
    void the_nearest_double_is_named_by_no_shorter_decimal(@ForAll double value) {
        BigDecimal shortest = Decimals.ofNearestDouble(new BigDecimal(value));
        assertThat(shortest.doubleValue()).isEqualTo(value + 0.0);
        int digits = shortest.stripTrailingZeros().precision();
        if (digits > 1) {
            MathContext shorter = new MathContext(digits - 1, RoundingMode.HALF_EVEN);
            assertThat(shortest.round(shorter).doubleValue()).isNotEqualTo(value);
        }
    }

    @Property
    void fifteen_digits_survive_being_a_double(
            @ForAll @LongRange(min = -999_999_999_999_999L, max = 999_999_999_999_999L) long digits,
            @ForAll @IntRange(min = 0, max = 40) int scale) {
        BigDecimal value = BigDecimal.valueOf(digits, scale);
        assertThat(Decimals.ofNearestDouble(value)).isEqualByComparingTo(value);
    }
}

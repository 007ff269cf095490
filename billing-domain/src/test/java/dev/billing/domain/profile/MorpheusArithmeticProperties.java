package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Fraction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class MorpheusArithmeticProperties {

    @Property(tries = 1_000)
    void a_quotient_that_ends_is_exact_and_any_other_is_rounded_as_its_operands_say(
            @ForAll("decimals") BigDecimal dividend, @ForAll("divisors") BigDecimal divisor) {
        Fraction exact = Fraction.of(dividend).dividedBy(Fraction.of(divisor));
        Fraction given = Fraction.of(MorpheusArithmetic.ratio(dividend, divisor));
        if (ends(exact.denominator())) {
            assertThat(given).isEqualTo(exact);
            return;
        }
        int significant = Math.max(dividend.precision(), divisor.precision()) + 10;
        int decimals = Math.max(10, Math.max(dividend.scale(), divisor.scale()));
        BigDecimal first = exact.rounded(significant - magnitude(exact), RoundingMode.HALF_UP);
        assertThat(given)
                .isEqualTo(Fraction.of(
                        first.scale() > decimals ? Fraction.of(first).rounded(decimals, RoundingMode.HALF_UP) : first));
    }

    @Property(tries = 1_000)
    void a_product_is_the_shortest_decimal_that_names_the_product_of_doubles(
            @ForAll("decimals") BigDecimal amount, @ForAll("decimals") BigDecimal ratio) {
        double product = amount.doubleValue() * ratio.doubleValue();
        Assume.that(Math.abs(product) < 1e15);
        BigDecimal given = MorpheusArithmetic.apply(amount, ratio).stripTrailingZeros();
        assertThat(given.doubleValue()).isEqualTo(product);
        if (given.signum() != 0 && given.precision() > 1) {
            BigDecimal shorter =
                    new BigDecimal(product).round(new MathContext(given.precision() - 1, RoundingMode.HALF_EVEN));
            assertThat(shorter.doubleValue()).isNotEqualTo(product);
        }
    }

    @Property(tries = 500)
    void an_exact_product_loses_no_digit(@ForAll("decimals") BigDecimal amount, @ForAll("decimals") BigDecimal factor) {
        assertThat(Fraction.of(MorpheusArithmetic.applyExact(amount, factor)))
                .isEqualTo(Fraction.of(amount).times(Fraction.of(factor)));
    }

    @Property(tries = 500)
    void the_whole_time_changes_no_amount_that_a_double_can_name(@ForAll("decimals") BigDecimal amount) {
        assertThat(MorpheusArithmetic.apply(amount, MorpheusArithmetic.ratio(2_678_399_000L, 2_678_399_000L)))
                .isEqualByComparingTo(amount);
    }

    @Provide
    Arbitrary<BigDecimal> decimals() {
        Arbitrary<Integer> scales = Arbitraries.integers().between(0, 12);
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.longs().between(-999_999_999_999_999L, 999_999_999_999_999L)),
                        Tuple.of(1, Arbitraries.longs().between(-1_000, 1_000)),
                        Tuple.of(1, Arbitraries.longs().between(0, 2_682_000_000L)))
                .flatMap(unscaled -> scales.map(scale -> BigDecimal.valueOf(unscaled, scale)))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<BigDecimal> divisors() {
        return Combinators.combine(decimals(), Arbitraries.of(720, 732, 3, 7, 4_096))
                .as((any, hours) -> any.signum() == 0 ? BigDecimal.valueOf(hours) : any);
    }

    private static boolean ends(BigInteger denominator) {
        BigInteger rest = denominator.shiftRight(denominator.getLowestSetBit());
        while (rest.mod(BigInteger.valueOf(5)).signum() == 0) {
            rest = rest.divide(BigInteger.valueOf(5));
        }
        return rest.equals(BigInteger.ONE);
    }

    /** The number of digits before the point, or minus the number of zeros right after it. */
    private static int magnitude(Fraction value) {
        int digits = 0;
        Fraction rest = value.abs();
        Fraction ten = Fraction.of(10, 1);
        Fraction tenth = Fraction.of(1, 10);
        while (rest.compareTo(Fraction.ONE) >= 0) {
            rest = rest.times(tenth);
            digits++;
        }
        while (rest.compareTo(tenth) < 0) {
            rest = rest.times(ten);
            digits--;
        }
        return digits;
    }
}

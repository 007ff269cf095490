package dev.billing.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import io.vavr.collection.Set;
import io.vavr.collection.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class RatioProperties {

    @Property(tries = 1_000)
    void a_sum_is_exact_or_refused(@ForAll Ratio one, @ForAll Ratio other) {
        Fraction sum = Fraction.of(one).plus(Fraction.of(other));
        if (sum.numerator().bitLength() < Long.SIZE && sum.denominator().bitLength() < Long.SIZE) {
            assertThat(Fraction.of(one.plus(other))).isEqualTo(sum);
        } else {
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> one.plus(other));
        }
    }

    @Property(tries = 1_000)
    void a_sum_of_one_denominator_keeps_it(
            @ForAll @LongRange(max = 1_000) long one,
            @ForAll @LongRange(max = 1_000) long other,
            @ForAll @LongRange(min = 1, max = 1_000) long of) {
        assertThat(Ratio.of(one, of).plus(Ratio.of(other, of))).hasToString((one + other) + "/" + of);
    }

    @Property(tries = 1_000)
    void ratios_are_ordered_and_equal_by_value(@ForAll Ratio one, @ForAll Ratio other) {
        int order = Fraction.of(one).compareTo(Fraction.of(other));
        assertThat(one.compareTo(other)).isEqualTo(order);
        assertThat(one.equals(other)).isEqualTo(order == 0);
        assertThat(one.isZero()).isEqualTo(Fraction.of(one).equals(Fraction.ZERO));
        assertThat(one.isOne()).isEqualTo(Fraction.of(one).equals(Fraction.ONE));
    }

    @Property(tries = 1_000)
    void a_ratio_in_other_terms_is_equal_and_hashes_alike(
            @ForAll @LongRange(max = 1_000_000) long numerator,
            @ForAll @LongRange(min = 1, max = 1_000_000) long denominator,
            @ForAll @LongRange(min = 1, max = 1_000_000) long by) {
        Ratio ratio = Ratio.of(numerator, denominator);
        assertThat(Ratio.of(numerator * by, denominator * by)).isEqualTo(ratio).hasSameHashCodeAs(ratio);
    }

    @Example
    void small_ratios_hash_apart() {
        Set<Ratio> ratios = Stream.range(1L, 31L)
                .flatMap(numerator -> Stream.range(1L, 31L).map(denominator -> Ratio.of(numerator, denominator)))
                .toSet();
        assertThat(ratios.toStream().map(Ratio::hashCode).distinct()).hasSameSizeAs(ratios);
    }

    @Property(tries = 1_000)
    void parse_reads_what_to_string_writes(@ForAll Ratio ratio) {
        assertThat(Ratio.parse(ratio.toString())).isEqualTo(ratio).hasToString(ratio.toString());
    }

    @Property(tries = 500)
    void a_negative_part_or_nothing_to_share_is_refused(
            @ForAll @LongRange(min = Long.MIN_VALUE, max = -1) long negative, @ForAll @LongRange(max = 100) long fine) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ratio.of(negative, fine + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Ratio.of(fine, negative));
        assertThatIllegalArgumentException().isThrownBy(() -> Ratio.of(fine, 0));
    }

    @Example
    void a_sum_that_fits_in_lowest_terms_is_given() {
        Ratio big = Ratio.of(Long.MAX_VALUE - 1, 2);
        assertThat(big.plus(big)).isEqualTo(Ratio.of(Long.MAX_VALUE - 1, 1));
    }

    @Example
    void other_spellings_are_refused() {
        for (String text :
                new String[] {"", "5", "/", "5/", "/28", "5/0", "-1/2", "1/2/3", "a/b", "1.5/2", "9223372036854775808/1"
                }) {
            assertThatIllegalArgumentException().isThrownBy(() -> Ratio.parse(text));
        }
    }
}

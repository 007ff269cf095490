package dev.billing.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class AllocationProperties {

    @Property(tries = 1_000)
    void parts_sum_to_the_whole(
            @ForAll Money whole, @ForAll("weights") List<BigDecimal> weights, @ForAll @IntRange(max = 6) int digits) {
        Seq<Money> parts = Allocation.split(whole, Array.ofAll(weights), digits);
        assertThat(parts).hasSameSizeAs(weights);
        assertThat(parts.fold(Money.zero(whole.currency()), Money::plus)).isEqualTo(whole);
    }

    @Property(tries = 1_000)
    void each_part_is_less_than_one_unit_from_its_exact_share(
            @ForAll Money whole, @ForAll("weights") List<BigDecimal> weights, @ForAll @IntRange(max = 6) int digits) {
        Fraction unit = Fraction.of(BigDecimal.ONE.movePointLeft(digits));
        Seq<Money> parts = Allocation.split(whole, Array.ofAll(weights), digits);
        for (int i = 0; i < weights.size(); i++) {
            Fraction distance =
                    Fraction.of(parts.get(i)).minus(share(whole, weights, i)).abs();
            assertThat(distance).as("part %s of %s", i, parts).isLessThan(unit);
        }
    }

    @Property(tries = 1_000)
    void the_unit_goes_to_who_lacks_most_and_to_the_first_of_equals(
            @ForAll Money whole, @ForAll("weights") List<BigDecimal> weights, @ForAll @IntRange(max = 6) int digits) {
        assertThat(Allocation.split(whole, Array.ofAll(weights), digits).map(Fraction::of))
                .containsExactlyElementsOf(unitByUnit(whole, weights, digits));
    }

    @Property(tries = 500)
    void a_negative_whole_is_split_like_a_positive_one(
            @ForAll Money whole, @ForAll("weights") List<BigDecimal> weights) {
        Seq<BigDecimal> by = Array.ofAll(weights);
        assertThat(Allocation.split(whole.negated(), by))
                .containsExactlyElementsOf(Allocation.split(whole, by).map(Money::negated));
    }

    @Property(tries = 500)
    void only_the_relation_of_the_weights_matters(
            @ForAll Money whole,
            @ForAll("weights") List<BigDecimal> weights,
            @ForAll @IntRange(min = 1, max = 1_000) int factor) {
        Seq<BigDecimal> by = Array.ofAll(weights);
        Seq<BigDecimal> scaled =
                by.map(weight -> weight.multiply(BigDecimal.valueOf(factor)).movePointLeft(3));
        assertThat(Allocation.split(whole, scaled)).containsExactlyElementsOf(Allocation.split(whole, by));
    }

    @Property(tries = 300)
    void by_default_units_are_the_minor_units_of_the_currency(
            @ForAll Money whole, @ForAll("weights") List<BigDecimal> weights) {
        Seq<BigDecimal> by = Array.ofAll(weights);
        assertThat(Allocation.split(whole, by))
                .containsExactlyElementsOf(
                        Allocation.split(whole, by, whole.currency().getDefaultFractionDigits()));
    }

    @Property(tries = 300)
    void weights_that_say_nothing_are_refused(@ForAll Money whole, @ForAll @IntRange(max = 3) int zeros) {
        Seq<BigDecimal> none = Array.fill(zeros, BigDecimal.ZERO);
        assertThatIllegalArgumentException().isThrownBy(() -> Allocation.split(whole, none));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Allocation.split(whole, none.append(BigDecimal.TEN).append(new BigDecimal("-1"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.split(whole, none.append(new BigDecimal("1E-100000000"))));
    }

    @Provide
    Arbitrary<List<BigDecimal>> weights() {
        Arbitrary<BigDecimal> weight = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(1, 5).map(BigDecimal::valueOf)),
                Tuple.of(1, Arbitraries.just(BigDecimal.ZERO)),
                Tuple.of(
                        2,
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.ZERO, BigDecimal.TEN)
                                .ofScale(5)),
                Tuple.of(1, Arbitraries.of("1E+3", "0.333", "99999999999").map(BigDecimal::new)));
        return weight.list()
                .ofMinSize(1)
                .ofMaxSize(9)
                .filter(list -> list.stream().anyMatch(w -> w.signum() > 0))
                .withoutEdgeCases();
    }

    private static Fraction share(Money whole, List<BigDecimal> weights, int i) {
        Fraction total = DomainArbitraries.sum(Array.ofAll(weights).map(Fraction::of));
        return Fraction.of(whole).times(Fraction.of(weights.get(i))).dividedBy(total);
    }

    /** Starts from what each part surely gets, then hands out unit after unit, always to the one that lacks most. */
    private static List<Fraction> unitByUnit(Money whole, List<BigDecimal> weights, int digits) {
        boolean negative = whole.isNegative();
        Money positive = negative ? whole.negated() : whole;
        Fraction unit = Fraction.of(BigDecimal.ONE.movePointLeft(digits));
        List<Fraction> parts = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            parts.add(Fraction.of(share(positive, weights, i).rounded(digits, RoundingMode.DOWN)));
        }
        Fraction left = Fraction.of(positive).minus(DomainArbitraries.sum(parts));
        while (left.compareTo(Fraction.ZERO) > 0) {
            int neediest = 0;
            for (int i = 1; i < parts.size(); i++) {
                Fraction lacks = share(positive, weights, i).minus(parts.get(i));
                if (lacks.compareTo(share(positive, weights, neediest).minus(parts.get(neediest))) > 0) {
                    neediest = i;
                }
            }
            Fraction extra = left.compareTo(unit) < 0 ? left : unit;
            parts.set(neediest, parts.get(neediest).plus(extra));
            left = left.minus(extra);
        }
        return negative ? parts.stream().map(Fraction::negated).toList() : parts;
    }
}

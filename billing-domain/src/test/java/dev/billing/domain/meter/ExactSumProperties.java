package dev.billing.domain.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ExactSumProperties {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_sum_is_that_of_decimals_to_the_last_digit(
            @ForAll("numbers") List<BigDecimal> numbers,
            @ForAll("factors") long times,
            @ForAll @IntRange(max = 40) int cut) {
        ExactSum sum = new ExactSum();
        ExactSum later = new ExactSum();
        BigDecimal expected = BigDecimal.ZERO;
        for (int i = 0; i < numbers.size(); i++) {
            BigDecimal number = numbers.get(i);
            if (i % 3 == 0) {
                (i < cut ? sum : later).add(number);
                expected = expected.add(number);
            } else {
                (i < cut ? sum : later).addTimes(number, times);
                expected = expected.add(number.multiply(BigDecimal.valueOf(times)));
            }
        }
        sum.add(later);
        assertThat(sum.value()).isEqualByComparingTo(expected);
    }

    @Provide
    Arbitrary<List<BigDecimal>> numbers() {
        return AggregationProperties.quantities().list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<Long> factors() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 2_678_400_000L), Arbitraries.longs(), Arbitraries.of(0L, 1L, -1L));
    }
}

package dev.billing.domain.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Splits as OpenMeter makes them; its credits have four digits. */
class AllocationVectorsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            allocation-001, 6.00,   10 5,        2, 4.00 2.00
            allocation-004, 0.0005, 1 1,         4, 0.0003 0.0002
            allocation-007, 1.00,   0.001 0.002, 2, 0.33 0.67
            """)
    void largest_remainder_and_the_first_of_equals(String id, String amount, String weights, int digits, String parts) {
        Seq<BigDecimal> by = list(weights).map(BigDecimal::new);
        assertThat(Allocation.split(Money.of("USD", amount), by, digits))
                .as(id)
                .containsExactlyElementsOf(list(parts).map(part -> Money.of("USD", part)));
    }

    private static Seq<String> list(String blanks) {
        return Array.of(blanks.split(" ", -1));
    }
}

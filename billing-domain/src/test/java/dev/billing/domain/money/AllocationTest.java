package dev.billing.domain.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            USD 100,   1 1 1,         33.34 33.33 33.33
            USD -100,  1 1 1,         -33.34 -33.33 -33.33
            USD 0.05,  1 1,           0.03 0.02
            USD 0.01,  1 1 1,         0.01 0 0
            JPY 100,   1 1 1,         34 33 33
            KWD 1,     1 1 1,         0.334 0.333 0.333
            USD 10,    1 0 1,         5.00 0.00 5.00
            USD 10,    0.5 0.25 0.25, 5.00 2.50 2.50
            USD 0.10,  3 7,           0.03 0.07
            USD 0.005, 1 1,           0.005 0
            USD 0.015, 1 1,           0.01 0.005
            USD 0,     1 2,           0 0
            """)
    void splits(String whole, String weights, String parts) {
        Money money = Money.parse(whole);
        assertThat(Allocation.split(money, decimals(weights)))
                .containsExactlyElementsOf(decimals(parts).map(part -> Money.of(money.currency(), part)));
    }

    private static Seq<BigDecimal> decimals(String text) {
        return Array.of(text.trim().split(" ", -1)).map(BigDecimal::new);
    }
}

package dev.billing.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundingTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            USD, 1.005,   HALF_UP,   1.01
            USD, -1.005,  HALF_UP,   -1.01
            USD, 1.005,   HALF_EVEN, 1.00
            USD, 1.015,   HALF_EVEN, 1.02
            USD, 1.005,   HALF_DOWN, 1.00
            USD, 1.001,   UP,        1.01
            USD, 1.009,   DOWN,      1.00
            USD, -1.001,  CEILING,   -1.00
            USD, -1.001,  FLOOR,     -1.01
            JPY, 0.5,     HALF_UP,   1
            JPY, 0.5,     HALF_EVEN, 0
            KWD, 0.0005,  HALF_UP,   0.001
            CLF, 0.00005, HALF_UP,   0.0001
            """)
    void to_the_minor_unit(String currency, String amount, RoundingMode mode, String rounded) {
        assertThat(Money.of(currency, amount).rounded(Rounding.toMinorUnit(mode)))
                .hasToString(currency + " " + rounded);
    }

    @Test
    void to_decimals_is_the_same_in_every_currency() {
        Rounding rounding = Rounding.toDecimals(4, RoundingMode.HALF_UP);
        assertThat(rounding.digits(Monetary.getCurrency("JPY"))).isEqualTo(4);
        assertThat(Money.of("XAU", "0.00005").rounded(rounding)).isEqualTo(Money.of("XAU", "0.0001"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101, Integer.MAX_VALUE})
    void decimals_have_limits(int digits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rounding.toDecimals(digits, RoundingMode.DOWN))
                .withMessageContaining(String.valueOf(digits));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void the_limits_of_decimals_are_decimals(int digits) {
        assertThat(Rounding.toDecimals(digits, RoundingMode.DOWN).digits(Monetary.getCurrency("USD")))
                .isEqualTo(digits);
    }

    @ParameterizedTest
    @CsvSource({"0.05, 2", "0.50, 1", "5, 0", "1E2, 0", "1E-100, 100"})
    void a_step_keeps_its_own_decimals(BigDecimal step, int digits) {
        assertThat(Rounding.toMultipleOf(step, RoundingMode.HALF_UP).digits(Monetary.getCurrency("CHF")))
                .isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.05", "1E-101"})
    void a_step_has_limits(String step) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rounding.toMultipleOf(new BigDecimal(step), RoundingMode.HALF_UP))
                .withMessageContaining("above 0");
    }

    @Test
    void roundings_are_equal_by_what_they_do() {
        assertThat(Rounding.toMinorUnit(RoundingMode.HALF_UP))
                .isEqualTo(Rounding.toMinorUnit(RoundingMode.HALF_UP))
                .isNotEqualTo(Rounding.toMinorUnit(RoundingMode.HALF_EVEN))
                .isNotEqualTo(Rounding.toDecimals(2, RoundingMode.HALF_UP))
                .hasToString("HALF_UP to the minor unit");
        assertThat(Rounding.toDecimals(20, RoundingMode.DOWN)).hasToString("DOWN to 20 decimals");
        assertThat(Rounding.toMultipleOf(new BigDecimal("0.050"), RoundingMode.HALF_UP))
                .isEqualTo(Rounding.toMultipleOf(new BigDecimal("0.05"), RoundingMode.HALF_UP))
                .hasToString("HALF_UP to multiples of 0.05");
    }
}

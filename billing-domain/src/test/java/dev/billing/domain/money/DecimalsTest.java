package dev.billing.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.00, 0",
        "25.00, 25",
        "-1.50, -1.5",
        "1E+3, 1000",
        "1.5E-7, 0.00000015",
        "0.0014002692168963457, 0.0014002692168963457",
        "+7, 7",
        ".5, 0.5"
    })
    void decimals_are_read_exactly_and_written_plainly(String text, String plain) {
        assertThat(Decimals.parse(text)).isEqualByComparingTo(new BigDecimal(text));
        assertThat(Decimals.toText(Decimals.parse(text))).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E100000000",
                "1E-100000000",
                "1E2147483647",
                "1E2147483648",
                "1E-2147483648",
                "-9E99999999999999999999",
                "1E101",
                "1E-101",
                "0E100000000"
            })
    void an_exponent_beyond_the_limit_is_refused_before_any_arithmetic(String text) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatIllegalArgumentException().isThrownBy(() -> Decimals.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(ints = {129, 200, 1_000_000})
    void more_characters_than_the_limit_are_refused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decimals.parse("7".repeat(length)))
                .withMessageContaining("128")
                .withMessageContaining(String.valueOf(length));
    }

    @Test
    void what_is_within_the_limits_is_read() {
        assertThat(Decimals.parse("7".repeat(128))).isEqualTo(new BigDecimal("7".repeat(128)));
        assertThat(Decimals.parse("-7E100")).isEqualTo(new BigDecimal("-7E100"));
        assertThat(Decimals.parse("1E100")).isEqualByComparingTo(BigDecimal.TEN.pow(100));
        assertThat(Decimals.parse("1E-100")).isEqualByComparingTo(BigDecimal.ONE.movePointLeft(100));
    }

    @Test
    void what_could_not_be_read_again_in_plain_digits_is_refused() {
        String longest = "-" + "7".repeat(100) + "E27";
        assertThat(Decimals.toText(Decimals.parse(longest))).hasSize(128);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decimals.parse("-" + "7".repeat(100) + "E28"))
                .withMessageContaining("plain digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1 ", "1,5", "1_000", "0x10", "NaN", "Infinity", "1e", "--1", "1.2.3", "twelve"})
    void what_is_not_a_decimal_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decimals.parse(text))
                .withMessageContaining("Not a decimal");
    }

    @Test
    void numbers_of_absurd_scale_are_refused_before_they_are_written_out() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThatIllegalArgumentException().isThrownBy(() -> Decimals.canonical(new BigDecimal("1E100000000")));
            assertThatIllegalArgumentException().isThrownBy(() -> Decimals.toText(new BigDecimal("1E-100000000")));
        });
    }
}

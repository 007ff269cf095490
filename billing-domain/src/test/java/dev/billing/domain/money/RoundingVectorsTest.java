package dev.billing.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.money.Monetary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts as other systems round them: half up, away from zero, to the digits of the currency. */
class RoundingVectorsTest {

    private static final Rounding STANDARD = Rounding.toMinorUnit(RoundingMode.HALF_UP);

    @ParameterizedTest
    @CsvSource(textBlock = """
            currency_rounding-001 Flexprice,    USD, 10.275,     2, 10.28
            currency_rounding-004 Flexprice,    VND, 1000.5,     0, 1001
            currency_rounding-007 Flexprice,    USD, 0.004,      2, 0.00
            currency_rounding-010 Flexprice,    USD, 0.015,      2, 0.02
            currency_rounding-013 Flexprice,    JPY, 0.5,        0, 1
            currency_rounding-016 OpenMeter,    USD, 1.23556789, 2, 1.24
            currency_rounding-022 Stripe,       USD, 0.024,      2, 0.02
            """)
    void to_the_digits_of_the_currency(String id, String currency, String amount, int digits, String rounded) {
        assertThat(STANDARD.digits(Monetary.getCurrency(currency))).as(id).isEqualTo(digits);
        assertThat(Money.of(currency, amount).rounded(STANDARD)).as(id).hasToString(currency + " " + rounded);
    }

    /** OpenMeter: credits have four digits; a unit of a wallet, which is no currency. */
    @ParameterizedTest
    @CsvSource("currency_rounding-019, 1.23456789, 1.2346")
    void to_the_digits_of_a_unit(String id, String amount, String rounded) {
        assertThat(Money.of("USD", amount).rounded(Rounding.toDecimals(4, RoundingMode.HALF_UP)))
                .as(id)
                .isEqualTo(Money.of("USD", rounded));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            killbill-rounding-001, 10.000000000,         10.00
            killbill-rounding-016, 1.00,                 1.00
            killbill-rounding-031, 30.000000000,         30.00
            killbill-rounding-046, 9.60,                 9.60
            killbill-rounding-061, 100.00000000000,      100.00
            killbill-rounding-076, 2.258064515000000000, 2.26
            killbill-rounding-091, 4.500000000000000000, 4.50
            killbill-rounding-106, 0.548387097,          0.55
            killbill-rounding-121, 7.00,                 7.00
            killbill-rounding-136, 90.0,                 90.00
            killbill-rounding-151, 5.99,                 5.99
            killbill-rounding-166, 1.64383560000,        1.64
            killbill-rounding-181, 6.00000000000,        6.00
            killbill-rounding-196, 9.03,                 9.03
            killbill-rounding-211, 225,                  225.00
            """)
    void as_kill_bill_rounds_items(String id, String amount, String rounded) {
        assertThat(Money.of("USD", amount).rounded(STANDARD)).as(id).hasToString("USD " + rounded);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            CHF, 1.02,   0.05, HALF_UP,   1.00
            CHF, 1.025,  0.05, HALF_UP,   1.05
            CHF, 1.03,   0.05, HALF_UP,   1.05
            CHF, 1.025,  0.05, HALF_EVEN, 1.00
            CHF, 1.075,  0.05, HALF_EVEN, 1.10
            CHF, 1.01,   0.05, UP,        1.05
            CHF, 1.049,  0.05, DOWN,      1.00
            CHF, -1.025, 0.05, HALF_UP,   -1.05
            CHF, -1.01,  0.05, CEILING,   -1.00
            CHF, -1.01,  0.05, FLOOR,     -1.05
            SEK, 10.49,  1,    HALF_UP,   10
            SEK, 10.50,  1.00, HALF_UP,   11
            HUF, 1002.5, 5,    HALF_UP,   1005
            JPY, 25,     10,   HALF_UP,   30
            DKK, 0.2499, 0.5,  HALF_UP,   0.0
            """)
    void to_coins(String currency, String amount, BigDecimal step, RoundingMode mode, String rounded) {
        Rounding coins = Rounding.toMultipleOf(step, mode);
        assertThat(Money.of(currency, amount).rounded(coins)).hasToString(currency + " " + rounded);
        assertThat(Money.of(currency, amount).times(Ratio.ONE, coins)).hasToString(currency + " " + rounded);
        assertThat(Money.of(currency, amount).times(7).dividedBy(BigDecimal.valueOf(7), coins))
                .hasToString(currency + " " + rounded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.05", "1E-101"})
    void a_step_has_limits(String step) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rounding.toMultipleOf(new BigDecimal(step), RoundingMode.HALF_UP))
                .withMessageContaining("step");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XAU", "XXX"})
    void what_has_no_minor_unit_is_no_billing_currency(String currency) {
        Money amount = Money.of(currency, "1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> amount.rounded(STANDARD))
                .withMessageContaining(currency);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> amount.rounded(Rounding.toMultipleOf(new BigDecimal("0.05"), RoundingMode.HALF_UP)))
                .withMessageContaining(currency);
    }
}

package dev.billing.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import javax.money.UnknownCurrencyException;
import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    private static final Rounding HALF_UP = Rounding.toMinorUnit(RoundingMode.HALF_UP);

    @Test
    void equality_is_a_contract() {
        EqualsVerifier.forClass(Money.class)
                .withPrefabValues(CurrencyUnit.class, Monetary.getCurrency("USD"), Monetary.getCurrency("JPY"))
                .suppress(Warning.NULL_FIELDS)
                .verify();
    }

    @ParameterizedTest
    @CsvSource({
        "JPY, 1200, 1200",
        "USD, 1200, 12.00",
        "KWD, 1200, 1.200",
        "CLF, 1200, 0.1200",
        "USD, -5, -0.05",
        "USD, 0, 0.00"
    })
    void minor_units_have_the_digits_of_the_currency(String currency, long minorUnits, String amount) {
        Money money = Money.ofMinor(Monetary.getCurrency(currency), minorUnits);
        assertThat(money).hasToString(currency + " " + amount);
        assertThat(Money.of(currency, amount).minorUnits()).isEqualTo(minorUnits);
    }

    @ParameterizedTest
    @CsvSource({"USD, 0.005", "JPY, 0.5", "KWD, 0.0001", "USD, 92233720368547758.08", "USD, -92233720368547758.09"})
    void what_is_not_a_whole_number_of_minor_units_or_does_not_fit_has_none(String currency, String amount) {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Money.of(currency, amount).minorUnits());
    }

    @ParameterizedTest
    @ValueSource(strings = {"XAU", "XXX"})
    void a_currency_without_minor_unit_has_no_minor_units(String code) {
        CurrencyUnit currency = Monetary.getCurrency(code);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.ofMinor(currency, 1))
                .withMessageContaining("minor unit")
                .withMessageContaining(code);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.zero(currency).minorUnits());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.zero(currency).rounded(HALF_UP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0014002692168963457",
                "1234567890.123456789012345678901234",
                "1234567890123456789012345678901234",
                "0.1234567890123456789012345678901234",
                "-0.00000000000000000000000000000000000000000000000000000000000001",
                "100.00",
                "1E+30"
            })
    void the_bridge_to_monetary_amounts_keeps(String amount) {
        Money money = Money.of("USD", amount);
        assertThat(Money.from(money.toMonetaryAmount())).isEqualTo(money);
    }

    @Test
    void what_the_other_type_cannot_hold_is_refused_and_not_rounded() {
        Money tooFine = Money.of("USD", "1E-99");
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(tooFine::toMonetaryAmount);
    }

    @Test
    void a_share_is_multiplied_first_and_divided_once() {
        Money price = Money.of("USD", "60");
        assertThat(price.times(Ratio.of(5, 28), HALF_UP)).isEqualTo(Money.of("USD", "10.71"));
        assertThat(Money.of("USD", "100").times(Ratio.of(3, 3), HALF_UP)).isEqualTo(Money.of("USD", "100"));
        assertThat(Money.of("USD", "0.13").times(Ratio.of(14, 28), HALF_UP)).isEqualTo(Money.of("USD", "0.07"));
    }

    @Test
    void a_rounding_that_allows_no_loss_refuses_one() {
        Rounding exactly = Rounding.toMinorUnit(RoundingMode.UNNECESSARY);
        assertThat(Money.of("USD", "1.100").rounded(exactly)).isEqualTo(Money.of("USD", "1.1"));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Money.of("USD", "1.001").rounded(exactly));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Money.of("USD", "1").dividedBy(new BigDecimal("3"), exactly));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Money.of("USD", "1").dividedBy(BigDecimal.ZERO, HALF_UP));
    }

    @ParameterizedTest
    @CsvSource({"USD 1.10, 1.10", "USD -0.005, -0.005", "JPY 1200, 1200", "USD 1E+3, 1E+3"})
    void money_is_written_as_code_and_amount(String text, String amount) {
        assertThat(Money.parse(text)).isEqualTo(Money.of(text.substring(0, 3), amount));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "USD",
                "USD ",
                "USD1.10",
                "1.10 USD",
                "USD 1,10",
                "USD 1.10 ",
                "USD  1.10",
                "USD NaN",
                "$ 1.10"
            })
    void other_spellings_are_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.parse(text));
    }

    @Test
    void an_unknown_currency_is_refused() {
        assertThatExceptionOfType(UnknownCurrencyException.class).isThrownBy(() -> Money.parse("ZZZ 1"));
    }

    @Test
    void a_scale_that_no_sensible_arithmetic_gives_is_refused() {
        assertThat(Money.of(Monetary.getCurrency("USD"), new BigDecimal("1E-1000")))
                .isNotNull();
        assertThat(Money.of(Monetary.getCurrency("USD"), new BigDecimal("1E+1000")))
                .isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of(Monetary.getCurrency("USD"), new BigDecimal("1E-1001")))
                .withMessageContaining("1001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of(Monetary.getCurrency("USD"), new BigDecimal("1E+1001")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of("USD", "1").times(new BigDecimal("1E+100000000")));
    }
}

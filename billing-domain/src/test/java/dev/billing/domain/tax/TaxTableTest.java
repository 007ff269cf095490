package dev.billing.domain.tax;

import static dev.billing.domain.tax.TaxRounding.Policy.PER_DOCUMENT;
import static dev.billing.domain.tax.TaxRounding.Policy.PER_LINE;
import static dev.billing.domain.tax.TaxRounding.Policy.PER_RATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxTableTest {

    private static final TaxRate STATE = TaxRate.exclusive("state", "US", "6");
    private static final TaxRate CITY = TaxRate.exclusive("city", "US", "4");

    @ParameterizedTest
    @CsvSource(textBlock = """
            PER_RATE,     0.70, 0.42, 0.28
            PER_LINE,     0.68, 0.41, 0.27
            PER_DOCUMENT, 0.69, 0.41, 0.28
            """)
    void one_basket_has_three_taxes(TaxRounding.Policy policy, String tax, String state, String city) {
        Taxes taxes = taxes(TaxTable.of(TaxRounding.of(policy), STATE, CITY), "1.05", "1.05", "4.84");
        assertThat(taxes.total()).isEqualTo(usd(tax));
        assertThat(taxes.rates().map(RateTax::amount)).containsExactly(usd(state), usd(city));
        assertThat(taxes.rates().map(RateTax::taxable)).containsExactly(usd("6.94"), usd("6.94"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PER_RATE,     0.80 0.80 0.80, 0.16 0.16 0.16
            PER_LINE,     0.80 0.80 0.80, 0.16 0.16 0.16
            PER_RATE,     0.03 0.03 0.03, 0.01 0.01 0.00
            PER_LINE,     0.03 0.03 0.03, 0.01 0.01 0.01
            PER_DOCUMENT, 0.03 0.03 0.03, 0.01 0.01 0.00
            PER_RATE,     9.99 -9.99,     2.00 -2.00
            PER_RATE,     0.02 -9.99,     0.01 -2.00
            PER_DOCUMENT, 0.125 -0.125,   0.03 -0.03
            PER_DOCUMENT, -0.125 0.125,   -0.03 0.03
            PER_RATE,     -0.03 -0.03 -0.03, -0.01 -0.01 0.00
            """)
    void lines_show_their_part(TaxRounding.Policy policy, String prices, String shown) {
        Taxes taxes =
                taxes(TaxTable.of(TaxRounding.of(policy), TaxRate.exclusive("VAT", "FR", "20")), prices.split(" ", -1));
        assertThat(taxes.lines().map(TaxedLine::tax))
                .containsExactlyElementsOf(Array.of(shown.split(" ", -1)).map(TaxTableTest::usd));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PER_RATE,     119.00, 100.00 19.00
            PER_LINE,     100.00, 84.03 15.97
            PER_DOCUMENT, 0.01,   0.01 0.00
            PER_LINE,     -50.00, -42.02 -7.98
            """)
    void a_price_that_includes_its_tax_never_moves(TaxRounding.Policy policy, String price, String netAndTax) {
        Taxes taxes = taxes(TaxTable.of(TaxRounding.of(policy), TaxRate.inclusive("VAT", "DE", "19")), price);
        TaxedLine line = taxes.lines().head();
        assertThat(Array.of(line.net(), line.tax()))
                .containsExactlyElementsOf(Array.of(netAndTax.split(" ", -1)).map(TaxTableTest::usd));
        assertThat(line.price()).isEqualTo(usd(price));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            110.00, 100.00 7.00 3.00
            1.00,   0.91   0.06 0.03
            0.10,   0.09   0.01 0.00
            """)
    void several_included_taxes_share_what_the_net_amount_leaves(String price, String netAndTaxes) {
        TaxTable table = TaxTable.of(
                TaxRounding.STANDARD, TaxRate.inclusive("state", "US", "7"), TaxRate.inclusive("city", "US", "3"));
        TaxedLine line = taxes(table, price).lines().head();
        assertThat(line.taxes().map(LineTax::amount).prepend(line.net()))
                .containsExactlyElementsOf(Array.of(netAndTaxes.split(" +", -1)).map(TaxTableTest::usd));
    }

    @Test
    void taxes_on_top_of_a_price_with_taxes_are_of_its_net_amount() {
        TaxTable table = TaxTable.of(
                TaxRounding.STANDARD, TaxRate.inclusive("VAT", "DE", "19"), TaxRate.exclusive("levy", "DE", "10"));
        TaxedLine line = taxes(table, "119.00").lines().head();
        assertThat(line.net()).isEqualTo(usd("100"));
        assertThat(line.included()).isEqualTo(usd("19"));
        assertThat(line.tax()).isEqualTo(usd("29"));
        Taxes twice = taxes(table, "119.00", "11.90");
        assertThat(twice.included()).isEqualTo(usd("20.90"));
        assertThat(twice.total()).isEqualTo(usd("31.90"));
    }

    @Test
    void rates_are_due_by_category() {
        TaxTable table = TaxTable.of(
                TaxRounding.STANDARD,
                TaxRate.exclusive("VAT", "DE", "19"),
                TaxRate.exclusive("reduced", "DE", "7").on("books", "food"));
        Taxes taxes = table.taxes(
                DomainArbitraries.USD, Array.of(line("1", "books", "10.00"), line("2", "hosting", "10.00")));
        assertThat(taxes.lines().map(TaxedLine::tax)).containsExactly(usd("2.60"), usd("1.90"));
        assertThat(taxes.rates().map(rate -> rate.rate().label() + " of " + rate.taxable() + ": " + rate.amount()))
                .containsExactly("VAT DE 19% of USD 20.00: USD 3.80", "reduced DE 7% of USD 10.00: USD 0.70");
    }

    @Test
    void taxes_may_be_rounded_to_coins() {
        Rounding coins = Rounding.toMultipleOf(new BigDecimal("0.05"), RoundingMode.HALF_UP);
        TaxTable table = TaxTable.of(new TaxRounding(PER_RATE, coins), TaxRate.exclusive("VAT", "CH", "8.1"));
        Taxes taxes = taxes(table, "10.00", "0.00", "10.00");
        assertThat(taxes.total()).isEqualTo(usd("1.60"));
        assertThat(taxes.lines().map(TaxedLine::tax)).containsExactly(usd("0.80"), usd("0"), usd("0.80"));
        assertThat(taxes(table, "10.00", "0.10", "0.00").lines().map(TaxedLine::tax))
                .as("what rounding adds goes to lines with tax")
                .containsExactly(usd("0.80"), usd("0.00"), usd("0"));
    }

    @Test
    void a_rate_of_nothing_takes_nothing() {
        TaxTable table = TaxTable.of(TaxRounding.STANDARD, TaxRate.inclusive("exempt", "DE", "0"));
        TaxedLine line = taxes(table, "1.005").lines().head();
        assertThat(line.net()).isEqualTo(usd("1.005"));
        assertThat(line.tax()).isEqualTo(usd("0"));
    }

    @Test
    void nothing_is_taxed_without_rates_or_lines() {
        assertThat(taxes(TaxTable.NONE, "10.00").total()).isEqualTo(usd("0"));
        assertThat(taxes(TaxTable.of(TaxRounding.STANDARD, STATE)))
                .isEqualTo(Taxes.none(DomainArbitraries.USD))
                .hasSameHashCodeAs(Taxes.none(DomainArbitraries.USD))
                .isNotEqualTo(Taxes.none(DomainArbitraries.JPY))
                .hasToString("USD []");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaxRate.exclusive("VAT", "DE", "-1"))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaxTable.of(TaxRounding.STANDARD, STATE, STATE.on("books")))
                .withMessageContaining("state US 6%");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TaxedLine(
                        new LineId("1"),
                        usd("1"),
                        Array.of(new LineTax(STATE, usd("1")), new LineTax(STATE, usd("1")))))
                .withMessageContaining("state US 6%");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new TaxedLine(new LineId("1"), usd("1"), Array.of(new LineTax(STATE, Money.of("EUR", "1")))))
                .withMessageContaining("EUR");
        assertThatIllegalArgumentException().isThrownBy(() -> STATE.on(" ")).withMessageContaining("Category");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Taxes.of(
                        DomainArbitraries.JPY, Array.of(new TaxedLine(new LineId("1"), usd("1"), Array.empty()))))
                .withMessageContaining("JPY")
                .withMessageContaining("USD");
        Seq<TaxableLine> twice = Array.of(line("1", "a", "1"), line("1", "b", "1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaxTable.NONE.taxes(DomainArbitraries.USD, twice))
                .withMessageContaining("1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TaxTable.NONE.taxes(DomainArbitraries.JPY, twice.take(1)))
                .withMessageContaining("JPY");
    }

    @Test
    void the_standard_rounds_each_rate_once() {
        assertThat(TaxRounding.STANDARD)
                .isEqualTo(new TaxRounding(PER_RATE, Rounding.toMinorUnit(RoundingMode.HALF_UP)))
                .isNotEqualTo(TaxRounding.of(PER_LINE))
                .isNotEqualTo(TaxRounding.of(PER_DOCUMENT));
    }

    private static Taxes taxes(TaxTable table, String... prices) {
        return table.taxes(
                DomainArbitraries.USD,
                Array.of(prices).zipWithIndex((price, i) -> line(Integer.toString(i), "hosting", price)));
    }

    private static TaxableLine line(String id, String category, String amount) {
        return new TaxableLine(new LineId(id), "sku", category, usd(amount));
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.LifeCycle;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AtlasTest {

    private static final Money NOTHING = Money.zero(Atlas.profile().currency());

    @ParameterizedTest(name = "{0}: {1} at {2} is {3} cents")
    @CsvSource(textBlock = """
            L1,  12.0,                 0.026,    31
            L2,  1.0,                  0.0351,   4
            L3,  72.0,                 0.0,      0
            L6,  1.507005000002115E-4, 0.090000, 0
            L7,  1.8073254138E-5,      0.000000, 0
            L8,  6.035E-7,             0.02,     0
            L9,  72.0,                 0.54,     3888
            C2,  1.0,                  1.005,    101
            C3,  1.0,                  -0.005,   -1
            C4a, 100.0,                0.10,     1000
            C4b, 50.0,                 0.05,     250
            """)
    void a_line_is_rounded_to_cents_once(String vector, BigDecimal quantity, String unitPrice, long cents) {
        assertThat(Atlas.lineAmount(quantity, Money.of("USD", unitPrice)).minorUnits())
                .isEqualTo(cents);
    }

    @ParameterizedTest(name = "subtotal {0}, credits {1}, starting balance {2}, elastic {3}: {4}")
    @CsvSource(textBlock = """
            0,    0,     0,     false, FREE
            0,    0,     0,     true,  FREE
            0,    -5.00, 0,     false, FREE
            0,    0,     7.00,  true,  FREE
            2.00, -5.00, 0,     false, PREPAID
            2.00, -5.00, 0,     true,  PREPAID
            2.00, 0,     2.17,  false, PREPAID
            2.00, 0,     2.16,  false, CLOSED
            2.00, 0,     2.16,  true,  INVOICED
            6.69, 0,     0,     false, CLOSED
            6.69, -1.00, 0,     true,  INVOICED
            """)
    void the_end_of_the_period_decides_where_a_document_stands(
            String subtotal, String credits, String startingBalance, boolean elastic, InvoiceStatus status) {
        Figures settled =
                Atlas.settle(folded(subtotal, credits), new BigDecimal("0.085"), Money.of("USD", startingBalance));
        assertThat(Atlas.statusAtEnd(settled, elastic)).isEqualTo(status);
        assertThat(LifeCycle.ATLAS.allows(InvoiceStatus.PENDING, status)).isTrue();
    }

    @Test
    void tax_alone_is_something_to_pay() {
        Figures taxed = folded("0", "0")
                .declare(Atlas.TAX, "outside", Money.of("USD", "1"))
                .declare(Atlas.BILLED, "outside", Money.of("USD", "1"));
        assertThat(Atlas.statusAtEnd(taxed, false)).isEqualTo(InvoiceStatus.CLOSED);
    }

    @Test
    void a_document_without_lines_settles_to_nothing() {
        Figures settled = Atlas.settle(
                Figures.fold(Atlas.profile().figures(), Array.empty(), NOTHING.currency()), BigDecimal.ONE, NOTHING);
        assertThat(settled.byKey().values()).allMatch(figure -> figure.amount().isZero());
    }

    private static Figures folded(String subtotal, String credits) {
        return Figures.NONE
                .declare(Atlas.SUBTOTAL, "test", usd(subtotal))
                .declare(Atlas.CREDIT_LINES, "test", usd(credits));
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

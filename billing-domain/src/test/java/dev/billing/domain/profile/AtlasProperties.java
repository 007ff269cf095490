package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class AtlasProperties {

    private static final BigInteger TEN = BigInteger.TEN;

    @Property
    void a_line_comes_to_what_whole_numbers_give(@ForAll BigDecimal quantity, @ForAll BigDecimal unitPrice) {
        Money amount = Atlas.lineAmount(quantity, Money.of(DomainArbitraries.USD, unitPrice));
        assertThat(amount.amount().movePointRight(2).toBigIntegerExact()).isEqualTo(slowCents(quantity, unitPrice));
    }

    @Property
    void a_tie_goes_away_from_zero(@ForAll int halves) {
        BigDecimal half = new BigDecimal("0.005");
        long cents = Atlas.lineAmount(BigDecimal.valueOf(halves), Money.of(DomainArbitraries.USD, half))
                .minorUnits();
        long nearest = Math.floorDiv(Math.abs((long) halves) + 1, 2L);
        assertThat(cents).isEqualTo(halves < 0 ? -nearest : nearest);
    }

    @Property
    void every_month_of_an_account_ties(
            @ForAll @Size(max = 4) List<@Size(max = 5) List<LineItem>> months,
            @ForAll @BigRange(min = "0", max = "0.25") @Scale(4) BigDecimal taxRate,
            @ForAll boolean elastic) {
        Money balance = Money.zero(DomainArbitraries.USD);
        for (List<LineItem> month : months) {
            Seq<LineItem> lines = Array.ofAll(month).map(line -> DomainArbitraries.in(DomainArbitraries.USD, line));
            Figures folded = Figures.fold(Atlas.profile().figures(), lines, DomainArbitraries.USD);
            Figures settled = Atlas.settle(folded, taxRate, balance);
            assertTies(settled);
            assertThat(settled.amount(Atlas.STARTING_BALANCE)).isEqualTo(balance);
            assertThat(settled.verify(lines, Atlas.profile().rules())).isEmpty();
            assertThat(Atlas.statusAtEnd(settled, elastic)).isNotNull();
            balance = settled.amount(Atlas.ENDING_BALANCE);
        }
    }

    private static void assertTies(Figures settled) {
        Fraction in = figure(settled, Atlas.SUBTOTAL)
                .plus(figure(settled, Atlas.TAX))
                .minus(figure(settled, Atlas.CREDITS))
                .minus(figure(settled, Atlas.STARTING_BALANCE));
        assertThat(figure(settled, Atlas.BILLED).minus(figure(settled, Atlas.ENDING_BALANCE)))
                .isEqualTo(in);
        assertThat(settled.amount(Atlas.BILLED).isNegative()).isFalse();
        assertThat(settled.amount(Atlas.ENDING_BALANCE).isNegative()).isFalse();
        assertThat(settled.amount(Atlas.BILLED).isZero()
                        || settled.amount(Atlas.ENDING_BALANCE).isZero())
                .isTrue();
    }

    private static Fraction figure(Figures settled, FigureKey key) {
        return Fraction.of(settled.amount(key));
    }

    /** All in whole numbers: twice the exact cents over a power of ten, one added, halved and cut. */
    private static BigInteger slowCents(BigDecimal quantity, BigDecimal unitPrice) {
        BigInteger digits = quantity.unscaledValue().multiply(unitPrice.unscaledValue());
        int scale = quantity.scale() + unitPrice.scale() - 2;
        if (scale <= 0) {
            return digits.multiply(TEN.pow(-scale));
        }
        BigInteger unit = TEN.pow(scale);
        BigInteger size = digits.abs().shiftLeft(1).add(unit).divide(unit.shiftLeft(1));
        return digits.signum() < 0 ? size.negate() : size;
    }
}

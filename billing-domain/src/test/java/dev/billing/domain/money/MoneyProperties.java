package dev.billing.domain.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import java.math.BigDecimal;
import java.util.Collection;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import javax.money.MonetaryAmount;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class MoneyProperties {

    @Property(tries = 1_000)
    void adding_subtracting_and_multiplying_lose_no_digit(
            @ForAll CurrencyUnit currency, @ForAll BigDecimal a, @ForAll BigDecimal b, @ForAll long factor) {
        Money one = Money.of(currency, a);
        Money other = Money.of(currency, b);
        assertThat(Fraction.of(one.plus(other))).isEqualTo(Fraction.of(a).plus(Fraction.of(b)));
        assertThat(Fraction.of(one.minus(other))).isEqualTo(Fraction.of(a).minus(Fraction.of(b)));
        assertThat(Fraction.of(one.times(b))).isEqualTo(Fraction.of(a).times(Fraction.of(b)));
        assertThat(Fraction.of(one.times(factor))).isEqualTo(Fraction.of(a).times(Fraction.of(factor, 1)));
        assertThat(Fraction.of(one.negated())).isEqualTo(Fraction.of(a).negated());
    }

    @Property(tries = 1_000)
    void times_a_ratio_multiplies_first_and_rounds_once(
            @ForAll Money money, @ForAll Ratio ratio, @ForAll Rounding rounding) {
        Fraction exact = Fraction.of(money).times(Fraction.of(ratio));
        assertThat(money.times(ratio, rounding).amount())
                .isEqualTo(exact.rounded(rounding.digits(money.currency()), rounding.mode()));
    }

    @Property(tries = 1_000)
    void dividing_and_rounding_choose_the_neighbour_that_the_mode_names(
            @ForAll Money money, @ForAll BigDecimal divisor, @ForAll Rounding rounding) {
        Assume.that(divisor.signum() != 0);
        int digits = rounding.digits(money.currency());
        assertThat(money.dividedBy(divisor, rounding).amount())
                .isEqualTo(Fraction.of(money).dividedBy(Fraction.of(divisor)).rounded(digits, rounding.mode()));
        assertThat(money.rounded(rounding).amount())
                .isEqualTo(Fraction.of(money).rounded(digits, rounding.mode()));
    }

    @Property(tries = 1_000)
    void equal_amounts_are_equal_in_any_spelling(@ForAll Money money, @ForAll @IntRange(min = 1, max = 40) int zeros) {
        BigDecimal spelled = money.amount().setScale(money.amount().scale() + zeros);
        Money same = Money.of(money.currency(), spelled);
        assertThat(same).isEqualTo(money).hasSameHashCodeAs(money).isEqualByComparingTo(money);
        assertThat(same.amount()).as("the digits given are kept").isEqualTo(spelled);
    }

    @Property(tries = 1_000)
    void money_is_ordered_and_equal_as_its_value_and_currency_are(@ForAll Money one, @ForAll Money other) {
        boolean sameCurrency = one.currency().equals(other.currency());
        int order = Fraction.of(one).compareTo(Fraction.of(other));
        assertThat(one.equals(other)).isEqualTo(sameCurrency && order == 0);
        Money inSameCurrency = Money.of(one.currency(), other.amount());
        assertThat(one.compareTo(inSameCurrency)).isEqualTo(order);
        assertThat(one.equals(inSameCurrency)).isEqualTo(order == 0);
    }

    @Property(tries = 1_000)
    void parse_reads_what_to_string_writes(@ForAll Money money) {
        Money read = Money.parse(money.toString());
        assertThat(read).isEqualTo(money).hasToString(money.toString());
        assertThat(read.amount().scale())
                .as("zeros after the point are kept")
                .isEqualTo(Math.max(0, money.amount().scale()));
    }

    @Property(tries = 1_000)
    void minor_units_come_back(@ForAll CurrencyUnit currency, @ForAll long minorUnits) {
        Money money = Money.ofMinor(currency, minorUnits);
        assertThat(money.minorUnits()).isEqualTo(minorUnits);
        assertThat(Fraction.of(money))
                .isEqualTo(Fraction.of(minorUnits, (long) Math.pow(10, currency.getDefaultFractionDigits())));
    }

    @Property(tries = 500)
    void currencies_are_not_mixed(@ForAll Money one, @ForAll Money other) {
        Assume.that(!one.currency().equals(other.currency()));
        assertThatIllegalArgumentException().isThrownBy(() -> one.plus(other)).withMessageContaining("one currency");
        assertThatIllegalArgumentException().isThrownBy(() -> one.minus(other));
        assertThatIllegalArgumentException().isThrownBy(() -> one.compareTo(other));
    }

    @Property(tries = 1_000)
    void the_bridge_to_monetary_amounts_loses_no_digit(@ForAll Money money) {
        MonetaryAmount outside = money.toMonetaryAmount();
        assertThat(outside.getNumber().numberValueExact(BigDecimal.class)).isEqualByComparingTo(money.amount());
        assertThat(outside.getCurrency()).isEqualTo(money.currency());
        assertThat(Money.from(outside)).isEqualTo(money);
    }

    @Property(tries = 300)
    void every_installed_monetary_amount_can_be_read(@ForAll CurrencyUnit currency, @ForAll int tenThousandths) {
        BigDecimal amount = BigDecimal.valueOf(tenThousandths, 4);
        Collection<Class<? extends MonetaryAmount>> types = Monetary.getAmountTypes();
        assertThat(types).isNotEmpty();
        for (Class<? extends MonetaryAmount> type : types) {
            MonetaryAmount outside = Monetary.getAmountFactory(type)
                    .setCurrency(currency)
                    .setNumber(amount)
                    .create();
            if (outside.getNumber().numberValueExact(BigDecimal.class).compareTo(amount) == 0) {
                assertThat(Money.from(outside)).isEqualTo(Money.of(currency, amount));
            }
        }
    }

    @Property(tries = 500)
    void not_below_zero_keeps_what_is_positive_and_nothing_else(@ForAll Money money) {
        assertThat(money.notBelowZero().isNegative()).isFalse();
        assertThat(money.notBelowZero().minus(money.negated().notBelowZero())).isEqualTo(money);
        assertThat(new boolean[] {money.isPositive(), money.isZero(), money.isNegative()})
                .containsOnlyOnce(true);
    }
}

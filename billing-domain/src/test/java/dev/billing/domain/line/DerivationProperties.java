package dev.billing.domain.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class DerivationProperties {

    private static final PriceBookVersion BOOK = new PriceBookVersion("main", 3);

    @Property(tries = 1_000)
    void the_amount_is_the_whole_price_times_the_share_rounded_once(
            @ForAll PricingRule rule, @ForAll BigDecimal quantity, @ForAll Ratio share, @ForAll Rounding rounding) {
        Derivation why = new Derivation(BOOK, rule, Measure.of(quantity.abs()), "EXACT_TIME", share, rounding);
        Fraction exact = Fraction.of(rule.price(quantity.abs())).times(Fraction.of(share));
        assertThat(why.amount().amount()).isEqualTo(exact.rounded(rounding.digits(rule.currency()), rounding.mode()));
        assertThat(why.amount().currency()).isEqualTo(rule.currency());
    }

    @Property(tries = 1_000)
    void amount_and_remainder_are_the_whole_price_times_the_share(
            @ForAll PricingRule rule, @ForAll BigDecimal quantity, @ForAll Ratio share, @ForAll Rounding rounding) {
        Derivation why = new Derivation(BOOK, rule, Measure.of(quantity.abs()), "EXACT_TIME", share, rounding);
        Remainder remainder = why.remainder();
        Fraction dropped = Fraction.of(remainder.dividend()).dividedBy(Fraction.of(remainder.divisor()));
        Fraction exact = Fraction.of(why.whole()).times(Fraction.of(share));
        assertThat(Fraction.of(why.amount()).plus(dropped)).isEqualTo(exact);
        assertThat(remainder.isZero()).isEqualTo(Fraction.of(why.amount()).equals(exact));
    }

    @Property(tries = 500)
    void the_explanation_names_every_number_of_the_way(
            @ForAll PricingRule rule, @ForAll BigDecimal quantity, @ForAll Ratio share, @ForAll Rounding rounding) {
        Derivation why = new Derivation(BOOK, rule, Measure.of(quantity.abs()), "EXACT_TIME", share, rounding);
        assertThat(why.explain().toString())
                .contains("quantity: " + Decimals.toText(quantity.abs()), "rule: " + rule + " under main@3")
                .contains("whole period: " + why.whole())
                .contains("share: " + share + " (EXACT_TIME)")
                .contains("rounded: " + rounding + ": " + why.amount())
                .contains("remainder: " + why.remainder());
    }

    @Property(tries = 500)
    void derivations_are_equal_by_value(
            @ForAll PricingRule rule, @ForAll BigDecimal quantity, @ForAll Rounding rounding) {
        BigDecimal spelled = quantity.abs().setScale(quantity.scale() + 3);
        Derivation one =
                new Derivation(BOOK, rule, Measure.of(quantity.abs()), "EXACT_TIME", Ratio.of(14, 28), rounding);
        assertThat(new Derivation(BOOK, rule, Measure.of(spelled), "EXACT_TIME", Ratio.of(1, 2), rounding))
                .isEqualTo(one)
                .hasSameHashCodeAs(one);
    }

    @Example
    void five_days_of_february() {
        Derivation why = new Derivation(
                BOOK,
                new PerUnit(Money.of("USD", "60")),
                Measure.of(BigDecimal.ONE),
                "CALENDAR_DAYS_INCLUSIVE",
                Ratio.of(5, 28),
                Rounding.toMinorUnit(RoundingMode.HALF_UP));
        assertThat(why.explain()).hasToString("""
                        quantity: 1
                          rule: USD 60 per unit under main@3
                            whole period: USD 60
                              units: 1 × USD 60 = USD 60
                              share: 5/28 (CALENDAR_DAYS_INCLUSIVE)
                                rounded: HALF_UP to the minor unit: USD 10.71
                                  remainder: USD 0.12 / 28""");
    }

    @Example
    void a_quantity_that_the_rule_refuses_has_no_amount() {
        Derivation why = new Derivation(
                BOOK,
                new PerUnit(Money.of("USD", "60")),
                Measure.of(new BigDecimal("-1")),
                "EXACT_TIME",
                Ratio.ONE,
                Rounding.toMinorUnit(RoundingMode.HALF_UP));
        assertThatIllegalArgumentException().isThrownBy(why::amount);
    }
}

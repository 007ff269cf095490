package dev.billing.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.money.Money;
import java.math.BigDecimal;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class PricingRuleProperties {

    @Property(tries = 500)
    void units_cost_the_same_as_adding_one_after_another(
            @ForAll Money price, @ForAll @IntRange(max = 300) int quantity) {
        Assume.that(!price.isNegative());
        Money counted = Money.zero(price.currency());
        for (int unit = 0; unit < quantity; unit++) {
            counted = counted.plus(price);
        }
        assertThat(new PerUnit(price).price(BigDecimal.valueOf(quantity))).isEqualTo(counted);
    }

    @Property(tries = 500)
    void parts_of_a_unit_cost_the_same_as_adding_the_smallest_part_again_and_again(
            @ForAll Money price, @ForAll @IntRange(max = 300) int parts, @ForAll @IntRange(max = 12) int digits) {
        Assume.that(!price.isNegative());
        Money smallest = Money.of(price.currency(), price.amount().movePointLeft(digits));
        Money counted = Money.zero(price.currency());
        for (int part = 0; part < parts; part++) {
            counted = counted.plus(smallest);
        }
        assertThat(new PerUnit(price).price(BigDecimal.valueOf(parts, digits))).isEqualTo(counted);
    }

    @Property(tries = 500)
    void quantities_may_be_priced_apart_by_unit_and_added_up(
            @ForAll Money price, @ForAll BigDecimal one, @ForAll BigDecimal other) {
        Assume.that(!price.isNegative());
        PricingRule rule = new PerUnit(price);
        assertThat(rule.price(one.abs()).plus(rule.price(other.abs())))
                .isEqualTo(rule.price(one.abs().add(other.abs())));
    }

    @Property(tries = 500)
    void a_flat_price_is_the_same_for_any_quantity(@ForAll Money price, @ForAll BigDecimal quantity) {
        Assume.that(!price.isNegative());
        assertThat(new Flat(price).price(quantity.abs())).isEqualTo(price);
        assertThat(new Flat(price).price(BigDecimal.ZERO)).isEqualTo(price);
    }

    @Property(tries = 500)
    void a_rule_prices_in_its_own_currency_and_never_below_zero(@ForAll PricingRule rule, @ForAll BigDecimal quantity) {
        assertThat(rule.price(quantity.abs()).currency()).isEqualTo(rule.currency());
        assertThat(rule.price(quantity.abs()).isNegative()).isFalse();
        rule.unitPrice().forEach(unit -> assertThat(unit).isEqualTo(rule.price(BigDecimal.ONE)));
    }

    @Property(tries = 500)
    void negative_prices_and_quantities_are_refused(
            @ForAll PricingRule rule, @ForAll Money price, @ForAll BigDecimal quantity) {
        Assume.that(!price.isZero() && quantity.signum() != 0);
        Money negative = price.isNegative() ? price : price.negated();
        assertThatIllegalArgumentException().isThrownBy(() -> new PerUnit(negative));
        assertThatIllegalArgumentException().isThrownBy(() -> new Flat(negative));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.price(quantity.abs().negate()))
                .withMessageContaining("quantity must not be negative");
    }
}

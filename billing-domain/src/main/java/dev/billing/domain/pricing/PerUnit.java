package dev.billing.domain.pricing;

import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/** The quantity times a unit price: {@code new PerUnit(USD 0.026)} is USD 0.312 for 12. */
public record PerUnit(Money price) implements PricingRule {

    /**
     * @throws IllegalArgumentException if the unit price is negative
     */
    public PerUnit {
        PricingRule.requireNotNegative("A unit price", price.amount());
    }

    @Override
    public Money price(BigDecimal quantity) {
        return price.times(PricingRule.requireNotNegative(quantity));
    }

    @Override
    public Seq<Part> parts(BigDecimal quantity) {
        return Array.of(new Part("units", PricingRule.requireNotNegative(quantity), price));
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.some(price);
    }

    @Override
    public CurrencyUnit currency() {
        return price.currency();
    }

    @Override
    public String toString() {
        return price + " per unit";
    }
}

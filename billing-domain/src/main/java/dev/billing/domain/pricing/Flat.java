package dev.billing.domain.pricing;

import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/** One price, whatever the quantity: {@code new Flat(USD 20)} is USD 20 for 0, 1 and 1,000. */
public record Flat(Money price) implements PricingRule {

    /**
     * @throws IllegalArgumentException if the price is negative
     */
    public Flat {
        PricingRule.requireNotNegative("A flat price", price.amount());
    }

    @Override
    public Money price(BigDecimal quantity) {
        PricingRule.requireNotNegative(quantity);
        return price;
    }

    @Override
    public Seq<Part> parts(BigDecimal quantity) {
        return Array.of(Part.of("flat", price(quantity)));
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    @Override
    public CurrencyUnit currency() {
        return price.currency();
    }

    @Override
    public String toString() {
        return price + " flat";
    }
}

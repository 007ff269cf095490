package dev.billing.domain.pricing;

import dev.billing.domain.money.Money;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/** How a quantity becomes an amount. Rules are data: they can be stored, compared and shown. */
public sealed interface PricingRule {

    /**
     * The exact, unrounded price of {@code quantity}.
     *
     * @throws IllegalArgumentException if the quantity is negative
     */
    Money price(BigDecimal quantity);

    /** The price of one unit, where there is one that holds for any quantity. */
    Option<Money> unitPrice();

    CurrencyUnit currency();

    /** One price, whatever the quantity: {@code new Flat(USD 20)} is USD 20 for 0, 1 and 1,000. */
    record Flat(Money price) implements PricingRule {

        /**
         * @throws IllegalArgumentException if the price is negative
         */
        public Flat {
            requireNotNegative("A flat price", price.amount());
        }

        @Override
        public Money price(BigDecimal quantity) {
            requireNotNegative("A quantity", quantity);
            return price;
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

    /** The quantity times a unit price: {@code new PerUnit(USD 0.026)} is USD 0.312 for 12. */
    record PerUnit(Money price) implements PricingRule {

        /**
         * @throws IllegalArgumentException if the unit price is negative
         */
        public PerUnit {
            requireNotNegative("A unit price", price.amount());
        }

        @Override
        public Money price(BigDecimal quantity) {
            requireNotNegative("A quantity", quantity);
            return price.times(quantity);
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

    private static void requireNotNegative(String what, BigDecimal value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException(what + " must not be negative, but was " + value);
        }
    }
}

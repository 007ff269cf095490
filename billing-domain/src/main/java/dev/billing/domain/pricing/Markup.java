package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import java.math.BigDecimal;

/** How a price follows from a cost, as Morpheus has it: none, fixed, percent or custom. The arithmetic is exact. */
public sealed interface Markup {

    /** The price is the cost. */
    static Markup none() {
        return new Percent(BigDecimal.ZERO);
    }

    /** What is charged for something that costs this. */
    Money price(Money cost);

    /** The cost and an amount. */
    record Fixed(Money amount) implements Markup {
        public Fixed {
            requireNonNull(amount, "amount");
        }

        @Override
        public Money price(Money cost) {
            return cost.plus(amount);
        }

        @Override
        public String toString() {
            return "cost + " + amount;
        }
    }

    /** The cost and so many hundredths of it. */
    record Percent(BigDecimal percent) implements Markup {

        /** Keeps the number without trailing zeros. */
        public Percent {
            percent = Decimals.canonical(percent);
        }

        @Override
        public Money price(Money cost) {
            return cost.plus(cost.times(percent.movePointLeft(2)));
        }

        @Override
        public String toString() {
            return percent.signum() == 0 ? "cost" : "cost + " + Decimals.toText(percent) + " %";
        }
    }

    /** A price of its own, whatever it costs. */
    record Custom(Money price) implements Markup {
        public Custom {
            requireNonNull(price, "price");
        }

        @Override
        public Money price(Money cost) {
            return price;
        }

        @Override
        public String toString() {
            return price + " whatever the cost";
        }
    }
}

package dev.billing.domain.profile;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import java.math.BigDecimal;

/**
 * How a price follows from a cost in {@link Morpheus}: of a unit of a plan, or of a line that a provider reported; never of a sum. The
 * arithmetic is exact.
 */
public sealed interface Markup {

    /** The price is the cost. */
    static Markup none() {
        return new Percent(BigDecimal.ZERO);
    }

    /** What is charged for something that costs this. */
    Money price(Money cost);

    /**
     * A reported line at the price that follows from its cost.
     *
     * @throws IllegalArgumentException if it has no cost
     */
    default LineItem priced(LineItem line) {
        Money cost = line.cost()
                .getOrElseThrow(() -> new IllegalArgumentException("A line must have a cost, but was " + line));
        return line.toBuilder().price(price(cost)).build();
    }

    /** The cost and an amount. */
    record Fixed(Money amount) implements Markup {
        public Fixed {
            requireNonNull(amount, "amount");
        }

        @Override
        public Money price(Money cost) {
            return cost.plus(amount);
        }
    }

    /** The cost and so many hundredths of it. */
    record Percent(BigDecimal percent) implements Markup {
        public Percent {
            requireNonNull(percent, "percent");
        }

        @Override
        public Money price(Money cost) {
            return cost.plus(cost.times(percent.movePointLeft(2)));
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
    }
}

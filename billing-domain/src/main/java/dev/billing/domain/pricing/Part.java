package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import java.math.BigDecimal;

/**
 * One term of a price: so many units of something at one price. The parts of a price add up to it.
 *
 * @param name what is priced, such as {@code above 10 up to 20} or {@code minimum of an event}
 * @param price of one unit
 */
public record Part(String name, BigDecimal quantity, Money price) {

    /** Keeps the quantity without trailing zeros. */
    public Part {
        requireNonNull(name, "name");
        quantity = Decimals.canonical(quantity);
        requireNonNull(price, "price");
    }

    /** One unit at a price. */
    public static Part of(String name, Money price) {
        return new Part(name, BigDecimal.ONE, price);
    }

    /** Quantity × price, exactly. */
    public Money amount() {
        return price.times(quantity);
    }

    @Override
    public String toString() {
        return name + ": " + Decimals.toText(quantity) + " × " + price + " = " + amount();
    }
}

package dev.billing.domain.line;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * What a line charges: gross, less a discount.
 *
 * @param gross before the discount; negative on a credit line
 * @param discount what is taken off, not negative, in the same currency
 * @param percent the discount in percent, where it was agreed as one; for display, nothing is computed from it
 */
public record Amount(Money gross, Money discount, Option<BigDecimal> percent) {

    /**
     * @throws IllegalArgumentException if the discount is negative or of another currency
     */
    public Amount {
        if (discount.isNegative() || !discount.currency().equals(gross.currency())) {
            throw new IllegalArgumentException(
                    "A discount must not be negative and of the line's currency, but was " + discount + " on " + gross);
        }
        percent = percent.map(Decimals::canonical);
    }

    /** An amount without discount. */
    public static Amount of(Money gross) {
        return new Amount(gross, Money.zero(gross.currency()), Option.none());
    }

    public static Amount of(Money gross, Money discount) {
        return new Amount(gross, discount, Option.none());
    }

    /** What is due: gross − discount. */
    public Money net() {
        return gross.minus(discount);
    }
}

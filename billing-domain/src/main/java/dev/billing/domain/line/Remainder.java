package dev.billing.domain.line;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import java.math.BigDecimal;

/** An exact part of a unit: {@code dividend ÷ divisor}, kept undivided because it may not end. */
public record Remainder(Money dividend, BigDecimal divisor) {

    /**
     * Keeps the divisor without trailing zeros.
     *
     * @throws IllegalArgumentException if it is zero
     */
    public Remainder {
        divisor = Decimals.canonical(divisor);
        if (divisor.signum() == 0) {
            throw new IllegalArgumentException(
                    "A remainder must be divided by something, but was " + dividend + " / 0");
        }
    }

    /** What an amount lacks of an exact one, {@code dividend ÷ divisor}. */
    static Remainder of(Money dividend, BigDecimal divisor, Money amount) {
        return new Remainder(dividend.minus(amount.times(divisor)), divisor);
    }

    static Remainder of(Money dividend, long divisor, Money amount) {
        return of(dividend, BigDecimal.valueOf(divisor), amount);
    }

    public boolean isZero() {
        return dividend.isZero();
    }

    @Override
    public String toString() {
        return isZero()
                ? "none"
                : dividend.currency() + " " + Decimals.toText(dividend.amount()) + " / " + Decimals.toText(divisor);
    }
}

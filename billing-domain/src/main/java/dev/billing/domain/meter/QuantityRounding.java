package dev.billing.domain.meter;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How a quantity is cut before it is priced: 123.456 {@code HALF_UP} to 2 decimals is 123.46, and to −2 decimals 100.
 *
 * @param decimals how many are kept; below zero for tens, hundreds and so on
 */
public record QuantityRounding(int decimals, RoundingMode mode) {

    private static final int MAX_DECIMALS = 100;

    /**
     * Checks that any quantity can be cut.
     *
     * @throws IllegalArgumentException if the decimals are beyond 100 either way, or the mode does not say which way the rest goes
     */
    public QuantityRounding {
        if (requireNonNull(mode, "mode") == RoundingMode.UNNECESSARY) {
            throw new IllegalArgumentException("A quantity's rounding must say which way the rest goes");
        }
        if (Math.abs(decimals) > MAX_DECIMALS) {
            throw new IllegalArgumentException("A quantity's decimals must be between -" + MAX_DECIMALS + " and "
                    + MAX_DECIMALS + ", but were " + decimals);
        }
    }

    /** The quantity, cut. */
    public BigDecimal round(BigDecimal quantity) {
        return quantity.setScale(decimals, mode);
    }

    /** The quotient, cut once. */
    public BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, decimals, mode);
    }

    @Override
    public String toString() {
        return mode + " to " + decimals + " decimals";
    }
}

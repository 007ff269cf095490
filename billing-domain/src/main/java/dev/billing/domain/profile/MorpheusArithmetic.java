package dev.billing.domain.profile;

import dev.billing.domain.money.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The arithmetic of Morpheus, which multiplies binary doubles and divides like Groovy, and whose digits show it. It takes exact decimals
 * and gives exact decimals back; no other profile may use it.
 */
public final class MorpheusArithmetic {

    private MorpheusArithmetic() {}

    /**
     * The quotient as Groovy computes it: exact if it ends; otherwise to ten more significant digits than the longer operand, half up,
     * and then to at most as many decimals as the larger scale of the two, or ten.
     *
     * @throws ArithmeticException if the divisor is zero
     */
    public static BigDecimal ratio(BigDecimal dividend, BigDecimal divisor) {
        try {
            return dividend.divide(divisor);
        } catch (ArithmeticException doesNotEnd) {
            int digits = Math.max(dividend.precision(), divisor.precision()) + 10;
            int decimals = Math.max(Math.max(dividend.scale(), divisor.scale()), 10);
            BigDecimal quotient = dividend.divide(divisor, new MathContext(digits, RoundingMode.HALF_UP));
            return quotient.scale() > decimals ? quotient.setScale(decimals, RoundingMode.HALF_UP) : quotient;
        }
    }

    /** The quotient of whole numbers, such as milliseconds. */
    public static BigDecimal ratio(long dividend, long divisor) {
        return ratio(BigDecimal.valueOf(dividend), BigDecimal.valueOf(divisor));
    }

    /** The product as binary doubles give it, as the shortest decimal that names the result. */
    public static BigDecimal apply(BigDecimal amount, BigDecimal ratio) {
        return Decimals.ofNearestDouble(new BigDecimal(amount.doubleValue() * ratio.doubleValue()));
    }

    /** The exact product, for usage records. */
    public static BigDecimal applyExact(BigDecimal amount, BigDecimal factor) {
        return Decimals.canonical(amount.multiply(factor));
    }
}

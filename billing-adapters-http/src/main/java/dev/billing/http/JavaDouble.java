package dev.billing.http;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as Java prints binary doubles: always with a decimal point, plain from 0.001 up to below ten million, otherwise with an
 * exponent; of the decimals that name the double the shortest, whatever the version of Java.
 */
public final class JavaDouble {

    private static final int ALWAYS_KEPT = 15;
    private static final int ALWAYS_ENOUGH = 17;

    private JavaDouble() {}

    /** The text of the double that is nearest to a number; zero is never negative. */
    public static String text(BigDecimal number) {
        double value = number.doubleValue();
        return value == 0 ? "0.0" : text(shortest(value), Math.abs(value));
    }

    /** The shortest decimal that names a double, which is not always what older versions of Java print. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = ALWAYS_KEPT; digits < ALWAYS_ENOUGH; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(ALWAYS_ENOUGH, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
    }

    private static String text(BigDecimal shortest, double size) {
        if (size >= 1e-3 && size < 1e7) {
            return (shortest.scale() < 1 ? shortest.setScale(1) : shortest).toPlainString();
        }
        int exponent = shortest.precision() - shortest.scale() - 1;
        BigDecimal mantissa = shortest.movePointLeft(exponent);
        return (mantissa.scale() < 1 ? mantissa.setScale(1) : mantissa).toPlainString() + "E" + exponent;
    }
}

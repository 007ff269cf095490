package dev.billing.http.akkeris;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Adds decimals as binary doubles, the way Akkeris' document was computed, and shows every digit of the result. */
final class DoubleSum {

    private static final int DIGITS_THAT_NAME_ANY_DOUBLE = 17;

    private DoubleSum() {}

    /** The sum from left to right, as the shortest decimal that names the resulting double. */
    static BigDecimal of(Iterable<BigDecimal> amounts) {
        double sum = 0;
        for (BigDecimal amount : amounts) {
            sum += amount.doubleValue();
        }
        return shortest(sum);
    }

    /** {@link Double#toString} prints more digits than needed for some values before Java 19. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < DIGITS_THAT_NAME_ANY_DOUBLE; digits++) {
            BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shorter.doubleValue() == value) {
                return shorter;
            }
        }
        return exact.round(new MathContext(DIGITS_THAT_NAME_ANY_DOUBLE, RoundingMode.HALF_EVEN));
    }
}

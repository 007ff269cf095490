package dev.billing.http;

import dev.billing.domain.money.Decimals;
import java.math.BigDecimal;

/**
 * Numbers as Java prints binary doubles: always with a decimal point, plain from 0.001 up to below ten million, otherwise with an
 * exponent; of the decimals that name the double the shortest, whatever the version of Java.
 */
public final class JavaDouble {

    private static final BigDecimal LEAST_PLAIN = new BigDecimal("0.001");
    private static final BigDecimal TOO_BIG_FOR_PLAIN = BigDecimal.TEN.pow(7);

    private JavaDouble() {}

    /** The text of the double that is nearest to a number; zero is never negative. */
    public static String text(BigDecimal number) {
        BigDecimal shortest = Decimals.ofNearestDouble(number).stripTrailingZeros();
        BigDecimal size = shortest.abs();
        boolean isPlain =
                size.signum() == 0 || (size.compareTo(LEAST_PLAIN) >= 0 && size.compareTo(TOO_BIG_FOR_PLAIN) < 0);
        return isPlain ? withPoint(shortest) : withExponent(shortest);
    }

    private static String withExponent(BigDecimal number) {
        int exponent = number.precision() - number.scale() - 1;
        return withPoint(number.movePointLeft(exponent)) + "E" + exponent;
    }

    private static String withPoint(BigDecimal number) {
        return (number.scale() < 1 ? number.setScale(1) : number).toPlainString();
    }
}

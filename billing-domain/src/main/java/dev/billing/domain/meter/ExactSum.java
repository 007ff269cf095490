package dev.billing.domain.meter;

import java.math.BigDecimal;

/**
 * A sum that keeps every digit and, for numbers of up to 18 digits, allocates nothing: it adds their digits as whole numbers of the
 * finest scale so far. What does not fit is kept beside it as a decimal.
 */
final class ExactSum {

    /** Whole numbers of so many digits fit into 64 bits. */
    private static final int DIGITS = 18;

    private long digits;
    private int scale;
    private BigDecimal rest = BigDecimal.ZERO;

    void add(BigDecimal number) {
        addTimes(number, 1);
    }

    /** Adds a number times another. */
    void addTimes(BigDecimal number, long times) {
        int numberScale = number.scale();
        if (numberScale < 0 || numberScale > DIGITS || number.precision() > DIGITS) {
            rest = rest.add(number.multiply(BigDecimal.valueOf(times)));
        } else {
            addTimes(number, numberScale, times);
        }
    }

    private void addTimes(BigDecimal number, int numberScale, long times) {
        long whole = numberScale == 0
                ? number.longValueExact()
                : number.scaleByPowerOfTen(numberScale).longValueExact();
        long high = Math.multiplyHigh(whole, times);
        long product = whole * times;
        if (high == product >> 63) {
            add(product, numberScale);
        } else {
            rest = rest.add(number.multiply(BigDecimal.valueOf(times)));
        }
    }

    /** Adds another sum. */
    void add(ExactSum other) {
        add(other.digits, other.scale);
        rest = rest.add(other.rest);
    }

    BigDecimal value() {
        return rest.add(BigDecimal.valueOf(digits, scale));
    }

    /** Adds digits of a scale from 0 to 18. */
    private void add(long number, int numberScale) {
        if (numberScale > scale) {
            refine(numberScale);
        }
        long power = powerOfTen(scale - numberScale);
        long added = number * power;
        long sum = digits + added;
        if (fits(number, power) && ((digits ^ sum) & (added ^ sum)) >= 0) {
            digits = sum;
        } else {
            rest = rest.add(BigDecimal.valueOf(number, numberScale));
        }
    }

    private void refine(int finer) {
        long power = powerOfTen(finer - scale);
        if (!fits(digits, power)) {
            rest = value();
            digits = 0;
        }
        digits *= power;
        scale = finer;
    }

    private static boolean fits(long number, long power) {
        return Math.multiplyHigh(number, power) == (number * power) >> 63;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}

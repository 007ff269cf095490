package dev.billing.domain.money;

import java.math.BigInteger;

/**
 * A share as an exact fraction of whole numbers: days of days, milliseconds of milliseconds. Never negative; may be above one.
 * <p>
 * The numbers are kept as given, because 14 days of 28 explains more than 1 of 2; ratios are equal by value.
 */
public record Ratio(long numerator, long denominator) implements Comparable<Ratio> {

    public static final Ratio ZERO = new Ratio(0, 1);
    public static final Ratio ONE = new Ratio(1, 1);

    /**
     * @throws IllegalArgumentException if the numerator is negative, or the denominator not positive
     */
    public Ratio {
        if (numerator < 0 || denominator <= 0) {
            throw new IllegalArgumentException(
                    "A ratio must be of a number from 0 and a number from 1, but was " + numerator + "/" + denominator);
        }
    }

    public static Ratio of(long numerator, long denominator) {
        return new Ratio(numerator, denominator);
    }

    /** Reads exactly what {@link #toString} writes: {@code 5/28}. */
    public static Ratio parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("A ratio must be written like '5/28', but was '" + text + "'");
        }
        return new Ratio(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

    /**
     * The exact sum.
     *
     * @throws ArithmeticException if it does not fit into two 64-bit numbers
     */
    public Ratio plus(Ratio other) {
        long sameSum = numerator + other.numerator;
        if (denominator == other.denominator && sameSum >= 0) {
            return new Ratio(sameSum, denominator);
        }
        BigInteger sum = big(numerator)
                .multiply(big(other.denominator))
                .add(big(other.numerator).multiply(big(denominator)));
        BigInteger of = big(denominator).multiply(big(other.denominator));
        BigInteger divisor = sum.gcd(of);
        return new Ratio(
                sum.divide(divisor).longValueExact(), of.divide(divisor).longValueExact());
    }

    public boolean isZero() {
        return numerator == 0;
    }

    public boolean isOne() {
        return numerator == denominator;
    }

    @Override
    public int compareTo(Ratio other) {
        return big(numerator)
                .multiply(big(other.denominator))
                .compareTo(big(other.numerator).multiply(big(denominator)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ratio ratio && compareTo(ratio) == 0;
    }

    @Override
    public int hashCode() {
        long divisor = big(numerator).gcd(big(denominator)).longValueExact();
        return Long.hashCode(numerator / divisor) * 31 + Long.hashCode(denominator / divisor);
    }

    /** The fraction as given: {@code 5/28}. */
    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }
}

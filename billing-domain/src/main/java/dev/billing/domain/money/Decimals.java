package dev.billing.domain.money;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Decimals from outside, with limits. A number such as {@code 1E100000000} is eleven characters to write and minutes to compute with,
 * so it is refused before any arithmetic.
 */
public final class Decimals {

    /** How many characters a decimal may be written with. */
    public static final int MAX_LENGTH = 128;

    /** How many places a decimal may be shifted either way when it is read. */
    public static final int MAX_READ_SCALE = 100;

    /** How far exact arithmetic may move the point: products of decimals that were read stay far below it. */
    static final int MAX_SCALE = 1_000;

    /** Decimals of so many digits survive being a double. */
    private static final int KEPT_BY_DOUBLES = 15;

    /** Doubles survive being a decimal of so many digits. */
    private static final int NEEDED_BY_DOUBLES = 17;

    private Decimals() {}

    /**
     * Reads a decimal such as {@code 0.0014002692168963457} or {@code -1.5E-7}.
     *
     * @throws IllegalArgumentException if the text is not a decimal, has more than {@value #MAX_LENGTH} characters as given or in plain
     *     digits, or an exponent beyond {@value #MAX_READ_SCALE} either way
     */
    public static BigDecimal parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A decimal must have at most " + MAX_LENGTH + " characters, but had " + text.length());
        }
        BigDecimal value = read(text);
        if (Math.abs((long) value.scale()) > MAX_READ_SCALE) {
            throw new IllegalArgumentException("A decimal's exponent must be between -" + MAX_READ_SCALE + " and "
                    + MAX_READ_SCALE + ", but was in " + text);
        }
        if (value.scale() < 0 && value.toPlainString().length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A decimal must have at most " + MAX_LENGTH + " characters in plain digits, but was " + text);
        }
        return value;
    }

    private static BigDecimal read(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Not a decimal: " + text, e);
        }
    }

    /** Refuses what no chain of exact operations on sensible decimals gives. */
    static BigDecimal requireWorkable(BigDecimal value) {
        int scale = value.scale();
        if (scale > MAX_SCALE || scale < -MAX_SCALE) {
            throw new IllegalArgumentException(
                    "An amount's scale must be between -" + MAX_SCALE + " and " + MAX_SCALE + ", but was " + scale);
        }
        return value;
    }

    /** The one form that all equal numbers share: no trailing zeros after the point, no exponent. */
    public static BigDecimal canonical(BigDecimal value) {
        BigDecimal stripped = requireWorkable(value).stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Plain digits without trailing zeros: {@code 25}, {@code 0.1}. */
    public static String toText(BigDecimal value) {
        return canonical(value).toPlainString();
    }

    /**
     * The decimal with the fewest digits that names the binary double nearest to a number, and of those the nearest to it: the same in
     * every version of Java.
     */
    public static BigDecimal ofNearestDouble(BigDecimal value) {
        BigDecimal exact = new BigDecimal(value.doubleValue());
        for (int digits = KEPT_BY_DOUBLES; digits < NEEDED_BY_DOUBLES; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == exact.doubleValue()) {
                return canonical(rounded);
            }
        }
        return canonical(exact.round(new MathContext(NEEDED_BY_DOUBLES, RoundingMode.HALF_EVEN)));
    }
}

package dev.billing.domain.invoice;

import dev.billing.domain.internal.Checks;
import java.util.function.UnaryOperator;

/**
 * How a number of a series is written: a prefix, the number with at least so many digits, and a suffix: {@code INV-000042},
 * {@code 0007/2026}.
 *
 * @param digits leading zeros make it that long; 1 for none
 */
public record NumberFormat(String prefix, int digits, String suffix) {

    /** The number alone. */
    public static final NumberFormat PLAIN = new NumberFormat("", 1);

    private static final int MAX_DIGITS = 19;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if prefix or suffix have more than 2,000 characters or a control character, or digits are not 1
     *     to 19
     */
    public NumberFormat {
        Checks.requireText(prefix, "Number prefix");
        if (digits < 1 || digits > MAX_DIGITS) {
            throw new IllegalArgumentException("Digits must be 1 to " + MAX_DIGITS + ", but were " + digits);
        }
        Checks.requireText(suffix, "Number suffix");
    }

    /** A format without suffix. */
    public NumberFormat(String prefix, int digits) {
        this(prefix, digits, "");
    }

    /** The number in writing. */
    public String text(long number) {
        return prefix + padded(Long.toString(number), digits) + suffix;
    }

    /** The same with another prefix and suffix, made from those there are. */
    NumberFormat map(UnaryOperator<String> change) {
        return new NumberFormat(change.apply(prefix), digits, change.apply(suffix));
    }

    /** A text with zeros before it that make it so long. */
    static String padded(String text, int length) {
        return "0".repeat(Math.max(0, length - text.length())) + text;
    }
}

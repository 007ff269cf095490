package dev.billing.domain.internal;

import static java.util.Objects.requireNonNull;

/** The checks that values of several packages share. Sizes have limits, so that no text from outside fills a store. */
public final class Checks {

    private static final int MAX_ID = 200;
    private static final int MAX_TEXT = 2_000;

    private Checks() {}

    /** A text that identifies something: not blank, at most 200 characters, no control characters. */
    public static String requireId(String value, String what) {
        return requireId(value, MAX_ID, what);
    }

    /** A text that identifies something and may be put together from others: not blank, no control characters. */
    public static String requireId(String value, int maxLength, String what) {
        requireLength(value, maxLength, what);
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        return requireNoControlCharacters(value, what);
    }

    /** A text for people: possibly empty, at most 2,000 characters, no control characters. */
    public static String requireText(String value, String what) {
        return requireNoControlCharacters(requireLength(value, MAX_TEXT, what), what);
    }

    /** A text for people that may have several lines: at most 2,000 characters, no control characters but line breaks and tabs. */
    public static String requireLines(String value, String what) {
        return requireLines(value, MAX_TEXT, what);
    }

    /** As {@link #requireLines(String, String)}, with another limit. */
    public static String requireLines(String value, int maxLength, String what) {
        requireNoControlCharacters(requireLength(value, maxLength, what).replaceAll("[\\n\\r\\t]", " "), what);
        return value;
    }

    private static String requireLength(String value, int max, String what) {
        if (requireNonNull(value, what).length() > max) {
            throw new IllegalArgumentException(
                    what + " must have at most " + max + " characters, but had " + value.length());
        }
        return value;
    }

    private static String requireNoControlCharacters(String value, String what) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw new IllegalArgumentException(
                        what + " must not hold control characters, but has U+" + Integer.toHexString(value.charAt(i)));
            }
        }
        return value;
    }
}

package dev.billing.domain.notation;

/** Truth values in writing. */
public final class Truth {

    private Truth() {}

    /** {@code true} or {@code false}. */
    public static Notation of(boolean value) {
        return Notation.of(Boolean.toString(value));
    }

    /**
     * Reads exactly what {@link #of} writes.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static boolean parse(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("It must be true or false");
        }
        return text.equals("true");
    }
}

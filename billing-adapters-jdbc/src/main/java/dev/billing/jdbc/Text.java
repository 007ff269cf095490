package dev.billing.jdbc;

/** Texts that both databases keep. */
final class Text {

    /** H2 keeps little more; PostgreSQL would keep a gigabyte. */
    private static final int MAX_LENGTH = 1_000_000;

    private Text() {}

    /** Whether every surrogate has its other half. PostgreSQL keeps UTF-8, which has no halves. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (Character.isLowSurrogate(unit)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /**
     * A text that can be kept.
     *
     * @throws IllegalArgumentException if it has half of a surrogate pair, or is too long
     */
    static String requireKeepable(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A text must have at most " + MAX_LENGTH + " characters to be kept, but had " + text.length());
        }
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("A text must not have half of a surrogate pair, but this one has: "
                    + text.substring(0, Math.min(100, text.length())));
        }
        return text;
    }

    /** What all ids have in common that differ in case only, as {@link String#equalsIgnoreCase} sees it. */
    static String folded(String text) {
        return text.codePoints()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

package dev.billing.domain;

import java.util.Comparator;

/**
 * How texts are compared and searched wherever case does not matter: by their folded form, and, where that is the same, by themselves;
 * both in the order of Unicode code points. No language, database or default locale has a say, so all stores agree.
 */
public final class TextOrder {

    /** In the order of Unicode code points. {@link String#compareTo} compares UTF-16 units, which puts U+1F600 before U+FF61. */
    public static final Comparator<String> CODE_POINTS = TextOrder::compareCodePoints;

    /** Without regard to case, then by code points. */
    public static final Comparator<String> IGNORING_CASE =
            Comparator.comparing(TextOrder::folded, CODE_POINTS).thenComparing(CODE_POINTS);

    /** Shorter texts first, then by code points: whole numbers are in the order of their values. */
    public static final Comparator<String> SHORTER_FIRST = Comparator.<String>comparingInt(
                    text -> text.codePointCount(0, text.length()))
            .thenComparing(CODE_POINTS);

    private TextOrder() {}

    /** What all texts have in common that differ in case only, as {@link String#equalsIgnoreCase} sees it. */
    public static String folded(String text) {
        return text.codePoints()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int compareCodePoints(String one, String other) {
        int i = 0;
        while (i < one.length() && i < other.length()) {
            int a = one.codePointAt(i);
            int b = other.codePointAt(i);
            if (a != b) {
                return Integer.compare(a, b);
            }
            i += Character.charCount(a);
        }
        return Integer.compare(one.length(), other.length());
    }
}

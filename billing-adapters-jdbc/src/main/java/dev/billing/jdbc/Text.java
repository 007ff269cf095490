package dev.billing.jdbc;

import dev.billing.domain.TextOrder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts that both databases keep. */
final class Text {

    /** H2 keeps little more; PostgreSQL would keep a gigabyte. */
    private static final int MAX_LENGTH = 1_000_000;

    private Text() {}

    /** Whether there is no U+0000 and every surrogate has its other half. PostgreSQL keeps UTF-8, which has no halves, and ends texts at U+0000. */
    static boolean isWellFormed(String text) {
        if (text.indexOf('\0') >= 0) {
            return false;
        }
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
            throw new IllegalArgumentException(
                    "A text must not have U+0000 or half of a surrogate pair, but this one has: "
                            + text.substring(0, Math.min(100, text.length())));
        }
        return text;
    }

    /** Bytes in the order of {@link TextOrder#IGNORING_CASE}. UTF-8 is in the order of the code points, and no text has U+0000. */
    static byte[] keyIgnoringCase(String text) {
        return (TextOrder.folded(text) + "\0" + text).getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes in the order of {@link TextOrder#SHORTER_FIRST}. */
    static byte[] keyShorterFirst(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(text.codePointCount(0, text.length()))
                .put(bytes)
                .array();
    }
}

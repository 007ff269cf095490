package dev.billing.domain.notation;

import io.vavr.collection.Array;
import java.util.Locale;

/** The names of an enum's values in writing: {@code HALF_UP} is {@code halfUp}. */
public final class EnumText {

    private EnumText() {}

    /** How a value is written. */
    public static String of(Enum<?> value) {
        StringBuilder text = new StringBuilder();
        for (String word : value.name().split("_", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            text.append(text.isEmpty() ? lower : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
        }
        return text.toString();
    }

    /**
     * Reads exactly what {@link #of} writes.
     *
     * @throws IllegalArgumentException if no value is written like that
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String text) {
        Array<E> values = Array.of(type.getEnumConstants());
        return values.find(value -> of(value).equals(text))
                .getOrElseThrow(() -> new IllegalArgumentException(
                        "It must be one of " + values.map(EnumText::of).mkString(", ")));
    }
}

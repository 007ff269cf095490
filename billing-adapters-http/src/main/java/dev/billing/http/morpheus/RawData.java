package dev.billing.http.morpheus;

import dev.billing.http.StrictJson;
import java.nio.charset.StandardCharsets;

/** What a provider told, kept as text. */
final class RawData {

    private RawData() {}

    /** Whether it can stand in a JSON document as it is: one that is whole, and an object or an array. */
    static boolean isDocument(String text) {
        String start = text.stripLeading();
        return (start.startsWith("{") || start.startsWith("["))
                && StrictJson.read(text.getBytes(StandardCharsets.UTF_8)).isDefined();
    }
}

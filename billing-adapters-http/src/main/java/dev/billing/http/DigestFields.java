package dev.billing.http;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.util.Locale;

/**
 * Reads the fields of an {@code Authorization} header: names and values that are quoted or bare, with commas between them. Commas and
 * escapes may occur inside quotes.
 */
final class DigestFields {

    private static final char END = '\0';

    private final String text;
    private int at;

    private DigestFields(String text) {
        this.text = text;
    }

    /** The values by name in lower case; none if they cannot be read, or a name comes twice. */
    static Option<Map<String, String>> of(String credentials) {
        return new DigestFields(credentials).read();
    }

    private Option<Map<String, String>> read() {
        Map<String, String> fields = LinkedHashMap.empty();
        do {
            String name = until("= \t,\"").toLowerCase(Locale.ROOT);
            Option<String> value = skipped('=') ? value() : Option.none();
            if (name.isEmpty() || value.isEmpty() || fields.containsKey(name)) {
                return Option.none();
            }
            fields = fields.put(name, value.get());
        } while (skipped(','));
        return Option.when(at == text.length(), fields);
    }

    private Option<String> value() {
        skipSpaces();
        if (next() == '"') {
            return quoted();
        }
        return Option.some(until(" \t,\"")).filter(bare -> !bare.isEmpty());
    }

    private Option<String> quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && next() != '"') {
            if (next() == '\\') {
                at++;
            }
            if (at < text.length()) {
                value.append(next());
                at++;
            }
        }
        return Option.when(skipped('"'), value::toString);
    }

    private String until(String ends) {
        skipSpaces();
        int start = at;
        while (at < text.length() && ends.indexOf(next()) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Whether this comes next, with spaces around it or without; if so, it is behind us now. */
    private boolean skipped(char expected) {
        skipSpaces();
        boolean found = at < text.length() && next() == expected;
        if (found) {
            at++;
            skipSpaces();
        }
        return found;
    }

    private void skipSpaces() {
        while (next() == ' ' || next() == '\t') {
            at++;
        }
    }

    private char next() {
        return at < text.length() ? text.charAt(at) : END;
    }
}

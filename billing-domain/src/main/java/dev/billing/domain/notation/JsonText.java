package dev.billing.domain.notation;

/** How JSON writes a text. */
final class JsonText {

    private JsonText() {}

    static String quoted(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        value.chars().forEach(c -> append(text, (char) c));
        return text.append('"').toString();
    }

    private static void append(StringBuilder text, char c) {
        if (c == '"' || c == '\\') {
            text.append('\\').append(c);
        } else if (c < ' ') {
            text.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        } else {
            text.append(c);
        }
    }
}

package dev.billing.domain.line;

import dev.billing.domain.notation.Notation;
import io.vavr.collection.Array;

/** Reads JSON as a program would that knows nothing of how it was written: objects, arrays and texts with escapes. */
public final class JsonReader {

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /** The object that the text is. */
    public static Notation.Fields read(String text) {
        JsonReader json = new JsonReader(text);
        Notation value = json.value();
        if (json.at != text.length()) {
            throw new IllegalArgumentException("There must be one value, but more follows at " + json.at);
        }
        return (Notation.Fields) value;
    }

    /** What is found under some names, one within the other. */
    public static Notation at(Notation tree, String... names) {
        return Array.of(names)
                .foldLeft(
                        tree,
                        (found, name) ->
                                ((Notation.Fields) found).byName().get(name).get());
    }

    /** The text that is found there. */
    public static String text(Notation tree, String... names) {
        return ((Notation.Text) at(tree, names)).value();
    }

    /** The elements of the list that is found there. */
    public static Array<Notation> items(Notation tree, String... names) {
        return Array.ofAll(((Notation.Items) at(tree, names)).values());
    }

    private void take(char wanted) {
        if (text.charAt(at++) != wanted) {
            throw new IllegalArgumentException("There must be a " + wanted + " at " + (at - 1) + " of " + text);
        }
    }

    private boolean ends(char end) {
        boolean over = text.charAt(at) == end;
        at += over ? 1 : 0;
        return over;
    }

    private Notation value() {
        return switch (text.charAt(at)) {
            case '{' -> fields();
            case '[' -> items();
            default -> Notation.of(quoted());
        };
    }

    private Notation fields() {
        take('{');
        Notation.Fields fields = Notation.fields();
        for (boolean first = true; !ends('}'); first = false) {
            if (!first) {
                take(',');
            }
            String name = quoted();
            if (fields.byName().containsKey(name)) {
                throw new IllegalArgumentException("A name must occur once, but " + name + " did not in " + text);
            }
            take(':');
            fields = fields.with(name, value());
        }
        return fields;
    }

    private Notation items() {
        take('[');
        Array<Notation> items = Array.empty();
        for (boolean first = true; !ends(']'); first = false) {
            if (!first) {
                take(',');
            }
            items = items.append(value());
        }
        return Notation.of(items);
    }

    private String quoted() {
        take('"');
        StringBuilder read = new StringBuilder();
        while (!ends('"')) {
            read.append(ends('\\') ? escaped() : text.charAt(at++));
        }
        return read.toString();
    }

    private char escaped() {
        char kind = text.charAt(at++);
        if (kind != 'u') {
            return kind;
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
}

package dev.billing.domain.notation;

import io.vavr.collection.Array;

/** Reads trees from JSON, as far as tests write it: without escapes, and with {@code '} for quotes. */
public final class JsonTrees {

    private final String text;
    private int at;

    private JsonTrees(String text) {
        this.text = text;
    }

    public static Notation read(String text) {
        JsonTrees json = new JsonTrees(text.replace('\'', '"'));
        Notation value = json.value();
        if (json.next() != '\0') {
            throw new IllegalArgumentException("There must be one value, but more follows at " + json.at);
        }
        return value;
    }

    private char next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean takes(char wanted) {
        boolean there = next() == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private Notation value() {
        if (takes('{')) {
            return fields();
        }
        return takes('[') ? items() : Notation.of(text());
    }

    private Notation fields() {
        Notation.Fields fields = Notation.fields();
        while (!takes('}')) {
            takes(',');
            String name = text();
            if (!takes(':')) {
                throw new IllegalArgumentException("A name must be followed by a colon at " + at);
            }
            fields = fields.with(name, value());
        }
        return fields;
    }

    private Notation items() {
        Array<Notation> items = Array.empty();
        while (!takes(']')) {
            takes(',');
            items = items.append(value());
        }
        return Notation.of(items);
    }

    private String text() {
        boolean quoted = takes('"');
        int start = at;
        while (quoted ? text.charAt(at) != '"' : ",:]}\0".indexOf(next()) < 0) {
            at++;
        }
        return text.substring(start, quoted ? at++ : at);
    }
}

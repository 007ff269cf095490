package dev.billing.http;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The parameters of a query, in their order, decoded. */
public record Parameters(Seq<Parameter> all) {

    public Parameters {
        requireNonNull(all, "all");
    }

    /**
     * One parameter.
     *
     * @param raw as sent
     */
    public record Parameter(String name, String value, String raw) {

        static Parameter of(String raw) {
            int equals = raw.indexOf('=');
            return equals < 0
                    ? new Parameter(decoded(raw), "", raw)
                    : new Parameter(decoded(raw.substring(0, equals)), decoded(raw.substring(equals + 1)), raw);
        }
    }

    /** Reads a query as it was sent; empty parts of it are no parameters. */
    public static Parameters of(Option<String> query) {
        return new Parameters(query.toArray()
                .flatMap(text -> Array.of(text.split("&", -1)))
                .filter(part -> !part.isEmpty())
                .map(Parameter::of));
    }

    /** All values of a name, in their order. */
    public Seq<String> values(String name) {
        return all.filter(parameter -> parameter.name().equals(name)).map(Parameter::value);
    }

    /** The first value of a name. */
    public Option<String> first(String name) {
        return all.find(parameter -> parameter.name().equals(name)).map(Parameter::value);
    }

    /** All values by name, in the order in which the names come first. */
    public Map<String, Seq<String>> byName() {
        return all.foldLeft(
                LinkedHashMap.<String, Seq<String>>empty(),
                (map, parameter) -> map.put(
                        parameter.name(),
                        map.getOrElse(parameter.name(), Array.empty()).append(parameter.value())));
    }

    /** UTF-8 behind percent signs, and spaces for plus signs. A percent sign that begins nothing stands for itself. */
    static String decoded(String text) {
        return decoded(text, true);
    }

    /** A segment of a path: as in a query, but a plus sign stands for itself. */
    public static String decodedSegment(String text) {
        return decoded(text, false);
    }

    private static String decoded(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < given.length; i++) {
            int octet = given[i] == '%' ? octet(given, i) : -1;
            if (octet >= 0) {
                bytes.write(octet);
                i += 2;
            } else {
                bytes.write(given[i] == '+' && plusIsSpace ? ' ' : given[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int octet(byte[] given, int percent) {
        if (percent + 2 >= given.length) {
            return -1;
        }
        int high = Character.digit(given[percent + 1], 16);
        int low = Character.digit(given[percent + 2], 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}

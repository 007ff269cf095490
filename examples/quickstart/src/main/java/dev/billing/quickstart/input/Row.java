package dev.billing.quickstart.input;

import dev.billing.domain.money.Decimals;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** One line of a CSV file, whose fields are read by the name of their column. */
final class Row {

    private final String file;
    private final long line;
    private final Map<String, Integer> columns;
    private final Function<Integer, String> fields;

    Row(String file, long line, Map<String, Integer> columns, Function<Integer, String> fields) {
        this.file = file;
        this.line = line;
        this.columns = columns;
        this.fields = fields;
    }

    long line() {
        return line;
    }

    /** The field's text, without white space around it; none if the column is missing or the field empty. */
    Option<String> find(String column) {
        return Option.of(columns.get(column)).map(fields).map(String::strip).filter(text -> !text.isEmpty());
    }

    String text(String column) throws BadLineException {
        Option<String> text = find(column);
        if (text.isEmpty()) {
            throw bad(column, "A value is required", "");
        }
        return text.get();
    }

    <T> T read(String column, Function<String, T> reader) throws BadLineException {
        return convert(column, text(column), reader);
    }

    <T> Option<T> readIfThere(String column, Function<String, T> reader) throws BadLineException {
        Option<String> text = find(column);
        return text.isEmpty() ? Option.none() : Option.some(convert(column, text.get(), reader));
    }

    /** The fields whose columns start so, by the rest of their names; empty ones are left out. */
    io.vavr.collection.Map<String, String> startingWith(String prefix) {
        return LinkedHashMap.ofEntries(Array.ofAll(columns.keySet())
                .filter(column -> column.startsWith(prefix))
                .sorted()
                .flatMap(column -> find(column).map(text -> new Tuple2<>(column.substring(prefix.length()), text))));
    }

    BigDecimal decimal(String column) throws BadLineException {
        return read(column, Decimals::parse);
    }

    Instant instant(String column) throws BadLineException {
        return read(column, Row::instantOf);
    }

    /** Makes something of the whole line. */
    <T> T make(Making<T> making) throws BadLineException {
        try {
            return making.make();
        } catch (IllegalArgumentException e) {
            throw bad("", message(e), "");
        }
    }

    Problem problem(String column, String rule) {
        return new Problem(file, line, column, rule, find(column).getOrElse(""));
    }

    private <T> T convert(String column, String text, Function<String, T> reader) throws BadLineException {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw bad(column, message(e), text);
        }
    }

    private BadLineException bad(String column, String rule, String value) {
        return new BadLineException(new Problem(file, line, column, rule, value));
    }

    private static String message(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }

    /** An ISO 8601 instant, or a date for its midnight in UTC. */
    static Instant instantOf(String text) {
        try {
            return Instant.parse(text.length() == "2017-01-31".length() ? text + "T00:00:00Z" : text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("An instant must be written like 2017-01-31T10:00:00Z or 2017-01-31", e);
        }
    }

    /** Makes a value that checks itself. */
    interface Making<T> {
        T make() throws BadLineException;
    }
}

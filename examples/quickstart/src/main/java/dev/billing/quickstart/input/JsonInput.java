package dev.billing.quickstart.input;

import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import javax.money.MonetaryException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A part of a JSON file, whose members are read by name. What is wrong is told with the path to it. */
final class JsonInput {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode json;
    private final String path;

    private JsonInput(JsonNode json, String path) {
        this.json = json;
        this.path = path;
    }

    /** Makes something of a part. */
    interface Making<T> {
        T make() throws BadJsonException;
    }

    /** Makes something of a whole file. */
    interface Parser<T> {
        T parse(JsonInput input) throws BadJsonException;
    }

    /** What a file says, or what is wrong with it. */
    static <T> Either<Problem, T> read(Source source, Parser<T> parser) throws IOException {
        try (InputStream in = source.open()) {
            JsonInput input = new JsonInput(STRICT.readTree(in), "");
            return Either.right(input.make(() -> parser.parse(input)));
        } catch (JacksonException e) {
            int line = Option.of(e.getLocation()).map(at -> at.getLineNr()).getOrElse(1);
            return Either.left(new Problem(source.name(), line, "", e.getOriginalMessage(), ""));
        } catch (BadJsonException e) {
            return Either.left(new Problem(source.name(), 1, e.path(), String.valueOf(e.getMessage()), e.value()));
        }
    }

    /** A member that is an object; an empty one if it is missing. */
    JsonInput member(String name) {
        return new JsonInput(json.path(name), pathOf(name));
    }

    Option<JsonInput> find(String name) {
        return Option.when(json.hasNonNull(name), () -> member(name));
    }

    /** The elements of this array. */
    Seq<JsonInput> elements() throws BadJsonException {
        if (!json.isArray()) {
            throw new BadJsonException(path, "A list is required", "");
        }
        return Array.range(0, json.size()).map(i -> new JsonInput(json.get(i), path + "[" + i + "]"));
    }

    /** What each element of a member comes to; a missing member has none. */
    <T> Seq<T> all(String name, Parser<T> parser) throws BadJsonException {
        Seq<T> values = Array.empty();
        for (JsonInput element : json.hasNonNull(name) ? member(name).elements() : Array.<JsonInput>empty()) {
            values = values.append(element.make(() -> parser.parse(element)));
        }
        return values;
    }

    /** The members of this object, which are texts. */
    Map<String, String> texts() {
        return LinkedHashMap.ofEntries(Array.ofAll(json.properties())
                .map(member -> new Tuple2<>(member.getKey(), member.getValue().asString())));
    }

    /** The only member of this object: its name; empty if there is not exactly one. */
    String onlyName() {
        return json.isObject() && json.size() == 1
                ? json.properties().iterator().next().getKey()
                : "";
    }

    boolean isNumber(String name) {
        return json.path(name).isNumber();
    }

    String text(String name) throws BadJsonException {
        JsonNode value = json.path(name);
        if (!value.isValueNode() || value.isNull()) {
            throw new BadJsonException(pathOf(name), "A value is required", "");
        }
        return value.asString();
    }

    /** A text that may be missing, and is empty then. */
    String textOrEmpty(String name) throws BadJsonException {
        return json.hasNonNull(name) ? text(name) : "";
    }

    <T> T read(String name, Function<String, T> reader) throws BadJsonException {
        String text = text(name);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new BadJsonException(pathOf(name), String.valueOf(e.getMessage()), text);
        }
    }

    <T> Option<T> readIfThere(String name, Function<String, T> reader) throws BadJsonException {
        return json.hasNonNull(name) ? Option.some(read(name, reader)) : Option.none();
    }

    Instant instant(String name) throws BadJsonException {
        return read(name, Row::instantOf);
    }

    /** A part that may be missing. */
    <T> Option<T> ifThere(String name, Parser<T> parser) throws BadJsonException {
        if (!json.hasNonNull(name)) {
            return Option.none();
        }
        JsonInput member = member(name);
        return Option.some(member.make(() -> parser.parse(member)));
    }

    /** Makes a value that checks itself. */
    <T> T make(Making<T> making) throws BadJsonException {
        try {
            return making.make();
        } catch (IllegalArgumentException e) {
            throw new BadJsonException(path, String.valueOf(e.getMessage()), "");
        }
    }

    BadJsonException bad(String rule) {
        return new BadJsonException(path, rule, json.toString());
    }

    static CurrencyUnit currency(String code) {
        try {
            return Monetary.getCurrency(code);
        } catch (MonetaryException e) {
            throw new IllegalArgumentException("A currency must be an ISO 4217 code", e);
        }
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Names the part that is wrong by its path. */
    static final class BadJsonException extends Exception {

        private static final long serialVersionUID = 1L;
        private final String path;
        private final String value;

        private BadJsonException(String path, String rule, String value) {
            super(rule);
            this.path = path;
            this.value = value;
        }

        private String path() {
            return path;
        }

        private String value() {
            return value;
        }
    }
}

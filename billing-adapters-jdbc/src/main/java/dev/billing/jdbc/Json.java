package dev.billing.jdbc;

import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationProblem;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * An object of JSON as we keep it: members that are texts, objects or arrays. Numbers are kept as texts, so that no reader
 * takes a digit away.
 */
final class Json {

    /** Names come from outside and may be of any number and length, so they are neither remembered nor limited. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final java.util.Map<String, Object> members;

    private Json(java.util.Map<String, Object> members) {
        this.members = members;
    }

    /** Writes an object. */
    static String object(Consumer<JsonGenerator> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Writes an object as a member. */
    static void object(JsonGenerator json, String name, Consumer<JsonGenerator> members) {
        json.writeName(name);
        json.writeStartObject();
        members.accept(json);
        json.writeEndObject();
    }

    /** Writes an array of objects as a member. */
    static <T> void objects(JsonGenerator json, String name, Iterable<T> values, BiConsumer<JsonGenerator, T> members) {
        json.writeName(name);
        json.writeStartArray();
        for (T value : values) {
            json.writeStartObject();
            members.accept(json, value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes texts by their names. */
    static void texts(JsonGenerator json, Map<String, String> texts) {
        texts.forEach(json::writeStringProperty);
    }

    /** Writes an array of texts as a member, each as an object of its own. */
    static void textObjects(JsonGenerator json, String name, Iterable<String> values) {
        objects(json, name, values, (object, value) -> object.writeStringProperty("is", value));
    }

    /** Writes a text as a member, if there is one. */
    static void text(JsonGenerator json, String name, Option<String> text) {
        text.forEach(value -> json.writeStringProperty(name, value));
    }

    /** Writes a tree as a member. */
    static void notation(JsonGenerator json, String name, Notation value) {
        json.writeName(name);
        write(json, value);
    }

    /** Writes the members of a tree. */
    static void members(JsonGenerator json, Notation.Fields fields) {
        fields.byName().forEach((name, value) -> notation(json, name, value));
    }

    private static void write(JsonGenerator json, Notation value) {
        if (value instanceof Notation.Fields fields) {
            json.writeStartObject();
            members(json, fields);
            json.writeEndObject();
        } else if (value instanceof Notation.Items items) {
            json.writeStartArray();
            items.values().forEach(item -> write(json, item));
            json.writeEndArray();
        } else {
            json.writeString(((Notation.Text) value).value());
        }
    }

    /** Reads an object. */
    static Json parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            return object(parser);
        }
    }

    private static Json object(JsonParser parser) {
        java.util.Map<String, Object> members = new java.util.LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Json(members);
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> parser.getString();
        };
    }

    private static List<Object> array(JsonParser parser) {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return values;
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    String text(String name) {
        return (String) member(name);
    }

    Option<String> optionalText(String name) {
        return Option.when(has(name), () -> text(name));
    }

    Json object(String name) {
        return (Json) member(name);
    }

    Option<Json> optionalObject(String name) {
        return Option.when(has(name), () -> object(name));
    }

    Seq<Json> objects(String name) {
        return Array.ofAll((List<?>) member(name)).map(Json.class::cast);
    }

    Set<String> textObjects(String name) {
        return LinkedHashSet.ofAll(objects(name).map(object -> object.text("is")));
    }

    /** All members, which are texts. */
    Map<String, String> texts() {
        return LinkedHashMap.ofAll(members).mapValues(String.class::cast);
    }

    /** All members, which are objects. */
    Map<String, Json> objects() {
        return LinkedHashMap.ofAll(members).mapValues(Json.class::cast);
    }

    /** The object as a tree. */
    Notation.Fields notation() {
        return new Notation.Fields(LinkedHashMap.ofAll(members).mapValues(Json::notation));
    }

    /** What was read of a tree that was kept. */
    static <T> T kept(Either<Seq<NotationProblem>, T> read) {
        return read.getOrElseThrow(problems -> new IllegalStateException("What was kept must be readable, but "
                + problems.map(NotationProblem::message).mkString("; ")));
    }

    private static Notation notation(Object value) {
        if (value instanceof Json object) {
            return object.notation();
        }
        return value instanceof List<?> items
                ? Notation.of(Array.ofAll(items).map(Json::notation))
                : Notation.of((String) value);
    }

    private Object member(String name) {
        Object member = members.get(name);
        if (member == null) {
            throw new IllegalStateException("What was kept must have '" + name + "', but has " + members.keySet());
        }
        return member;
    }
}

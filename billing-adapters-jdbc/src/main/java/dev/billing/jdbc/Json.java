package dev.billing.jdbc;

import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
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
 * An object of JSON as we keep it: members that are texts, objects or arrays of objects. Numbers are kept as texts, so that no reader
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

    private static List<Json> array(JsonParser parser) {
        List<Json> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(object(parser));
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

    private Object member(String name) {
        Object member = members.get(name);
        if (member == null) {
            throw new IllegalStateException("What was kept must have '" + name + "', but has " + members.keySet());
        }
        return member;
    }
}

package dev.billing.http;

import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A document that a caller sent. What is JSON is read and nothing else: not what goes on after its end, names a member twice, holds
 * U+0000 or half a character, or nests too deep. Numbers stay the text that they are, so that none is too long to compute.
 */
public sealed interface StrictJson {

    /** An object, its members in their order. */
    record Members(Map<String, StrictJson> all) implements StrictJson {
        /** A member; none if it is missing or null. */
        public Option<StrictJson> find(String name) {
            return all.get(name).filter(value -> !(value instanceof Null));
        }
    }

    /** An array. */
    record Elements(Seq<StrictJson> all) implements StrictJson {}

    /** A string. */
    record Text(String value) implements StrictJson {}

    /** A number, true or false, as written. */
    record Literal(String text) implements StrictJson {}

    /** The value null. */
    record Null() implements StrictJson {}

    /** What a document may be at most. */
    int MAX_DEPTH = 50;

    /** Reads a document in UTF-8; none if it is not JSON, or more than anybody needs. */
    static Option<StrictJson> read(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return Reader.read(text);
        } catch (CharacterCodingException | JacksonException | NotStrictException notJson) {
            return Option.none();
        }
    }

    /** Reads token by token. */
    final class Reader {

        private static final JsonFactory FACTORY = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();

        private Reader() {}

        private static Option<StrictJson> read(String text) {
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
                if (parser.nextToken() == null) {
                    return Option.none();
                }
                StrictJson value = value(parser);
                return Option.when(parser.nextToken() == null, value);
            }
        }

        private static StrictJson value(JsonParser parser) {
            return switch (parser.currentToken()) {
                case START_OBJECT -> object(parser);
                case START_ARRAY -> array(parser);
                case VALUE_STRING -> new Text(wholeText(parser.getString()));
                case VALUE_NULL -> new Null();
                default -> new Literal(parser.getString());
            };
        }

        private static StrictJson object(JsonParser parser) {
            LinkedHashMap<String, StrictJson> members = LinkedHashMap.empty();
            Set<String> names = new LinkedHashSet<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = wholeText(parser.currentName());
                if (!names.add(name)) {
                    throw new NotStrictException();
                }
                parser.nextToken();
                members = members.put(name, value(parser));
            }
            return new Members(members);
        }

        private static StrictJson array(JsonParser parser) {
            java.util.List<StrictJson> elements = new java.util.ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return new Elements(Array.ofAll(elements));
        }

        /** U+0000 and surrogates without their other half are what no database keeps. */
        private static String wholeText(String text) {
            if (text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
                throw new NotStrictException();
            }
            return text;
        }
    }

    /** What is read is not acceptable, though a lenient reader might go on. */
    final class NotStrictException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotStrictException() {
            super("", null, false, false);
        }
    }
}

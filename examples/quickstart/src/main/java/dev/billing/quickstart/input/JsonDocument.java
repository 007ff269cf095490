package dev.billing.quickstart.input;

import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationPath;
import io.vavr.collection.Array;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a document of strict JSON: one value, no name twice, no comments. A field that is {@code null} counts as missing. */
final class JsonDocument {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private final TreeBuilder tree = new TreeBuilder();

    private JsonDocument(JsonParser parser) {
        this.parser = parser;
    }

    static Document read(InputStream in) throws BadDocumentException {
        return read(FACTORY.createParser(ObjectReadContext.empty(), in));
    }

    static Document read(String text) throws BadDocumentException {
        return read(FACTORY.createParser(ObjectReadContext.empty(), text));
    }

    private static Document read(JsonParser parser) throws BadDocumentException {
        try (parser) {
            return new JsonDocument(parser).document();
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new BadDocumentException(line, "", e.getOriginalMessage());
        }
    }

    private Document document() throws BadDocumentException {
        if (parser.nextToken() == null) {
            throw new BadDocumentException(1, "", "A file must not be empty");
        }
        Notation whole = value("", 1);
        if (parser.nextToken() != null) {
            throw new BadDocumentException(line(), "", "There must be one value, but more follows");
        }
        return tree.document(whole);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private Notation value(String path, int depth) throws BadDocumentException {
        tree.begin(path, line(), depth);
        return switch (parser.currentToken()) {
            case START_OBJECT -> fields(path, depth);
            case START_ARRAY -> items(path, depth);
            case VALUE_NULL -> throw new BadDocumentException(line(), path, "A value is required");
            default -> Notation.of(parser.getString());
        };
    }

    private Notation fields(String path, int depth) throws BadDocumentException {
        Map<String, Notation> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String field = NotationPath.field(path, name);
            tree.beginField(field, line());
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                fields.put(name, value(field, depth + 1));
            }
        }
        return TreeBuilder.fields(fields);
    }

    private Notation items(String path, int depth) throws BadDocumentException {
        List<Notation> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(NotationPath.item(path, items.size()), depth + 1));
        }
        return Notation.of(Array.ofAll(items));
    }
}

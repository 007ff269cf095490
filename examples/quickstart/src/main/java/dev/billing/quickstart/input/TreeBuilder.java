package dev.billing.quickstart.input;

import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationReader;
import io.vavr.collection.LinkedHashMap;
import java.util.HashMap;
import java.util.Map;

/** What the readers of all formats do alike: they remember lines, and refuse what is too much, or there twice. */
final class TreeBuilder {

    private final Map<String, Integer> lines = new HashMap<>();

    /** A value begins. */
    void begin(String path, int line, int depth) throws BadDocumentException {
        lines.put(path, line);
        if (depth > NotationReader.MAX_DEPTH || lines.size() > NotationReader.MAX_VALUES) {
            throw new BadDocumentException(
                    line,
                    "",
                    "There must be at most " + NotationReader.MAX_VALUES + " values, nested at most "
                            + NotationReader.MAX_DEPTH + " deep");
        }
    }

    /** A field begins. */
    void beginField(String path, int line) throws BadDocumentException {
        if (lines.containsKey(path)) {
            throw new BadDocumentException(line, path, "Duplicate field: each name must be there once");
        }
        lines.put(path, line);
    }

    Document document(Notation tree) {
        return new Document(tree, lines);
    }

    static Notation fields(Map<String, Notation> byName) {
        return new Notation.Fields(LinkedHashMap.ofAll(byName));
    }
}

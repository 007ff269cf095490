package dev.billing.quickstart.input;

import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationPath;
import io.vavr.collection.Array;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a document of plain YAML 1.2: one document, no name twice, and neither anchors nor tags, so that what is read is what is seen and
 * never much longer than the file. A scalar is its text, whatever it looks like: {@code no} is no truth value and {@code 1.10} no binary
 * number. A field that is empty, {@code ~} or {@code null} counts as missing.
 */
final class YamlDocument {

    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).build();

    private static final Set<String> NULLS = Set.of("", "~", "null");

    private final Iterator<Event> events;
    private final TreeBuilder tree = new TreeBuilder();
    private Event event;

    private YamlDocument(Iterator<Event> events) {
        this.events = events;
        this.event = events.next();
    }

    static Document read(InputStream in) throws BadDocumentException {
        try {
            return new YamlDocument(new Parse(SETTINGS).parseInputStream(in).iterator()).document();
        } catch (MarkedYamlEngineException e) {
            throw new BadDocumentException(line(e.getProblemMark()), "", e.getProblem());
        } catch (YamlEngineException e) {
            throw new BadDocumentException(1, "", String.valueOf(e.getMessage()));
        }
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(at -> at.getLine() + 1).orElse(1);
    }

    private int line() {
        return line(event.getStartMark());
    }

    private Document document() throws BadDocumentException {
        next();
        if (event.getEventId() != Event.ID.DocumentStart) {
            throw bad("", "A file must not be empty");
        }
        next();
        Notation whole = value("", 1);
        next();
        if (next().getEventId() != Event.ID.StreamEnd) {
            throw bad("", "There must be one document, but another follows");
        }
        return tree.document(whole);
    }

    private Event next() {
        event = events.next();
        return event;
    }

    private BadDocumentException bad(String path, String rule) {
        return new BadDocumentException(line(), path, rule);
    }

    private Notation value(String path, int depth) throws BadDocumentException {
        tree.begin(path, line(), depth);
        requirePlain(path);
        if (isNull()) {
            throw bad(path, "A value is required");
        }
        if (event instanceof ScalarEvent scalar) {
            return Notation.of(scalar.getValue());
        }
        return event instanceof MappingStartEvent ? fields(path, depth) : items(path, depth);
    }

    private void requirePlain(String path) throws BadDocumentException {
        boolean tagged = (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
                || (event instanceof CollectionStartEvent start
                        && start.getTag().isPresent());
        if (tagged) {
            throw bad(path, "A value must have no tag");
        }
        if (event.getEventId() == Event.ID.Alias
                || ((NodeEvent) event).getAnchor().isPresent()) {
            throw bad(path, "A value must be written out, without anchors and aliases");
        }
    }

    private boolean isNull() {
        return event instanceof ScalarEvent scalar && scalar.isPlain() && NULLS.contains(scalar.getValue());
    }

    private Notation fields(String path, int depth) throws BadDocumentException {
        Map<String, Notation> fields = new LinkedHashMap<>();
        while (next().getEventId() != Event.ID.MappingEnd) {
            String name = name(path);
            String field = NotationPath.field(path, name);
            tree.beginField(field, line());
            next();
            if (isNull()) {
                requirePlain(field);
            } else {
                fields.put(name, value(field, depth + 1));
            }
        }
        return TreeBuilder.fields(fields);
    }

    private String name(String path) throws BadDocumentException {
        requirePlain(path);
        if (!(event instanceof ScalarEvent scalar)) {
            throw bad(path, "The name of a field must be a text");
        }
        return scalar.getValue();
    }

    private Notation items(String path, int depth) throws BadDocumentException {
        List<Notation> items = new ArrayList<>();
        while (next().getEventId() != Event.ID.SequenceEnd) {
            items.add(value(NotationPath.item(path, items.size()), depth + 1));
        }
        return Notation.of(Array.ofAll(items));
    }
}

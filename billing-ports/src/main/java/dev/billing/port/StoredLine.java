package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.line.LineItem;

/** A line, and the document that it is on. */
public record StoredLine(Stored document, LineItem line) {

    public StoredLine {
        requireNonNull(document, "document");
        requireNonNull(line, "line");
    }
}

package dev.billing.http;

import dev.billing.domain.invoice.InvoiceStatus;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that says what other systems call the status of a document. */
public final class LifeCyclePage {

    private LifeCyclePage() {}

    /**
     * A row of a table.
     *
     * @param field of the system's documents
     * @param value what it has, in JSON
     * @param when which statuses, or what else it depends on
     */
    public record Row(String field, String value, String when) {

        /** The statuses that it names. */
        public Seq<InvoiceStatus> statuses() {
            return Array.of(when.split(", ", -1)).map(name -> InvoiceStatus.valueOf(name));
        }
    }

    /** The rows under a system's heading. */
    public static Seq<Row> rows(String system) {
        return Array.of(text().split("\n### " + system + "\n", -1)[1]
                        .split("\n#", -1)[0]
                        .split("\n", -1))
                .filter(line -> line.startsWith("|"))
                .drop(2)
                .map(line -> line.replace("`", "").split(" *\\| *", -1))
                .map(cells -> new Row(cells[1], cells[2], cells[3]));
    }

    private static String text() {
        try {
            return Files.readString(Path.of("..", "docs", "life-cycle.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

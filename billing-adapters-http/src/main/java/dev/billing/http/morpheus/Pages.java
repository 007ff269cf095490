package dev.billing.http.morpheus;

import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/**
 * Reads a window of a result page by page, so that a window without end needs no more memory than a page.
 *
 * @param <T> what is found
 */
final class Pages<T> {

    /**
     * What is wanted of a result.
     *
     * @param max how many rows; negative for all
     */
    record Window(long max, long offset) {}

    private final Window window;
    private final Function<PageRequest, Page<T>> source;
    private long size;
    private long total;

    Pages(Window window, Function<PageRequest, Page<T>> source) {
        this.window = window;
        this.source = source;
    }

    void forEach(Consumer<T> reader) {
        long end = window.max() < 0 ? Long.MAX_VALUE : window.max();
        while (true) {
            int wanted = (int) Math.min(PageRequest.MAX_SIZE, end - size);
            Page<T> page = source.apply(new PageRequest(offset(), wanted));
            page.rows().forEach(reader);
            size += page.rows().size();
            total = page.total();
            if (page.rows().size() < wanted || size >= end) {
                return;
            }
        }
    }

    private long offset() {
        return window.offset() > Long.MAX_VALUE - size ? Long.MAX_VALUE : window.offset() + size;
    }

    /** Writes how much was read, and of how much. */
    void writeMeta(JsonGenerator json) {
        json.writeObjectPropertyStart("meta");
        json.writeNumberProperty("size", size);
        json.writeNumberProperty("total", total);
        json.writeNumberProperty("offset", window.offset());
        json.writeNumberProperty("max", window.max());
        json.writeEndObject();
    }
}

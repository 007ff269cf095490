package dev.billing.http;

import io.vavr.collection.Map;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Where an answer goes. It is started once, and may stream. */
@FunctionalInterface
public interface WireResponse {

    /**
     * Starts the answer.
     *
     * @param headers all headers of the answer, {@code Content-Type} included if it has one
     * @return where its body goes; the caller need not close it
     */
    OutputStream start(int status, Map<String, String> headers) throws IOException;

    /** An answer that is text. */
    default void text(int status, Map<String, String> headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        start(status, headers.put("Content-Length", Integer.toString(bytes.length)))
                .write(bytes);
    }

    /** An answer without a body. */
    default void empty(int status, Map<String, String> headers) throws IOException {
        text(status, headers, "");
    }
}

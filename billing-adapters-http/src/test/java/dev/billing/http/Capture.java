package dev.billing.http;

import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what a dialect answers. */
public final class Capture implements WireResponse {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private Map<String, String> headers = HashMap.empty();

    @Override
    public OutputStream start(int newStatus, Map<String, String> newHeaders) {
        status = newStatus;
        headers = newHeaders;
        return body;
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public String body() {
        return body.toString(StandardCharsets.UTF_8);
    }
}

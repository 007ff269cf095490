package dev.billing.http;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * A request as it came over the wire.
 *
 * @param method in upper case
 * @param target path and query exactly as sent, with whatever the server is mounted under
 * @param path as sent, with its percent signs
 * @param query as sent, without the question mark; none if there was no question mark
 * @param headers the first value of each header, by its name in lower case
 * @param body not read yet; belongs to the server
 */
public record WireRequest(
        String method,
        String target,
        String path,
        Option<String> query,
        Map<String, String> headers,
        InputStream body) {

    public WireRequest {
        requireNonNull(method, "method");
        requireNonNull(target, "target");
        requireNonNull(path, "path");
        requireNonNull(query, "query");
        requireNonNull(headers, "headers");
        requireNonNull(body, "body");
    }

    /** A request without a body, to a server that is mounted at the root. */
    public WireRequest(String method, String path, Option<String> query, Map<String, String> headers) {
        this(
                method,
                path + query.map(text -> "?" + text).getOrElse(""),
                path,
                query,
                headers,
                new ByteArrayInputStream(new byte[0]));
    }

    /** The same request with a body. */
    public WireRequest withBody(byte[] bytes) {
        return new WireRequest(method, target, path, query, headers, new ByteArrayInputStream(bytes));
    }

    /** The first value of a header, whose name may be in any case. */
    public Option<String> header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The query's parameters. */
    public Parameters parameters() {
        return Parameters.of(query);
    }

    /** The whole body, once; none if it has more bytes than that, or the caller does not send what it announced. */
    public Option<byte[]> readBody(int maxBytes) {
        try {
            byte[] bytes = body.readNBytes(maxBytes + 1);
            return Option.when(bytes.length <= maxBytes, bytes);
        } catch (IOException callerBrokeOff) {
            return Option.none();
        }
    }
}

package dev.billing.http;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.util.Locale;

/**
 * A request as it came over the wire.
 *
 * @param method in upper case
 * @param path as sent, with its percent signs
 * @param query as sent, without the question mark; none if there was no question mark
 * @param headers the first value of each header, by its name in lower case
 */
public record WireRequest(String method, String path, Option<String> query, Map<String, String> headers) {

    public WireRequest {
        requireNonNull(method, "method");
        requireNonNull(path, "path");
        requireNonNull(query, "query");
        requireNonNull(headers, "headers");
    }

    /** The first value of a header, whose name may be in any case. */
    public Option<String> header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }
}

package dev.billing.http.morpheus;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/**
 * A route below the base path.
 *
 * @param id as sent; empty if the route has none
 * @param methods that it takes
 */
record MorpheusRoute(Kind kind, String id, Seq<String> methods) {

    private static final String INVOICES = "/invoices";
    private static final String LINES = "/invoice-line-items";

    /** What is asked of. */
    enum Kind {
        INVOICES,
        INVOICE,
        REFRESH,
        LINES,
        LINE
    }

    static Option<MorpheusRoute> of(String path) {
        if (path.equals(INVOICES)) {
            return Option.some(new MorpheusRoute(Kind.INVOICES, "", Array.of("GET")));
        }
        if (path.equals(INVOICES + "/refresh")) {
            return Option.some(new MorpheusRoute(Kind.REFRESH, "", Array.of("POST")));
        }
        if (path.equals(LINES)) {
            return Option.some(new MorpheusRoute(Kind.LINES, "", Array.of("GET")));
        }
        return id(path, INVOICES)
                .map(id -> new MorpheusRoute(Kind.INVOICE, id, Array.of("GET", "PUT")))
                .orElse(() -> id(path, LINES).map(id -> new MorpheusRoute(Kind.LINE, id, Array.of("GET"))));
    }

    private static Option<String> id(String path, String collection) {
        return Option.when(path.startsWith(collection + "/"), () -> path.substring(collection.length() + 1))
                .filter(id -> !id.isEmpty() && id.indexOf('/') < 0);
    }
}

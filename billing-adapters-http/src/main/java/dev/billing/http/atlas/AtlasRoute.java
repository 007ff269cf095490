package dev.billing.http.atlas;

import io.vavr.control.Option;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route as the caller wrote it, with or without one slash at the end.
 *
 * @param organization not checked yet
 * @param invoice not checked yet; empty where the route names none
 */
record AtlasRoute(Kind kind, String organization, String invoice) {

    /** What is asked for. */
    enum Kind {
        LIST,
        PENDING,
        INVOICE,
        CSV
    }

    private static final Pattern ROUTE = Pattern.compile("/orgs/([^/]+)/invoices(?:/([^/]+)(/csv)?)?/?");
    private static final Pattern ID = Pattern.compile("[a-f0-9]{24}");

    /** None if there is no such route below a base. */
    static Option<AtlasRoute> of(String pathBelowBase) {
        Matcher found = ROUTE.matcher(pathBelowBase);
        return Option.when(
                found.matches(),
                () -> new AtlasRoute(
                        kind(found), found.group(1), Option.of(found.group(2)).getOrElse("")));
    }

    private static Kind kind(Matcher found) {
        if (found.group(3) != null) {
            return Kind.CSV;
        }
        if (found.group(2) == null) {
            return Kind.LIST;
        }
        return found.group(2).equals("pending") ? Kind.PENDING : Kind.INVOICE;
    }

    boolean namesInvoice() {
        return kind == Kind.INVOICE || kind == Kind.CSV;
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}

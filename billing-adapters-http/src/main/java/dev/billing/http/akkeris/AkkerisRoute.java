package dev.billing.http.akkeris;

import dev.billing.domain.Dimension;
import dev.billing.domain.profile.Akkeris;
import dev.billing.http.WireRequest;
import io.vavr.control.Option;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route as the caller wrote it.
 *
 * @param place the organization or space, by name or id, and what it is; none for the whole account
 * @param prefix what the references of the list begin with
 * @param invoiceId the id of one invoice; none for the list
 */
record AkkerisRoute(Option<PlaceSegment> place, String prefix, Option<String> invoiceId) {

    private static final String SEGMENT = "([A-Za-z0-9._-]+)";
    private static final Pattern ACCOUNT = route("/account");
    private static final Pattern ORGANIZATION = route("/organizations?/" + SEGMENT);
    private static final Pattern SPACE = route("/spaces?/" + SEGMENT);

    record PlaceSegment(Dimension dimension, String nameOrId) {}

    static Option<AkkerisRoute> of(WireRequest request, String basePath) {
        if (!request.method().equals("GET") || request.query().isDefined()) {
            return Option.none();
        }
        String path = request.path().substring(basePath.length());
        return match(ACCOUNT, path)
                .map(found -> new AkkerisRoute(Option.none(), prefix("account"), Option.of(found.group(1))))
                .orElse(() -> match(ORGANIZATION, path).map(found -> of(found, Akkeris.ORGANIZATION, "organizations")))
                .orElse(() -> match(SPACE, path).map(found -> of(found, Akkeris.SPACE, "spaces")));
    }

    private static AkkerisRoute of(Matcher found, Dimension dimension, String plural) {
        String nameOrId = found.group(1);
        return new AkkerisRoute(
                Option.some(new PlaceSegment(dimension, nameOrId)),
                prefix(plural + "/" + nameOrId),
                Option.of(found.group(2)));
    }

    private static String prefix(String scope) {
        return "/" + scope + "/invoices/";
    }

    private static Option<Matcher> match(Pattern pattern, String path) {
        Matcher matcher = pattern.matcher(path);
        return Option.when(matcher.matches(), matcher);
    }

    private static Pattern route(String scope) {
        return Pattern.compile(scope + "/invoices(?:/" + SEGMENT + ")?", Pattern.CASE_INSENSITIVE);
    }
}

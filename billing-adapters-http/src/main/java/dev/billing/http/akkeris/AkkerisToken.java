package dev.billing.http.akkeris;

import dev.billing.http.Authorization;
import io.vavr.control.Option;

/**
 * Reads the token out of an {@code Authorization} header: {@code Bearer T}, the password of {@code Basic}, or else the whole value. The
 * public front of Akkeris takes the first two, the controller behind it a raw key.
 */
final class AkkerisToken {

    private AkkerisToken() {}

    /** None if the value holds no token or cannot be read. */
    static Option<String> of(String header) {
        return Authorization.of(header)
                .map(authorization -> switch (authorization.scheme()) {
                    case "bearer" -> authorization.bearer();
                    case "basic" -> authorization.basic().map(Authorization.UserAndPassword::password);
                    default -> Option.some(header);
                })
                .getOrElse(() -> Option.some(header))
                .filter(token -> !token.isEmpty());
    }
}

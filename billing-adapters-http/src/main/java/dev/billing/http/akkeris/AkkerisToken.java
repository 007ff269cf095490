package dev.billing.http.akkeris;

import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the token out of an {@code Authorization} header: {@code Bearer T}, the password of {@code Basic}, or else the whole value. The
 * public front of Akkeris takes the first two, the controller behind it a raw key.
 */
final class AkkerisToken {

    private static final Pattern SCHEME = Pattern.compile("(bearer|basic)(?: +(.*))?", Pattern.CASE_INSENSITIVE);

    private AkkerisToken() {}

    /** None if the value holds no token or cannot be read. */
    static Option<String> of(String header) {
        Matcher scheme = SCHEME.matcher(header);
        if (!scheme.matches()) {
            return Option.of(header).filter(token -> !token.isEmpty());
        }
        Option<String> credentials = Option.of(scheme.group(2));
        return (scheme.group(1).equalsIgnoreCase("bearer") ? credentials : credentials.flatMap(AkkerisToken::password))
                .filter(token -> !token.isEmpty());
    }

    private static Option<String> password(String credentials) {
        try {
            String userAndPassword = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = userAndPassword.indexOf(':');
            return Option.when(colon >= 0, () -> userAndPassword.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            return Option.none();
        }
    }
}

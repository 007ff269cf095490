package dev.billing.http;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code Authorization} header that names a scheme.
 *
 * @param scheme in lower case
 * @param credentials what follows it; may be empty
 */
public record Authorization(String scheme, String credentials) {

    private static final Pattern HEADER = Pattern.compile("([A-Za-z]+)(?: +(.*))?");

    public Authorization {
        requireNonNull(scheme, "scheme");
        requireNonNull(credentials, "credentials");
    }

    /** None if the value does not begin with one word that a scheme could be. */
    public static Option<Authorization> of(String header) {
        Matcher matcher = HEADER.matcher(header);
        return Option.when(
                matcher.matches(),
                () -> new Authorization(
                        matcher.group(1).toLowerCase(Locale.ROOT),
                        Option.of(matcher.group(2)).getOrElse("")));
    }

    /** The token of {@code Bearer}, unless it is empty. */
    public Option<String> bearer() {
        return Option.when(scheme.equals("bearer") && !credentials.isEmpty(), credentials);
    }

    /** The user and password of {@code Basic}; none if they cannot be read. */
    public Option<UserAndPassword> basic() {
        return scheme.equals("basic") ? UserAndPassword.decoded(credentials) : Option.none();
    }

    /** What {@code Basic} carries, parted by the first colon. */
    public record UserAndPassword(String user, String password) {

        private static Option<UserAndPassword> decoded(String credentials) {
            try {
                String text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
                int colon = text.indexOf(':');
                return Option.when(
                        colon >= 0, () -> new UserAndPassword(text.substring(0, colon), text.substring(colon + 1)));
            } catch (IllegalArgumentException notBase64) {
                return Option.none();
            }
        }

        /** Tells nobody what is inside. */
        @Override
        public String toString() {
            return "UserAndPassword";
        }
    }

    /** Tells nobody the credentials. */
    @Override
    public String toString() {
        return "Authorization[" + scheme + "]";
    }
}

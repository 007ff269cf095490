package dev.billing.http;

import static java.util.Objects.requireNonNull;

import dev.billing.port.ApiKeys;
import dev.billing.port.ApiKeys.ApiKey;
import dev.billing.port.Principal;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * HTTP Digest with {@code qop=auth}: who a request comes from, or the challenge to answer it with.
 * <p>
 * There is one challenge, of one shape, because clients read no other: the order of its fields, the quotes and the spaces are part of
 * it. A nonce serves for 60 seconds and 1,024 requests, whose counts must rise. Whoever proves the secret with a nonce that does not
 * serve any more is told that it is stale, and may repeat the request with a new one; whoever does not prove it is not told.
 */
public final class DigestAuthenticator {

    private static final Pattern REALM = Pattern.compile("[\\x20-\\x7e&&[^\",\\\\]]+");
    private static final Pattern COUNT = Pattern.compile("[0-9A-Fa-f]{8}");
    private static final Seq<String> REQUIRED =
            Array.of("username", "realm", "nonce", "uri", "response", "qop", "nc", "cnonce");
    private static final int NONCE_BYTES = 24;

    /** Hashed for users that do not exist, so that they take as long as those that do. */
    private static final String NO_SECRET = "00000000-0000-0000-0000-000000000000";

    /** What is hashed with. */
    public enum Algorithm {
        MD5("MD5"),
        SHA_256("SHA-256");

        private final String token;

        Algorithm(String token) {
            this.token = token;
        }

        private String hash(String... parts) {
            byte[] bytes = String.join(":", parts).getBytes(StandardCharsets.UTF_8);
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance(token).digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform must have " + token, e);
            }
        }
    }

    private final ApiKeys keys;
    private final String realm;
    private final Algorithm algorithm;
    private final Nonces nonces;

    /**
     * Checks requests by the keys.
     *
     * @param realm is shown to callers and hashed with their secrets
     * @throws IllegalArgumentException if the realm is empty, or has a character that clients may read wrong: one beyond ASCII, a quote,
     *     a backslash or a comma
     */
    public DigestAuthenticator(ApiKeys keys, String realm, Algorithm algorithm, Clock clock) {
        this(keys, realm, algorithm, clock, randomNonces(new SecureRandom()));
    }

    DigestAuthenticator(ApiKeys keys, String realm, Algorithm algorithm, Clock clock, Supplier<String> nonces) {
        this.keys = requireNonNull(keys, "keys");
        this.algorithm = requireNonNull(algorithm, "algorithm");
        this.nonces = new Nonces(clock, nonces);
        this.realm = realm;
        if (!REALM.matcher(realm).matches()) {
            throw new IllegalArgumentException(
                    "A realm must be printable ASCII without quotes, backslashes and commas, but was '" + realm + "'");
        }
    }

    private static Supplier<String> randomNonces(SecureRandom random) {
        return () -> {
            byte[] bytes = new byte[NONCE_BYTES];
            random.nextBytes(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        };
    }

    /** The principal, or the value of the one {@code WWW-Authenticate} header of the 401. */
    public Either<String, Principal> authenticate(WireRequest request) {
        Option<Proven> proven = request.header("Authorization")
                .flatMap(Authorization::of)
                .filter(given -> given.scheme().equals("digest"))
                .flatMap(given -> DigestFields.of(given.credentials()))
                .flatMap(fields -> proven(fields, request));
        return proven.filter(answer -> nonces.use(answer.nonce(), answer.count()))
                .map(Proven::principal)
                .toEither(() -> challenge(proven.isDefined()));
    }

    /** A caller that knows the secret, and the use it made of a nonce. */
    private record Proven(Principal principal, String nonce, long count) {}

    private Option<Proven> proven(Map<String, String> fields, WireRequest request) {
        return isForUs(fields, request) ? proven(name -> fields.get(name).get(), request) : Option.none();
    }

    private boolean isForUs(Map<String, String> fields, WireRequest request) {
        return REQUIRED.forAll(fields::containsKey)
                && fields.get("realm").contains(realm)
                && fields.get("qop").contains("auth")
                && fields.get("uri").contains(request.target())
                && fields.get("nc").exists(COUNT.asMatchPredicate())
                && fields.getOrElse("algorithm", "MD5").equalsIgnoreCase(algorithm.token);
    }

    private Option<Proven> proven(UnaryOperator<String> field, WireRequest request) {
        String user = field.apply("username");
        Option<ApiKey> key = keys.byName(user);
        String ha1 = algorithm.hash(user, realm, key.map(ApiKey::secret).getOrElse(NO_SECRET));
        String ha2 = algorithm.hash(request.method(), request.target());
        String nonce = field.apply("nonce");
        String count = field.apply("nc");
        String expected = algorithm.hash(ha1, nonce, count, field.apply("cnonce"), "auth", ha2);
        boolean knowsTheSecret = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                field.apply("response").getBytes(StandardCharsets.UTF_8));
        return key.filter(known -> knowsTheSecret)
                .map(known -> new Proven(known.principal(), nonce, Long.parseLong(count, 16)));
    }

    private String challenge(boolean stale) {
        return "Digest realm=\"" + realm + "\", domain=\"\", nonce=\"" + nonces.issue() + "\", algorithm="
                + algorithm.token + ", qop=\"auth\", stale=" + stale;
    }
}

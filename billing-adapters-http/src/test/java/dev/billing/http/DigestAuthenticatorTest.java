package dev.billing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.http.DigestAuthenticator.Algorithm;
import dev.billing.port.Access;
import dev.billing.port.ApiKeys;
import dev.billing.port.ApiKeys.ApiKey;
import dev.billing.port.Principal;
import dev.billing.port.TenantId;
import dev.billing.testkit.SettableClock;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Stream;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestAuthenticatorTest {

    private static final String REALM = "MMS Public API";
    private static final String NONCE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final String CNONCE = "0a4f113b0a4f113b";
    private static final String PATH = "/api/public/v1.0/orgs/5b0000000000000000000001/invoices/";
    private static final String TARGET = PATH + "?pretty=true";
    private static final Principal PRINCIPAL = new Principal("caller", Access.toAll(new TenantId("test")));
    private static final ApiKeys KEYS = ApiKeys.single("pub", new ApiKey("priv", PRINCIPAL));
    private static final String RESPONSE = "121d62ac44c90d04bf72125f11ca8455";
    private static final String FIRST = "00000001";

    private final SettableClock clock = SettableClock.at("2018-03-01T00:00:00Z");
    private final AtomicInteger issued = new AtomicInteger();
    private final DigestAuthenticator authenticator = authenticator(Algorithm.MD5);

    private DigestAuthenticator authenticator(Algorithm algorithm) {
        return new DigestAuthenticator(KEYS, REALM, algorithm, clock, () -> nonce(issued.getAndIncrement()));
    }

    /** The first is {@link #NONCE}. */
    private static String nonce(int n) {
        return n == 0 ? NONCE : NONCE.substring(8) + String.format(Locale.ROOT, "%08d", n);
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, 00000001, 121d62ac44c90d04bf72125f11ca8455",
        "MD5, 00000002, 37be87eacef391b3fd13e87485a577a7",
        "SHA_256, 00000001, cf0d9ae859eb77c219fc4326c1d316a55aace874284b38029162d7812b6597ab",
        "SHA_256, 00000002, ff7e7b697281ef8b4264f7cb69caed6ab2a3a068473e9b9e2b087a1d63e68349"
    })
    void accepts_the_known_responses(Algorithm algorithm, String count, String response) {
        DigestAuthenticator known = authenticator(algorithm);
        challenge(known);
        Map<String, String> fields =
                fields().put("algorithm", token(algorithm)).put("nc", count).put("response", response);
        assertThat(known.authenticate(get(header(fields)))).isEqualTo(Either.right(PRINCIPAL));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void one_nonce_serves_request_after_request(Algorithm algorithm) {
        DigestAuthenticator one = authenticator(algorithm);
        challenge(one);
        for (String count : Array.of(FIRST, "00000002", "00000003", "0000000a", "0000000F", "00000400")) {
            assertAccepted(one, proof(algorithm, NONCE, count));
        }
        assertThat(issued).hasValue(1);
    }

    @Test
    void the_challenge_has_one_shape() {
        assertThat(challenge(authenticator))
                .isEqualTo("Digest realm=\"MMS Public API\", domain=\"\", nonce=\"" + NONCE
                        + "\", algorithm=MD5, qop=\"auth\", stale=false");
        assertThat(challenge(new DigestAuthenticator(KEYS, REALM, Algorithm.MD5, Clock.systemUTC())))
                .matches("Digest realm=\"MMS Public API\", domain=\"\", nonce=\"[A-Za-z0-9+/]{32}\", algorithm=MD5,"
                        + " qop=\"auth\", stale=false");
        assertThat(challenge(new DigestAuthenticator(KEYS, "r", Algorithm.SHA_256, Clock.systemUTC())))
                .matches("Digest realm=\"r\", domain=\"\", nonce=\"[A-Za-z0-9+/]{32}\", algorithm=SHA-256,"
                        + " qop=\"auth\", stale=false");
    }

    @Test
    void every_challenge_has_a_nonce_of_its_own() {
        DigestAuthenticator random = new DigestAuthenticator(KEYS, REALM, Algorithm.MD5, Clock.systemUTC());
        assertThat(Stream.continually(() -> challenge(random)).take(100).distinct())
                .hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a\\b", "a, b", "a\r\nb", "réalm"})
    void a_realm_that_clients_read_wrong_is_refused(String realm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DigestAuthenticator(KEYS, realm, Algorithm.MD5, clock))
                .withMessageContaining("'" + realm + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic cHViOnByaXY=", "Bearer priv", "Digest", "Digest ", "digestible x=y"})
    void what_is_no_digest_is_challenged(String header) {
        assertRefused(authenticator.authenticate(get(header)), false);
    }

    @Test
    void no_header_is_challenged() {
        assertRefused(authenticator.authenticate(new WireRequest("GET", PATH, Option.none(), HashMap.empty())), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // fields in another order, in other cases, quoted or bare, with other spaces
                "DIGEST cnonce=%C, nc=%N, qop=auth, response=%R, uri=\"%U\", nonce=%O, realm=\"%L\", username=pub",
                "digest Username=\"pub\",REALM=\"%L\",nonce=\"%O\",uri=\"%U\",response=\"%R\",qop=\"auth\",nc=\"%N\","
                        + "cnonce=\"%C\"",
                "Digest username = pub ,\trealm =\"%L\" , nonce= %O,uri=%U, response=%R, qop=auth, nc=%N, cnonce=%C ",
                // escapes and commas inside quotes, and what is not known
                "Digest username=\"p\\u\\b\", realm=\"MMS\\ Public API\", nonce=%O, uri=\"%U\", response=%R, qop=auth,"
                        + " nc=%N, cnonce=%C, opaque=\"a, nc=00000009, \\\"b\\\\\", userhash=false",
                "Digest username=pub, realm=\"%L\", nonce=%O, uri=%U, response=%R, qop=auth, nc=%N, cnonce=%C,"
                        + " algorithm=\"MD5\"",
                "Digest username=pub, realm=\"%L\", nonce=%O, uri=%U, response=%R, qop=auth, nc=%N, cnonce=%C,"
                        + " algorithm=md5"
            })
    void reads_the_header_however_it_is_written(String template) {
        challenge(authenticator);
        assertThat(authenticator.authenticate(get(filled(template)))).isEqualTo(Either.right(PRINCIPAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%G, opaque=a, opaque=a",
                "%G, NC=%N",
                "%G,",
                "%G, ",
                "%G, opaque",
                "%G, opaque=",
                "%G, opaque=\"a",
                "%G, opaque=\"a\\",
                "%G, opaque=\"a\"b",
                "%G, opaque=a b",
                "%G, =b",
                "%G; opaque=b",
                "Digest ,username=pub"
            })
    void a_header_that_cannot_be_read_is_challenged(String template) {
        challenge(authenticator);
        assertRefused(authenticator.authenticate(get(filled(template))), false);
        assertAccepted(authenticator, filled("%G"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "realm", "nonce", "uri", "response", "qop", "nc", "cnonce"})
    void every_field_but_the_algorithm_is_required(String name) {
        challenge(authenticator);
        assertRefused(authenticator.authenticate(get(header(fields().remove(name)))), false);
        assertAccepted(authenticator, header(fields()));
    }

    @ParameterizedTest
    @CsvSource({
        "username, nobody",
        "username, PUB",
        "realm, mms public api",
        "nonce, AAECAwQFBgcICQoLDA0ODxAREhMUFRYY",
        "uri, /api/public/v1.0/orgs/5b0000000000000000000001/invoices/",
        "uri, /api/public/v1.0/orgs/5b0000000000000000000001/invoices?pretty=true",
        "uri, /api/public/v1.0/orgs/5b0000000000000000000001/invoices/?pretty=true&",
        "uri, /api/public/v1.0/orgs/5b0000000000000000000001/invoices/?pretty=tru%65",
        "uri, http://localhost/api/public/v1.0/orgs/5b0000000000000000000001/invoices/?pretty=true",
        "response, 121d62ac44c90d04bf72125f11ca8456",
        "response, 121d62ac44c90d04bf72125f11ca845",
        "response, ''",
        "qop, auth-int",
        "qop, AUTH",
        "nc, 1",
        "nc, 000000001",
        "nc, 0000000g",
        "nc, +0000001",
        "cnonce, other",
        "algorithm, SHA-256",
        "algorithm, MD5-sess"
    })
    void a_wrong_value_is_challenged_and_uses_nothing_up(String name, String value) {
        challenge(authenticator);
        assertRefused(authenticator.authenticate(get(header(fields().put(name, value)))), false);
        assertAccepted(authenticator, header(fields()));
    }

    @ParameterizedTest
    @CsvSource({"pub, wrong", "nobody, priv", "nobody, 00000000-0000-0000-0000-000000000000", "'', priv"})
    void a_wrong_secret_and_an_unknown_user_look_the_same(String user, String secret) {
        challenge(authenticator);
        String header = proof(Algorithm.MD5, user, secret, "GET", TARGET, NONCE, FIRST);
        assertRefused(authenticator.authenticate(get(header)), false);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /orgs, /orgs/",
        "GET, /orgs/, /orgs",
        "GET, /orgs?a=1, /orgs",
        "GET, /orgs, /orgs?a=1",
        "GET, /orgs?a=1, /orgs?a=%31",
        "POST, /orgs, /orgs"
    })
    void the_response_covers_method_and_target_byte_for_byte(String method, String proven, String sent) {
        challenge(authenticator);
        String header = proof(Algorithm.MD5, "pub", "priv", method, proven, NONCE, FIRST);
        String[] parts = sent.split("\\?", 2);
        WireRequest request = new WireRequest(
                "GET", parts[0], Option.when(parts.length > 1, () -> parts[1]), HashMap.of("authorization", header));
        assertRefused(authenticator.authenticate(request), false);
    }

    @Test
    void without_an_algorithm_md5_is_meant() {
        challenge(authenticator);
        assertAccepted(authenticator, header(fields().remove("algorithm")));
        DigestAuthenticator sha = authenticator(Algorithm.SHA_256);
        String nonce = nonceOf(challenge(sha));
        assertRefused(
                sha.authenticate(get(proof(Algorithm.SHA_256, nonce, FIRST).replace(", algorithm=SHA-256", ""))),
                false);
        assertAccepted(sha, proof(Algorithm.SHA_256, nonce, FIRST));
    }

    @Test
    void a_nonce_serves_for_60_seconds() {
        challenge(authenticator);
        clock.advance(Duration.ofSeconds(60));
        assertAccepted(authenticator, proof(Algorithm.MD5, NONCE, FIRST));
        clock.advance(Duration.ofSeconds(1));
        assertRefused(authenticator.authenticate(get(proof(Algorithm.MD5, NONCE, "00000002"))), true);
    }

    @Test
    void a_stale_client_goes_on_with_the_new_nonce() {
        challenge(authenticator);
        clock.advance(Duration.ofSeconds(61));
        String challenge = authenticator
                .authenticate(get(proof(Algorithm.MD5, NONCE, FIRST)))
                .getLeft();
        assertThat(nonceOf(challenge)).isNotEqualTo(NONCE);
        assertAccepted(authenticator, proof(Algorithm.MD5, nonceOf(challenge), FIRST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000005", "00000004", "00000001", "00000000", "00000401", "ffffffff"})
    void a_count_that_was_used_or_is_too_high_is_stale(String count) {
        challenge(authenticator);
        assertAccepted(authenticator, proof(Algorithm.MD5, NONCE, "00000005"));
        assertRefused(authenticator.authenticate(get(proof(Algorithm.MD5, NONCE, count))), true);
        assertAccepted(authenticator, proof(Algorithm.MD5, NONCE, "00000006"));
    }

    @Test
    void a_nonce_that_is_not_ours_is_stale() {
        assertRefused(authenticator.authenticate(get(proof(Algorithm.MD5, NONCE, FIRST))), true);
    }

    @Test
    void with_a_wrong_secret_nothing_is_stale() {
        challenge(authenticator);
        clock.advance(Duration.ofSeconds(61));
        String old = proof(Algorithm.MD5, "pub", "wrong", "GET", TARGET, NONCE, FIRST);
        assertRefused(authenticator.authenticate(get(old)), false);
        String foreign = proof(Algorithm.MD5, "pub", "wrong", "GET", TARGET, "x", FIRST);
        assertRefused(authenticator.authenticate(get(foreign)), false);
    }

    @Test
    void the_oldest_of_10001_nonces_is_forgotten() {
        Seq<String> nonces = Array.fill(10_001, () -> nonceOf(challenge(authenticator)));
        assertAccepted(authenticator, proof(Algorithm.MD5, nonces.get(1), FIRST));
        assertAccepted(authenticator, proof(Algorithm.MD5, nonces.last(), FIRST));
        assertRefused(authenticator.authenticate(get(proof(Algorithm.MD5, nonces.head(), FIRST))), true);
    }

    @Test
    void of_many_threads_with_one_count_one_is_accepted() throws Exception {
        challenge(authenticator);
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 1; round <= 50; round++) {
                String header = proof(Algorithm.MD5, NONCE, String.format(Locale.ROOT, "%08x", round));
                CyclicBarrier start = new CyclicBarrier(threads);
                Callable<Either<String, Principal>> call = () -> {
                    start.await();
                    return authenticator.authenticate(get(header));
                };
                int accepted = 0;
                for (Future<Either<String, Principal>> answer :
                        pool.invokeAll(Array.fill(threads, call).asJava())) {
                    accepted += answer.get().isRight() ? 1 : 0;
                }
                assertThat(accepted).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void assertAccepted(DigestAuthenticator by, String header) {
        assertThat(by.authenticate(get(header))).isEqualTo(Either.right(PRINCIPAL));
    }

    private static void assertRefused(Either<String, Principal> answer, boolean stale) {
        assertThat(answer.isLeft()).isTrue();
        assertThat(answer.getLeft())
                .matches("Digest realm=\"MMS Public API\", domain=\"\", nonce=\"[A-Za-z0-9+/]{32}\", algorithm=[^,]+,"
                        + " qop=\"auth\", stale=" + stale);
    }

    private static String challenge(DigestAuthenticator by) {
        return by.authenticate(get("")).getLeft();
    }

    private static String nonceOf(String challenge) {
        return challenge.replaceAll(".* nonce=\"([^\"]*)\".*", "$1");
    }

    private static WireRequest get(String header) {
        return new WireRequest("GET", PATH, Option.some("pretty=true"), HashMap.of("authorization", header));
    }

    private static Map<String, String> fields() {
        return LinkedHashMap.<String, String>empty()
                .put("username", "pub")
                .put("realm", REALM)
                .put("nonce", NONCE)
                .put("uri", TARGET)
                .put("response", RESPONSE)
                .put("qop", "auth")
                .put("nc", FIRST)
                .put("cnonce", CNONCE);
    }

    private static String header(Map<String, String> fields) {
        return "Digest "
                + fields.map(field -> field._1 + "=\"" + field._2 + "\"").mkString(", ");
    }

    private static String filled(String template) {
        return template.replace("%G", header(fields()))
                .replace("%C", CNONCE)
                .replace("%N", FIRST)
                .replace("%R", RESPONSE)
                .replace("%U", TARGET)
                .replace("%O", NONCE)
                .replace("%L", REALM);
    }

    private static String proof(Algorithm algorithm, String nonce, String count) {
        return proof(algorithm, "pub", "priv", "GET", TARGET, nonce, count);
    }

    /** What a client sends. */
    private static String proof(
            Algorithm algorithm, String user, String secret, String method, String uri, String nonce, String count) {
        String ha1 = hash(algorithm, user + ":" + REALM + ":" + secret);
        String ha2 = hash(algorithm, method + ":" + uri);
        String response = hash(algorithm, String.join(":", ha1, nonce, count, CNONCE, "auth", ha2));
        return "Digest username=\"" + user + "\", realm=\"" + REALM + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", cnonce=\"" + CNONCE + "\", nc=" + count + ", qop=auth, response=\"" + response + "\", algorithm="
                + token(algorithm);
    }

    private static String token(Algorithm algorithm) {
        return algorithm == Algorithm.MD5 ? "MD5" : "SHA-256";
    }

    private static String hash(Algorithm algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(token(algorithm));
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

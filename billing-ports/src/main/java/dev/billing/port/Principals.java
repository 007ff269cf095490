package dev.billing.port;

import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Knows who a token belongs to. The embedding service implements this over its own accounts.
 * <ol>
 *   <li>A1: {@code byToken} returns the principal whose token it is, compared exactly.
 *   <li>A2: An unknown, empty or expired token has no principal.
 * </ol>
 * Implementations compare in a time that does not depend on how much of the token is right, and are safe for use by many threads.
 */
public interface Principals {

    Option<Principal> byToken(String token);

    /** One principal with one token. */
    static Principals single(String token, Principal principal) {
        byte[] expected = token.getBytes(StandardCharsets.UTF_8);
        return given -> Option.when(
                !given.isEmpty() && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8)), principal);
    }
}

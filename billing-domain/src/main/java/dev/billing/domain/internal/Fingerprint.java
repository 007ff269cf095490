package dev.billing.domain.internal;

import io.vavr.collection.Array;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The digest of values, the same for values that are equal, on every machine: it names what a command asks for, and seals documents.
 * Records are read part by part, so that no part is ever forgotten; maps and sets have no order, and numbers no trailing zeros.
 */
public final class Fingerprint {

    private final MessageDigest digest = Sha256.start();

    private Fingerprint() {}

    /** The digest of a few values. */
    public static String of(Object... values) {
        return start().and(Array.of(values)).hex();
    }

    /** Begins a digest of many values, one after the other. */
    public static Fingerprint start() {
        return new Fingerprint();
    }

    /** Adds a value. */
    public Fingerprint and(Object value) {
        digest.update(Canonical.bytes(value));
        return this;
    }

    /** Ends it: SHA-256 in lower-case hex. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

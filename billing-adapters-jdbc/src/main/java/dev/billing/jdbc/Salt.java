package dev.billing.jdbc;

import dev.billing.domain.invoice.Seal;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Random texts that nobody guesses, one for each seal. */
final class Salt {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Salt() {}

    static String draw() {
        byte[] salt = new byte[Seal.SALT_BYTES];
        RANDOM.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }
}

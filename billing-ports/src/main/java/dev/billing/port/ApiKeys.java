package dev.billing.port;

import io.vavr.control.Option;

/**
 * Finds the secret of a public key, for schemes that prove a secret without sending it. Implementations are safe for use by many
 * threads.
 */
@FunctionalInterface
public interface ApiKeys {

    /** The key of this public name. */
    Option<ApiKey> byName(String publicKey);

    /** One key. */
    static ApiKeys single(String publicKey, ApiKey key) {
        return name -> Option.when(name.equals(publicKey), key);
    }

    /**
     * A key.
     *
     * @param secret what both sides know
     * @param principal who it is
     */
    record ApiKey(String secret, Principal principal) {
        /** Tells nobody the secret. */
        @Override
        public String toString() {
            return "ApiKey[" + principal.name() + "]";
        }
    }
}

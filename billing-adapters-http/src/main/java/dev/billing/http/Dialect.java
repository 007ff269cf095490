package dev.billing.http;

import java.io.IOException;

/**
 * One system's wire format, below a base path. A new dialect is one implementation of this, handed to {@link BillingServlet}; it knows
 * HTTP, but no server.
 */
public interface Dialect {

    /** Where its routes begin: empty, or a path such as {@code /api/v1} that does not end in a slash. */
    String basePath();

    /**
     * Answers a request for a path at or below the base path. Exceptions are answered by {@link #fail}, unless a part of the answer is
     * out already.
     */
    void answer(WireRequest request, WireResponse response) throws IOException;

    /** Answers a request that failed for no reason that the caller could mend. Never tells anything of what happened inside. */
    void fail(WireRequest request, WireResponse response) throws IOException;
}

package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;

/** Who makes a request, and what they may see. */
public record Principal(String name, Access access) {

    public Principal {
        Checks.requireId(name, "Principal name");
        requireNonNull(access, "access");
    }
}

package dev.billing.port;

import dev.billing.domain.internal.Checks;

/** One installation's data. Nothing crosses from one tenant to another. */
public record TenantId(String value) {

    /**
     * @throws IllegalArgumentException if the value is blank, longer than 200 characters or holds a control character
     */
    public TenantId {
        Checks.requireId(value, "Tenant id");
    }

    @Override
    public String toString() {
        return value;
    }
}

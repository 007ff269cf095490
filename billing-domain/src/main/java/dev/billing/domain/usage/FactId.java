package dev.billing.domain.usage;

import dev.billing.domain.internal.Checks;

/** The identity of a fact within its tenant, given by who reports it. A fact reported again has the same id. */
public record FactId(String value) {

    /**
     * @throws IllegalArgumentException if the value is blank, longer than 200 characters or holds a control character
     */
    public FactId {
        Checks.requireId(value, "Fact id");
    }

    @Override
    public String toString() {
        return value;
    }
}

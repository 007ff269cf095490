package dev.billing.domain;

import dev.billing.domain.internal.Checks;

/** Who is billed, or who owns what is billed: the identity of an account within its tenant. */
public record AccountId(String value) {

    /**
     * @throws IllegalArgumentException if the value is blank, longer than 200 characters or holds a control character
     */
    public AccountId {
        Checks.requireId(value, "Account id");
    }

    @Override
    public String toString() {
        return value;
    }
}

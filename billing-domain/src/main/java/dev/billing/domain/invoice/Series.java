package dev.billing.domain.invoice;

import dev.billing.domain.internal.Checks;

/** A sequence of invoice numbers 1, 2, 3, … without gaps, such as one for each shop. */
public record Series(String scope) {

    /**
     * @throws IllegalArgumentException if the scope is blank, longer than 200 characters or holds a control character
     */
    public Series {
        Checks.requireId(scope, "Series");
    }
}

package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;

/**
 * A sequence of invoice numbers, such as one for each shop. Series of one scope count together, however they are written.
 *
 * @param format how its numbers are written
 * @param gaps whether numbers may be missing
 */
public record Series(String scope, NumberFormat format, Gaps gaps) {

    /** Whether numbers may be missing. */
    public enum Gaps {
        /** 1, 2, 3, … in the order of issue; whoever issues waits for whoever issues in the same series. */
        NONE,
        /** Unique and ascending, for jurisdictions where a number may be missing: nobody waits, and what is refused leaves a gap. */
        ALLOWED
    }

    /**
     * @throws IllegalArgumentException if the scope is blank, longer than 200 characters or holds a control character
     */
    public Series {
        Checks.requireId(scope, "Series");
        requireNonNull(format, "format");
        requireNonNull(gaps, "gaps");
    }

    /** A series without gaps, of plain numbers. */
    public Series(String scope) {
        this(scope, NumberFormat.PLAIN, Gaps.NONE);
    }
}

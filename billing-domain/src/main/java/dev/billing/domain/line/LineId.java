package dev.billing.domain.line;

import dev.billing.domain.internal.Checks;

/** The identity of a line within its document. */
public record LineId(String value) {

    /**
     * @throws IllegalArgumentException if the value is blank, longer than 250 characters or holds a control character
     */
    public LineId {
        Checks.requireId(value, 250, "Line id");
    }

    @Override
    public String toString() {
        return value;
    }
}

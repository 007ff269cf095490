package dev.billing.domain.invoice;

import dev.billing.domain.internal.Checks;

/** The identity of a document within its tenant. */
public record InvoiceId(String value) implements Comparable<InvoiceId> {

    /**
     * @throws IllegalArgumentException if the value is blank, longer than 500 characters or holds a control character
     */
    public InvoiceId {
        Checks.requireId(value, 500, "Invoice id");
    }

    @Override
    public int compareTo(InvoiceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

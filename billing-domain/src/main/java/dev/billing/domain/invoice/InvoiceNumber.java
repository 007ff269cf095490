package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

/** The number that a document got from its series when it was issued. */
public record InvoiceNumber(Series series, long value) {

    /**
     * @throws IllegalArgumentException if the number is not 1 or more
     */
    public InvoiceNumber {
        requireNonNull(series, "series");
        if (value < 1) {
            throw new IllegalArgumentException("An invoice number must be 1 or more, but was " + value);
        }
    }

    /** As it is written on the document. */
    public String text() {
        return series.format().text(value);
    }
}

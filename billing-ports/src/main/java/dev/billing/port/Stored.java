package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.Standing;
import java.time.Instant;

/** A document as it is stored, and how it stands. */
public record Stored(Invoice invoice, Standing standing) {

    public Stored {
        requireNonNull(invoice, "invoice");
        requireNonNull(standing, "standing");
    }

    /** When it was changed last, the document itself or how it stands. */
    public Instant updatedAt() {
        return invoice.asOf().isAfter(standing.updatedAt()) ? invoice.asOf() : standing.updatedAt();
    }
}

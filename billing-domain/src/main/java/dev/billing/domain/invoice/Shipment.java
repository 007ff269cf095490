package dev.billing.domain.invoice;

import dev.billing.domain.internal.Checks;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** That the goods of a document were sent, and what the customer was told. */
public record Shipment(String message, Instant at) {

    /** Keeps {@code at} in milliseconds. */
    public Shipment {
        Checks.requireLines(message, "Shipment message");
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }
}

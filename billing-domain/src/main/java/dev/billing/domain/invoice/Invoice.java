package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A document: its head and figures. Its lines stream from the store, because a month may have millions. */
public sealed interface Invoice {

    Head head();

    Figures figures();

    /** Computed at an instant, and not stored. */
    record Preview(Head head, Figures figures, Instant asOf) implements Invoice {
        /** Keeps {@code asOf} in milliseconds. */
        public Preview {
            requireNonNull(head, "head");
            requireNonNull(figures, "figures");
            asOf = asOf.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * Stored, and revised as facts come in.
     *
     * @param revision 1 when first stored, then one more with each change
     */
    record Running(Head head, Figures figures, long revision) implements Invoice {
        public Running {
            requireNonNull(head, "head");
            requireNonNull(figures, "figures");
            if (revision < 1) {
                throw new IllegalArgumentException("A revision must be 1 or more, but was " + revision);
            }
        }
    }

    /**
     * Sealed: number, parties, lines and figures never change.
     *
     * @param number if it is numbered
     * @param issuedAt facts recorded after this are late for it
     */
    record Issued(Head head, Figures figures, Option<InvoiceNumber> number, Instant issuedAt) implements Invoice {
        /** Keeps {@code issuedAt} in milliseconds. */
        public Issued {
            requireNonNull(head, "head");
            requireNonNull(figures, "figures");
            requireNonNull(number, "number");
            issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
        }
    }
}

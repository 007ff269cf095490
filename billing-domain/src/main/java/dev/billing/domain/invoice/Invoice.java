package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A document: its head and figures. Its lines stream from the store, because a month may have millions. */
public sealed interface Invoice {

    Head head();

    Figures figures();

    /** The instant at which it was computed as it is. */
    Instant asOf();

    /** The same document with other figures. */
    Invoice with(Figures newFigures);

    /** Computed at an instant, and not stored. */
    record Preview(Head head, Figures figures, Instant asOf) implements Invoice {
        /** Keeps {@code asOf} in milliseconds. */
        public Preview {
            requireNonNull(head, "head");
            requireNonNull(figures, "figures");
            asOf = asOf.truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        public Preview with(Figures newFigures) {
            return new Preview(head, newFigures, asOf);
        }
    }

    /**
     * Stored, and revised as facts come in.
     *
     * @param revision 1 when first stored, then one more with each change
     * @param asOf when this revision was computed
     */
    record Running(Head head, Figures figures, long revision, Instant asOf) implements Invoice {
        /** Keeps {@code asOf} in milliseconds. */
        public Running {
            requireNonNull(head, "head");
            requireNonNull(figures, "figures");
            if (revision < 1) {
                throw new IllegalArgumentException("A revision must be 1 or more, but was " + revision);
            }
            asOf = asOf.truncatedTo(ChronoUnit.MILLIS);
        }

        /** A revision computed when the document was created. */
        public Running(Head head, Figures figures, long revision) {
            this(head, figures, revision, head.createdAt());
        }

        @Override
        public Running with(Figures newFigures) {
            return new Running(head, newFigures, revision, asOf);
        }
    }

    /**
     * Sealed: number, parties, lines and figures never change.
     *
     * @param number if it is numbered
     * @param issuedAt facts recorded after this are late for it
     * @param seal the digest of its content; none if it was issued before there were seals
     */
    record Issued(Head head, Figures figures, Option<InvoiceNumber> number, Instant issuedAt, Option<Seal> seal)
            implements Invoice {
        /** Keeps {@code issuedAt} in milliseconds. */
        public Issued {
            requireNonNull(head, "head");
            requireNonNull(figures, "figures");
            requireNonNull(number, "number");
            requireNonNull(seal, "seal");
            issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
        }

        /** A document without a seal. */
        public Issued(Head head, Figures figures, Option<InvoiceNumber> number, Instant issuedAt) {
            this(head, figures, number, issuedAt, Option.none());
        }

        /** The same document with its seal. */
        public Issued sealed(Seal newSeal) {
            return new Issued(head, figures, number, issuedAt, Option.some(newSeal));
        }

        /**
         * The same document without whom it is addressed to: its seal still holds, and keeps nothing of the customer. One that is
         * addressed to nobody stays as it is.
         *
         * @param replacement what is shown instead
         */
        public Issued erased(Option<Customer> replacement) {
            return head.billedTo().isEmpty()
                    ? this
                    : new Issued(
                            head.addressedTo(replacement),
                            figures,
                            number,
                            issuedAt,
                            seal.map(kept -> kept.erased(replacement)));
        }

        @Override
        public Instant asOf() {
            return issuedAt;
        }

        @Override
        public Issued with(Figures newFigures) {
            return new Issued(head, newFigures, number, issuedAt, seal);
        }
    }
}

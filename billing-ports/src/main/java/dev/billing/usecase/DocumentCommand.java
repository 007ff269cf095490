package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.InvoiceId;

/** Asks for a change of what is kept beside a document, whether that is final or not. */
public sealed interface DocumentCommand extends Command {

    /** The document. */
    InvoiceId invoice();

    /** Puts tags on a document and takes them off. */
    record Tag(InvoiceId invoice, TagInvoice.Change change) implements DocumentCommand {
        public Tag {
            requireNonNull(invoice, "invoice");
            requireNonNull(change, "change");
        }
    }

    /**
     * Marks an order as shipped.
     *
     * @param message what the customer is told
     */
    record Ship(InvoiceId invoice, String message) implements DocumentCommand {

        /**
         * Checks the message.
         *
         * @throws IllegalArgumentException as the constructor of {@link dev.billing.domain.invoice.Shipment}
         */
        public Ship {
            requireNonNull(invoice, "invoice");
            Checks.requireLines(message, "Shipment message");
        }
    }
}

package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;

/**
 * The answer to a commit: the same one, however often it is sent.
 *
 * @param numbers what was numbered
 * @param events what it made happen, in order
 */
public record Receipt(CommandKey key, Map<InvoiceId, InvoiceNumber> numbers, Seq<Event> events) {

    public Receipt {
        requireNonNull(key, "key");
        requireNonNull(numbers, "numbers");
        requireNonNull(events, "events");
    }

    /** The answer to a commit that nobody was told of. */
    public Receipt(CommandKey key, Map<InvoiceId, InvoiceNumber> numbers) {
        this(key, numbers, Array.empty());
    }
}

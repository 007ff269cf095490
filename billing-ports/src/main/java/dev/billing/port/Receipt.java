package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import io.vavr.collection.Map;

/** The answer to a commit: the same one, however often it is sent. */
public record Receipt(CommandKey key, Map<InvoiceId, InvoiceNumber> numbers) {

    public Receipt {
        requireNonNull(key, "key");
        requireNonNull(numbers, "numbers");
    }
}

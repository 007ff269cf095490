package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who a document is addressed to, as known when it was issued: a snapshot, not a link.
 *
 * @param taxIds under which tax authorities know them, where an invoice must say so
 */
public record Customer(
        String id,
        String name,
        String email,
        Instant createdAt,
        Option<Address> billingAddress,
        Option<Address> shippingAddress,
        Seq<TaxId> taxIds) {

    /** Keeps {@code createdAt} in milliseconds. */
    public Customer {
        Checks.requireId(id, "Customer id");
        Checks.requireText(name, "Customer name");
        Checks.requireText(email, "Email");
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(billingAddress, "billingAddress");
        requireNonNull(shippingAddress, "shippingAddress");
        requireNonNull(taxIds, "taxIds");
    }

    /** One of whom no tax id is known. */
    public Customer(
            String id,
            String name,
            String email,
            Instant createdAt,
            Option<Address> billingAddress,
            Option<Address> shippingAddress) {
        this(id, name, email, createdAt, billingAddress, shippingAddress, Array.empty());
    }

    /** The same with other tax ids. */
    public Customer with(Seq<TaxId> newTaxIds) {
        return new Customer(id, name, email, createdAt, billingAddress, shippingAddress, newTaxIds);
    }
}

package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Who a document is addressed to, as known when it was issued: a snapshot, not a link. */
public record Customer(
        String id,
        String name,
        String email,
        Instant createdAt,
        Option<Address> billingAddress,
        Option<Address> shippingAddress) {

    /** Keeps {@code createdAt} in milliseconds. */
    public Customer {
        Checks.requireId(id, "Customer id");
        Checks.requireText(name, "Customer name");
        Checks.requireText(email, "Email");
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(billingAddress, "billingAddress");
        requireNonNull(shippingAddress, "shippingAddress");
    }
}

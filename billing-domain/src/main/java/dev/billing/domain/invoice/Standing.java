package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.money.CurrencyUnit;

/**
 * All that may change after a document is issued. Kept beside the document, with a version of its own.
 *
 * @param version 1 at first, then one more with each change
 */
public record Standing(
        InvoiceId invoice,
        long version,
        InvoiceStatus status,
        Seq<Payment> payments,
        Seq<Refund> refunds,
        Option<Shipment> shipment,
        Seq<Tag> tags,
        Instant updatedAt) {

    /**
     * Keeps {@code updatedAt} in milliseconds.
     *
     * @throws IllegalArgumentException if the version is not 1 or more
     */
    public Standing {
        requireNonNull(invoice, "invoice");
        requireNonNull(status, "status");
        requireNonNull(payments, "payments");
        requireNonNull(refunds, "refunds");
        requireNonNull(shipment, "shipment");
        requireNonNull(tags, "tags");
        if (version < 1) {
            throw new IllegalArgumentException("A version must be 1 or more, but was " + version);
        }
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** How a document stands when it comes into being. */
    public static Standing initial(InvoiceId invoice, InvoiceStatus status, Instant at) {
        return new Standing(invoice, 1, status, Array.empty(), Array.empty(), Option.none(), Array.empty(), at);
    }

    /** With another status, from {@code at} on. */
    public Standing becoming(InvoiceStatus newStatus, Instant at) {
        return new Standing(invoice, version + 1, newStatus, payments, refunds, shipment, tags, at);
    }

    /** With one more payment, and the status it leads to. */
    public Standing receiving(Payment payment, InvoiceStatus newStatus) {
        return new Standing(
                invoice,
                version + 1,
                newStatus,
                payments.append(payment),
                refunds,
                shipment,
                tags,
                payment.updatedAt());
    }

    /** With one more refund. */
    public Standing refunding(Refund refund) {
        return new Standing(
                invoice, version + 1, status, payments, refunds.append(refund), shipment, tags, refund.at());
    }

    /** With another status, and exactly these payments and refunds. */
    public Standing settled(InvoiceStatus newStatus, Seq<Payment> newPayments, Seq<Refund> newRefunds, Instant at) {
        return new Standing(invoice, version + 1, newStatus, newPayments, newRefunds, shipment, tags, at);
    }

    /** Sent to the customer. */
    public Standing shipped(Shipment sent) {
        return new Standing(invoice, version + 1, status, payments, refunds, Option.some(sent), tags, sent.at());
    }

    /** With exactly these tags. */
    public Standing tagged(Seq<Tag> newTags, Instant at) {
        return new Standing(invoice, version + 1, status, payments, refunds, shipment, newTags, at);
    }

    /** The sum of the payments; refunds are not deducted. */
    public Money paid(CurrencyUnit currency) {
        return payments.map(Payment::paid).fold(Money.zero(currency), Money::plus);
    }
}

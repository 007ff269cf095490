package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.meter.CustomAggregations;
import io.vavr.control.Option;

/**
 * The ports that billing works on.
 *
 * @param invoices writes documents, accounts and events, and reads documents
 * @param accounts reads accounts, from the same storage
 * @param outbox reads events, from the same storage
 * @param aggregations the host's own ways to count
 * @param taxes the engine that computes all taxes; none for the rates of each account's terms
 */
public record Ports(
        InvoiceStore invoices,
        AccountStore accounts,
        Outbox outbox,
        UsageStore usage,
        PriceBooks priceBooks,
        Directory directory,
        CustomAggregations aggregations,
        Option<TaxCalculator> taxes) {

    public Ports {
        requireNonNull(invoices, "invoices");
        requireNonNull(accounts, "accounts");
        requireNonNull(outbox, "outbox");
        requireNonNull(usage, "usage");
        requireNonNull(priceBooks, "priceBooks");
        requireNonNull(directory, "directory");
        requireNonNull(aggregations, "aggregations");
        requireNonNull(taxes, "taxes");
    }

    /** Ports without an engine for taxes. */
    public Ports(
            InvoiceStore invoices,
            AccountStore accounts,
            Outbox outbox,
            UsageStore usage,
            PriceBooks priceBooks,
            Directory directory,
            CustomAggregations aggregations) {
        this(invoices, accounts, outbox, usage, priceBooks, directory, aggregations, Option.none());
    }

    /** Ports of a host that counts in no way of its own, without an engine for taxes. */
    public Ports(
            InvoiceStore invoices,
            AccountStore accounts,
            Outbox outbox,
            UsageStore usage,
            PriceBooks priceBooks,
            Directory directory) {
        this(invoices, accounts, outbox, usage, priceBooks, directory, CustomAggregations.NONE);
    }

    /** The same ports, with ways to count of the host's own. */
    public Ports with(CustomAggregations own) {
        return new Ports(invoices, accounts, outbox, usage, priceBooks, directory, own, taxes);
    }

    /** The same ports, with other documents. */
    public Ports with(InvoiceStore other) {
        return new Ports(other, accounts, outbox, usage, priceBooks, directory, aggregations, taxes);
    }

    /** The same ports, with an engine that computes all taxes. */
    public Ports with(TaxCalculator engine) {
        return new Ports(invoices, accounts, outbox, usage, priceBooks, directory, aggregations, Option.some(engine));
    }
}

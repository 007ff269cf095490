package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.meter.CustomAggregations;

/**
 * The ports that billing works on.
 *
 * @param aggregations the host's own ways to count
 */
public record Ports(
        InvoiceStore invoices,
        UsageStore usage,
        PriceBooks priceBooks,
        Directory directory,
        CustomAggregations aggregations) {

    public Ports {
        requireNonNull(invoices, "invoices");
        requireNonNull(usage, "usage");
        requireNonNull(priceBooks, "priceBooks");
        requireNonNull(directory, "directory");
        requireNonNull(aggregations, "aggregations");
    }

    /** Ports of a host that counts in no way of its own. */
    public Ports(InvoiceStore invoices, UsageStore usage, PriceBooks priceBooks, Directory directory) {
        this(invoices, usage, priceBooks, directory, CustomAggregations.NONE);
    }

    /** The same ports, with ways to count of the host's own. */
    public Ports with(CustomAggregations own) {
        return new Ports(invoices, usage, priceBooks, directory, own);
    }
}

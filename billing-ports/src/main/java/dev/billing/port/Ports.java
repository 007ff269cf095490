package dev.billing.port;

import static java.util.Objects.requireNonNull;

/** The ports that billing works on. */
public record Ports(InvoiceStore invoices, UsageStore usage, PriceBooks priceBooks, Directory directory) {

    public Ports {
        requireNonNull(invoices, "invoices");
        requireNonNull(usage, "usage");
        requireNonNull(priceBooks, "priceBooks");
        requireNonNull(directory, "directory");
    }
}

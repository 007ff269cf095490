package dev.billing.testkit;

import dev.billing.port.Ports;

/** All ports in memory: for tests and for a first look. */
public final class InMemoryPorts {

    private InMemoryPorts() {}

    /** Empty ports. */
    public static Ports create() {
        return on(new InMemoryInvoiceStore());
    }

    /** Ports with the documents, accounts and events of a store, and else empty. */
    public static Ports on(InMemoryInvoiceStore store) {
        return new Ports(
                store, store, store, new InMemoryUsageStore(), new InMemoryPriceBooks(), new InMemoryDirectory());
    }
}

package dev.billing.testkit;

import dev.billing.port.Ports;

/** All ports in memory: for tests and for a first look. */
public final class InMemoryPorts {

    private InMemoryPorts() {}

    /** Empty ports. */
    public static Ports create() {
        InMemoryInvoiceStore store = new InMemoryInvoiceStore();
        return new Ports(
                store, store, store, new InMemoryUsageStore(), new InMemoryPriceBooks(), new InMemoryDirectory());
    }
}

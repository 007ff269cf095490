package dev.billing.testkit;

import dev.billing.port.InvoiceStore;

class InMemoryInvoiceQueryProperties extends InvoiceQueryProperties {

    @Override
    protected InvoiceStore emptyStore() {
        return new InMemoryInvoiceStore();
    }
}

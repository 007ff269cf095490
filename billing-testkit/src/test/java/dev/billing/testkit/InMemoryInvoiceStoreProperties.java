package dev.billing.testkit;

import dev.billing.port.InvoiceStore;

class InMemoryInvoiceStoreProperties extends InvoiceStoreProperties {

    @Override
    protected InvoiceStore emptyStore() {
        return new InMemoryInvoiceStore();
    }
}

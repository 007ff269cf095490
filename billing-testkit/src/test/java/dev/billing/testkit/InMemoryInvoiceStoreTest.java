package dev.billing.testkit;

import dev.billing.port.InvoiceStore;

class InMemoryInvoiceStoreTest extends InvoiceStoreContract {

    @Override
    protected InvoiceStore emptyStore() {
        return new InMemoryInvoiceStore();
    }
}

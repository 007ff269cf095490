package dev.billing.jdbc;

import dev.billing.port.InvoiceStore;
import dev.billing.testkit.InvoiceStoreProperties;

class H2InvoiceStoreProperties extends InvoiceStoreProperties {

    @Override
    protected InvoiceStore emptyStore() {
        return JdbcPorts.open(H2.inMemory()).invoices();
    }
}

package dev.billing.jdbc;

import dev.billing.port.InvoiceStore;
import dev.billing.testkit.InvoiceStoreContract;

class H2InvoiceStoreTest extends InvoiceStoreContract {

    @Override
    protected InvoiceStore emptyStore() {
        return JdbcPorts.open(H2.inMemory()).invoices();
    }
}

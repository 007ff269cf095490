package dev.billing.jdbc;

import dev.billing.port.InvoiceStore;
import dev.billing.testkit.InvoiceQueryProperties;

class H2InvoiceQueryProperties extends InvoiceQueryProperties {

    @Override
    protected InvoiceStore emptyStore() {
        return JdbcPorts.open(H2.inMemory()).invoices();
    }
}

package dev.billing.jdbc;

import dev.billing.port.InvoiceStore;
import dev.billing.testkit.InvoiceStoreContract;

class PostgreSqlInvoiceStoreTest extends InvoiceStoreContract {

    @Override
    protected InvoiceStore emptyStore() {
        return JdbcPorts.open(PostgreSql.empty()).invoices();
    }
}

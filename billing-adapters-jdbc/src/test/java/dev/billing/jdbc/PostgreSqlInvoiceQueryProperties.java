package dev.billing.jdbc;

import dev.billing.port.InvoiceStore;
import dev.billing.testkit.InvoiceQueryProperties;

class PostgreSqlInvoiceQueryProperties extends InvoiceQueryProperties {

    @Override
    protected InvoiceStore emptyStore() {
        return JdbcPorts.open(PostgreSql.empty()).invoices();
    }
}

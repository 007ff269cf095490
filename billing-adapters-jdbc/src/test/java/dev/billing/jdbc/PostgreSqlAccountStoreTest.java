package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.testkit.AccountStoreContract;

class PostgreSqlAccountStoreTest extends AccountStoreContract {

    @Override
    protected Ports emptyPorts() {
        return JdbcPorts.open(PostgreSql.empty());
    }
}

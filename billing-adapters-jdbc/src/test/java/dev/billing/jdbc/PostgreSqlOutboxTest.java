package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.testkit.OutboxContract;

class PostgreSqlOutboxTest extends OutboxContract {

    @Override
    protected Ports emptyPorts() {
        return JdbcPorts.open(PostgreSql.empty());
    }
}

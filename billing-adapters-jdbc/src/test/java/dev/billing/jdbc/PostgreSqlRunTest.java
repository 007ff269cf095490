package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.testkit.life.RunContract;

class PostgreSqlRunTest extends RunContract {

    private static final Ports PORTS = JdbcPorts.open(PostgreSql.empty());

    @Override
    protected Ports ports() {
        return PORTS;
    }

    @Override
    protected int every() {
        return 17;
    }
}

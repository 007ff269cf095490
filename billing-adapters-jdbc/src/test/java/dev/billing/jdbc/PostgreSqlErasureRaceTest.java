package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.testkit.life.ErasureRaceContract;

class PostgreSqlErasureRaceTest extends ErasureRaceContract {

    private static final Ports PORTS = JdbcPorts.open(PostgreSql.empty());

    @Override
    protected Ports ports() {
        return PORTS;
    }

    @Override
    protected int rounds() {
        return 50;
    }
}

package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.testkit.life.RaceContract;

class PostgreSqlRaceTest extends RaceContract {

    private static final Ports PORTS = JdbcPorts.open(PostgreSql.empty());

    @Override
    protected Ports ports() {
        return PORTS;
    }
}

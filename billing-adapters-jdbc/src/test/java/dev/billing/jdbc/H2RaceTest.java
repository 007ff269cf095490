package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.testkit.life.RaceContract;

class H2RaceTest extends RaceContract {

    private static final Ports PORTS = JdbcPorts.open(H2.inMemory());

    @Override
    protected Ports ports() {
        return PORTS;
    }

    @Override
    protected int rounds() {
        return 200;
    }
}

package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.testkit.life.LifeContract;

class H2LifeProperties extends LifeContract {

    private static final Ports PORTS = JdbcPorts.open(H2.inMemory());

    @Override
    protected Ports ports() {
        return PORTS;
    }
}

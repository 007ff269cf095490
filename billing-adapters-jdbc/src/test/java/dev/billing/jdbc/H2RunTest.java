package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.testkit.life.RunContract;

class H2RunTest extends RunContract {

    private static final Ports PORTS = JdbcPorts.open(H2.inMemory());

    @Override
    protected Ports ports() {
        return PORTS;
    }

    @Override
    protected int every() {
        return 17;
    }
}

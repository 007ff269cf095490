package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.testkit.OutboxContract;

class H2OutboxTest extends OutboxContract {

    @Override
    protected Ports emptyPorts() {
        return JdbcPorts.open(H2.inMemory());
    }
}

package dev.billing.jdbc;

import dev.billing.port.Ports;
import dev.billing.testkit.AccountStoreContract;

class H2AccountStoreTest extends AccountStoreContract {

    @Override
    protected Ports emptyPorts() {
        return JdbcPorts.open(H2.inMemory());
    }
}

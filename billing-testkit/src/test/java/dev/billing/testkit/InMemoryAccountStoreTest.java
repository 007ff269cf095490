package dev.billing.testkit;

import dev.billing.port.Ports;

class InMemoryAccountStoreTest extends AccountStoreContract {

    @Override
    protected Ports emptyPorts() {
        return InMemoryPorts.create();
    }
}

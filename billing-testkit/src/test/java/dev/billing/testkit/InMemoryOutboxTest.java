package dev.billing.testkit;

import dev.billing.port.Ports;

class InMemoryOutboxTest extends OutboxContract {

    @Override
    protected Ports emptyPorts() {
        return InMemoryPorts.create();
    }
}

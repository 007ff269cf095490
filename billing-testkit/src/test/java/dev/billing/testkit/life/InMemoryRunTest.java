package dev.billing.testkit.life;

import dev.billing.port.Ports;
import dev.billing.testkit.InMemoryPorts;

class InMemoryRunTest extends RunContract {

    private final Ports ports = InMemoryPorts.create();

    @Override
    protected Ports ports() {
        return ports;
    }
}

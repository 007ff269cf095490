package dev.billing.testkit.life;

import dev.billing.port.Ports;
import dev.billing.testkit.InMemoryPorts;

class InMemoryErasureTest extends ErasureContract {

    private final Ports ports = InMemoryPorts.create();

    @Override
    protected Ports ports() {
        return ports;
    }
}

package dev.billing.testkit.life;

import dev.billing.port.Ports;
import dev.billing.testkit.InMemoryPorts;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class InMemoryLifeProperties extends LifeContract {

    @Override
    protected Ports ports() {
        return InMemoryPorts.create();
    }

    @Override
    protected int stepsBetweenChecks() {
        return 5;
    }

    @Override
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    protected void any_life_is_as_in_the_model(@ForAll("lives") String steps) {
        super.any_life_is_as_in_the_model(steps);
    }
}

package dev.billing.domain;

import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Bounds every property when the system property {@code billing.tries} is set: at most that many
 * tries, always the same ones, and no search for a smaller example.
 * <p>
 * Mutation testing runs the properties thousands of times and only asks whether one fails; a
 * fixed seed gives the same score on every machine. Without the system property nothing changes.
 */
public final class BoundedProperties implements AroundPropertyHook {

    private static final int TRIES = Integer.getInteger("billing.tries", 0);

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property)
            throws Throwable {
        if (TRIES > 0) {
            bound(context.attributes());
        }
        return property.execute();
    }

    private static void bound(PropertyAttributes attributes) {
        attributes.setTries(Math.min(TRIES, attributes.tries().orElse(TRIES)));
        attributes.setShrinking(ShrinkingMode.OFF);
        attributes.setSeed("1");
    }
}

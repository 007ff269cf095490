package dev.billing.domain.meter;

import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;

/** A reading for tests. */
record Event(String key, Instant at, BigDecimal quantity, Map<String, String> properties) implements Reading {

    static final Instant START = Instant.parse("2026-08-01T00:00:00Z");

    /** A reading so many seconds after the period starts. */
    static Event at(long second, String quantity) {
        return new Event("e" + second, START.plusSeconds(second), new BigDecimal(quantity), HashMap.empty());
    }

    static Event of(String property, String value) {
        return new Event("e", START, BigDecimal.ONE, HashMap.of(property, value));
    }

    Event named(String newKey) {
        return new Event(newKey, at, quantity, properties);
    }

    @Override
    public Option<String> property(String name) {
        return properties.get(name);
    }
}

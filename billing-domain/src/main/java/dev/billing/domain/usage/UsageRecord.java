package dev.billing.domain.usage;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.meter.Reading;
import dev.billing.domain.money.Decimals;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One counted fact: so much was used, at an instant, at a place.
 *
 * @param meter the name under which it is reported, such as a kind of event; a meter of that name or others count it
 * @param quantity below zero where something is taken back or a level falls
 * @param places where the use belongs
 * @param properties what else it says about itself, such as its region; identifiers are texts too
 */
public record UsageRecord(
        FactId id,
        AccountId account,
        String meter,
        BigDecimal quantity,
        Instant at,
        Map<Dimension, Ref> places,
        Map<String, String> properties,
        Instant recordedAt)
        implements Fact, Reading {

    private static final int MAX_PROPERTIES = 64;

    /**
     * Keeps instants in milliseconds, and the quantity without trailing zeros.
     *
     * @throws IllegalArgumentException if a text is blank, too long or holds a control character, or there are too many properties
     */
    public UsageRecord {
        requireNonNull(id, "id");
        requireNonNull(account, "account");
        Checks.requireId(meter, "Meter");
        quantity = Decimals.canonical(quantity);
        at = at.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(places, "places");
        requireProperties(properties);
        recordedAt = recordedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A fact that says nothing else about itself. */
    public UsageRecord(
            FactId id,
            AccountId account,
            String meter,
            BigDecimal quantity,
            Instant at,
            Map<Dimension, Ref> places,
            Instant recordedAt) {
        this(id, account, meter, quantity, at, places, HashMap.empty(), recordedAt);
    }

    /**
     * Checks properties: at most 64, with names and values that a store can keep.
     *
     * @throws IllegalArgumentException if they are not
     */
    public static Map<String, String> requireProperties(Map<String, String> properties) {
        if (properties.size() > MAX_PROPERTIES) {
            throw new IllegalArgumentException(
                    "A usage record must have at most " + MAX_PROPERTIES + " properties, but had " + properties.size());
        }
        properties.forEach((name, value) -> {
            Checks.requireId(name, "Property");
            Checks.requireText(value, "Value of property '" + name + "'");
        });
        return properties;
    }

    @Override
    public String key() {
        return id.value();
    }

    @Override
    public Option<String> property(String name) {
        return properties.get(name);
    }

    /** What the record says under a name: its property of that name, or the name of its place in the dimension of that name. */
    public Option<String> says(String name) {
        return property(name).orElse(() -> places.get(new Dimension(name)).map(Ref::name));
    }

    @Override
    public UsageRecord recordedAt(Instant instant) {
        return new UsageRecord(id, account, meter, quantity, at, places, properties, instant);
    }
}

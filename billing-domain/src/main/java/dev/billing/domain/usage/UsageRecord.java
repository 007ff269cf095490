package dev.billing.domain.usage;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Decimals;
import io.vavr.collection.Map;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One counted fact: so much was used, at an instant, at a place.
 *
 * @param meter what is counted
 * @param places where the use belongs
 */
public record UsageRecord(
        FactId id,
        AccountId account,
        String meter,
        BigDecimal quantity,
        Instant at,
        Map<Dimension, Ref> places,
        Instant recordedAt)
        implements Fact {

    /**
     * Keeps instants in milliseconds, and the quantity without trailing zeros.
     *
     * @throws IllegalArgumentException if the quantity is negative
     */
    public UsageRecord {
        requireNonNull(id, "id");
        requireNonNull(account, "account");
        Checks.requireId(meter, "Meter");
        if (quantity.signum() < 0) {
            throw new IllegalArgumentException("A quantity must not be negative, but was " + quantity);
        }
        quantity = Decimals.canonical(quantity);
        at = at.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(places, "places");
        recordedAt = recordedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public UsageRecord recordedAt(Instant instant) {
        return new UsageRecord(id, account, meter, quantity, at, places, instant);
    }
}

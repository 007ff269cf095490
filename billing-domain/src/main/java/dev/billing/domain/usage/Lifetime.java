package dev.billing.domain.usage;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.period.Existence;
import dev.billing.domain.pricing.Rate;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A thing that exists from … until …, at a rate agreed when it began. A change of quantity, size or price is a new lifetime: the old
 * one ends where the new one begins.
 *
 * @param rate the price of one whole period
 * @param quantity how many of it there are; zero is allowed
 * @param description what a person reads on the line
 * @param places where it belongs
 * @param existence from its beginning until its end, as far as it is known
 */
public record Lifetime(
        FactId id,
        AccountId account,
        Rate rate,
        BigDecimal quantity,
        String description,
        Map<Dimension, Ref> places,
        Existence existence,
        Instant recordedAt)
        implements Fact {

    /**
     * Keeps instants in milliseconds, and the quantity without trailing zeros.
     *
     * @throws IllegalArgumentException if the quantity is negative
     */
    public Lifetime {
        requireNonNull(id, "id");
        requireNonNull(account, "account");
        requireNonNull(rate, "rate");
        if (quantity.signum() < 0) {
            throw new IllegalArgumentException("A quantity must not be negative, but was " + quantity);
        }
        quantity = Decimals.canonical(quantity);
        Checks.requireText(description, "Description");
        requireNonNull(places, "places");
        existence = new Existence(
                existence.from().truncatedTo(ChronoUnit.MILLIS),
                existence.until().map(end -> end.truncatedTo(ChronoUnit.MILLIS)));
        recordedAt = recordedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** This lifetime with the earlier of the end it has and {@code end}. */
    public Lifetime endedAt(Instant end) {
        Instant earliest =
                existence.until().filter(known -> known.isBefore(end)).getOrElse(end);
        return with(new Existence(existence.from(), Option.some(earliest)), recordedAt);
    }

    @Override
    public Lifetime recordedAt(Instant instant) {
        return with(existence, instant);
    }

    private Lifetime with(Existence newExistence, Instant newRecordedAt) {
        return new Lifetime(id, account, rate, quantity, description, places, newExistence, newRecordedAt);
    }
}

package dev.billing.domain.usage;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Says that a lifetime stopped at an instant. A lifetime may have several endings, such as its own and that of the app it belongs to:
 * the earliest counts, in whatever order they are learned.
 *
 * @param lifetime the lifetime that ends
 */
public record Ending(FactId id, AccountId account, FactId lifetime, Instant at, Instant recordedAt) implements Fact {

    /** Keeps instants in milliseconds. */
    public Ending {
        requireNonNull(id, "id");
        requireNonNull(account, "account");
        requireNonNull(lifetime, "lifetime");
        at = at.truncatedTo(ChronoUnit.MILLIS);
        recordedAt = recordedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Ending recordedAt(Instant instant) {
        return new Ending(id, account, lifetime, at, instant);
    }
}

package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import io.vavr.collection.Map;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A place that lines can belong to.
 *
 * @param within the places it is in, by id: an app is in an organization and a space
 */
public record Place(Dimension dimension, Ref ref, Map<Dimension, Ref> within, Instant createdAt) {

    /** Keeps {@code createdAt} in milliseconds. */
    public Place {
        requireNonNull(dimension, "dimension");
        requireNonNull(ref, "ref");
        requireNonNull(within, "within");
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether it is this place, or in it. */
    public boolean isAt(Dimension other, String placeId) {
        boolean here = dimension.equals(other) && ref.id().equals(placeId);
        return here || within.get(other).exists(outer -> outer.id().equals(placeId));
    }
}

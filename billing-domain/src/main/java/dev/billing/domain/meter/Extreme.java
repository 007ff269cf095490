package dev.billing.domain.meter;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The highest or the lowest quantity. */
final class Extreme extends Partial<Extreme> {

    private final int direction;
    private @Nullable BigDecimal furthest;

    /**
     * @param direction 1 for the highest, −1 for the lowest
     */
    Extreme(Aggregation kind, int direction) {
        super(kind);
        this.direction = direction;
    }

    @Override
    void take(Reading reading) {
        take(reading.quantity());
    }

    @Override
    void join(Extreme other) {
        if (other.furthest != null) {
            take(other.furthest);
        }
    }

    private void take(BigDecimal quantity) {
        if (furthest == null || Integer.signum(quantity.compareTo(furthest)) == direction) {
            furthest = quantity;
        }
    }

    @Override
    BigDecimal exact() {
        return furthest == null ? BigDecimal.ZERO : furthest;
    }
}

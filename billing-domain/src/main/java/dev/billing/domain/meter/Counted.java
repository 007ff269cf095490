package dev.billing.domain.meter;

import java.math.BigDecimal;

/** How many readings there are. */
final class Counted extends Partial<Counted> {

    Counted(Aggregation.Count kind) {
        super(kind);
    }

    @Override
    void take(Reading reading) {}

    @Override
    void join(Counted other) {}

    @Override
    BigDecimal exact() {
        return BigDecimal.valueOf(count());
    }
}

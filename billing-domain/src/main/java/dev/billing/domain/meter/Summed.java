package dev.billing.domain.meter;

import java.math.BigDecimal;

/** The sum of the quantities. */
final class Summed extends Partial<Summed> {

    private final ExactSum sum = new ExactSum();

    Summed(Aggregation.Sum kind) {
        super(kind);
    }

    @Override
    void take(Reading reading) {
        sum.add(reading.quantity());
    }

    @Override
    void join(Summed other) {
        sum.add(other.sum);
    }

    @Override
    BigDecimal exact() {
        return sum.value();
    }
}

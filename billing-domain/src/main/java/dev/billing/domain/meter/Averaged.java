package dev.billing.domain.meter;

import io.vavr.control.Option;
import java.math.BigDecimal;

/** The sum of the quantities ÷ how many there are. */
final class Averaged extends Partial<Averaged> {

    private final ExactSum sum = new ExactSum();

    Averaged(Aggregation.Average kind) {
        super(kind);
    }

    @Override
    void take(Reading reading) {
        sum.add(reading.quantity());
    }

    @Override
    void join(Averaged other) {
        sum.add(other.sum);
    }

    @Override
    BigDecimal exact() {
        return sum.value();
    }

    @Override
    public BigDecimal result(Option<QuantityRounding> rounding) {
        return quotient(Math.max(1, count()), rounding);
    }
}

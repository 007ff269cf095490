package dev.billing.domain.meter;

import dev.billing.domain.period.Period;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The level, weighted by time. A change of the level counts for the rest of the time, so that Σ change × time left is the same in any
 * order; it is kept as one sum, in milliseconds.
 */
final class Weighted extends Partial<Weighted> {

    private final boolean carryOver;
    private final long start;
    private final long end;
    private final long length;
    private final ExactSum sum = new ExactSum();

    Weighted(Aggregation.WeightedSum how, Period period, Instant asOf) {
        super(new Kind(how, period, asOf));
        carryOver = how.carryOver();
        start = period.start().toEpochMilli();
        length = period.millis();
        end = Math.max(start, Math.min(start + length, asOf.toEpochMilli()));
    }

    @Override
    void take(Reading change) {
        long at = change.at().toEpochMilli();
        if (at < end && (at >= start || carryOver)) {
            sum.addTimes(change.quantity(), end - Math.max(start, at));
        }
    }

    @Override
    void join(Weighted other) {
        sum.add(other.sum);
    }

    @Override
    BigDecimal exact() {
        return sum.value();
    }

    @Override
    public BigDecimal result(Option<QuantityRounding> rounding) {
        return quotient(length, rounding);
    }

    /** What two of them have in common that may merge. */
    private record Kind(Aggregation.WeightedSum how, Period period, Instant asOf) {}
}

package dev.billing.domain.meter;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * What all accumulators share: the number of readings, and that only those of one kind merge.
 *
 * @param <P> the accumulator itself
 */
abstract class Partial<P extends Partial<P>> implements Accumulator {

    private final Object kind;
    private long count;

    /**
     * @param kind what two accumulators have in common that may merge
     */
    Partial(Object kind) {
        this.kind = requireNonNull(kind, "kind");
    }

    /** Takes the reading's share of the quantity. */
    abstract void take(Reading reading);

    /** Takes the other's share of the quantity. */
    abstract void join(P other);

    /** The quantity if it were not cut; what divides overrides {@link #result} instead. */
    abstract BigDecimal exact();

    @Override
    public final void add(Reading reading) {
        take(reading);
        count++;
    }

    @Override
    @SuppressWarnings("unchecked") // equal kinds are made by one class
    public final void merge(Accumulator other) {
        if (!(other instanceof Partial<?> partial) || !kind.equals(partial.kind)) {
            throw new IllegalArgumentException("Accumulators must be of one kind to merge, but were of " + kind
                    + " and " + (other instanceof Partial<?> partial ? partial.kind : other));
        }
        join((P) partial);
        count += partial.count;
    }

    @Override
    public final long count() {
        return count;
    }

    @Override
    public BigDecimal result(Option<QuantityRounding> rounding) {
        BigDecimal exact = exact();
        return Decimals.canonical(rounding.isDefined() ? rounding.get().round(exact) : exact);
    }

    /** The exact quantity divided by something, cut once. */
    final BigDecimal quotient(long divisor, Option<QuantityRounding> rounding) {
        return Decimals.canonical(
                rounding.getOrElse(Aggregation.QUOTIENTS).divide(exact(), BigDecimal.valueOf(divisor)));
    }
}

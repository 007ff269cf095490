package dev.billing.domain.invoice;

import dev.billing.domain.money.Money;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;

/** The sum of the numbers that are recorded with a figure, each under its name; in the currency of the one figure it takes. */
public enum RecordedSum implements FigureRule {
    RECORDED_SUM;

    /**
     * @throws IllegalArgumentException if there is not exactly one figure
     */
    @Override
    public Money apply(Seq<Money> from, Map<String, BigDecimal> inputs) {
        if (from.size() != 1) {
            throw new IllegalArgumentException("A recorded sum needs one figure for its currency, but had " + from);
        }
        return Money.of(from.head().currency(), inputs.values().fold(BigDecimal.ZERO, BigDecimal::add));
    }
}

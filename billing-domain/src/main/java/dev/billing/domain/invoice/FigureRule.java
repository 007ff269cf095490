package dev.billing.domain.invoice;

import dev.billing.domain.money.Money;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;

/** A pure function from figures and recorded numbers to a figure. Its name is stored with the result, so that it can be checked. */
public interface FigureRule {

    String name();

    /**
     * The figure that follows.
     *
     * @param from the figures it starts from, in its own order
     * @param inputs the recorded numbers it needs
     * @throws IllegalArgumentException if one of them is missing
     */
    Money apply(Seq<Money> from, Map<String, BigDecimal> inputs);

    /** A recorded number by name. */
    static BigDecimal input(Map<String, BigDecimal> inputs, String name) {
        return inputs.get(name)
                .getOrElseThrow(
                        () -> new IllegalArgumentException("A figure rule needs '" + name + "', but had " + inputs));
    }
}

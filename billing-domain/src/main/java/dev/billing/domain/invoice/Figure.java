package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;

/** A named amount on a document that says where it comes from. */
public sealed interface Figure {

    Money amount();

    /** The exact sum of the selected lines, on the key's side and of its basis. */
    record Folded(Selection lines, Money amount) implements Figure {
        public Folded {
            requireNonNull(lines, "lines");
            requireNonNull(amount, "amount");
        }
    }

    /**
     * The exact sum of the figure of the same name over other documents: those of the same profile and period that are no sums themselves
     * and belong to a place.
     *
     * @param documents how many there were
     */
    record Summed(Selection.At place, long documents, Money amount) implements Figure {
        public Summed {
            requireNonNull(place, "place");
            requireNonNull(amount, "amount");
        }
    }

    /**
     * The result of a named rule over other figures of the document and recorded numbers.
     *
     * @param rule the name of a {@link FigureRule}
     * @param from the figures the rule takes, in its order
     * @param inputs the recorded numbers that it takes, by name
     */
    record Calculated(String rule, Seq<FigureKey> from, Map<String, BigDecimal> inputs, Money amount)
            implements Figure {
        public Calculated {
            Checks.requireId(rule, "Rule");
            requireNonNull(from, "from");
            inputs = inputs.mapValues(Decimals::canonical);
            requireNonNull(amount, "amount");
        }
    }

    /** Received, and kept as received. */
    record Declared(String source, Money amount) implements Figure {
        public Declared {
            Checks.requireId(source, "Source");
            requireNonNull(amount, "amount");
        }
    }
}

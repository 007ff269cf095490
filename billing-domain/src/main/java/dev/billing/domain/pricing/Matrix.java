package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * A rule for each combination of values of one or several dimensions, and one for all others: by {@code region} and {@code tier},
 * {@code (eu, fast)} at USD 3 per unit, {@code (eu, slow)} at USD 1 and anything else at USD 2. Each group of facts is priced on its own by
 * the rule {@link #at} its values. This is Lago's charge filters and matrix models, and what OpenMeter calls a price per group.
 *
 * @param dimensions the names, in the order of the values of a cell
 * @param cells the rules by their values
 * @param otherwise the rule for all values that have no cell; without it they have no price
 */
public record Matrix(Seq<String> dimensions, Map<Seq<String>, PricingRule> cells, Option<PricingRule> otherwise)
        implements PricingRule {

    /**
     * Checks the cells.
     *
     * @throws InvalidPricing if there are no dimensions or no rules, a dimension occurs twice, a cell has another number of values or is a
     *     matrix or a capacity itself, or the currencies differ
     */
    public Matrix {
        requireNonNull(otherwise, "otherwise");
        Problems problems = Problems.of("A matrix")
                .notEmpty("dimensions", dimensions)
                .require(
                        dimensions.distinct().size() == dimensions.size(),
                        "dimensions",
                        "must differ, but were " + text(dimensions));
        Seq<PricingRule> rules = cells.values().appendAll(otherwise);
        problems.require(!rules.isEmpty(), "cells", "must not be empty where there is no other rule");
        for (Seq<String> values : cells.keySet()) {
            problems.require(
                    values.size() == dimensions.size(),
                    "cells" + text(values),
                    "must have a value for each of " + text(dimensions));
        }
        problems.require(
                rules.forAll(rule -> !(rule instanceof Matrix || rule instanceof Capacity)),
                "cells",
                "must price one quantity, and not be a matrix or a capacity");
        for (PricingRule first : rules.headOption()) {
            checkCurrencies(problems, first.currency(), cells, otherwise);
        }
        problems.orThrow();
        dimensions = Array.ofAll(dimensions);
        cells = LinkedHashMap.ofEntries(cells.map(cell -> cell.map1(Array::ofAll)));
    }

    private static void checkCurrencies(
            Problems problems,
            CurrencyUnit currency,
            Map<Seq<String>, PricingRule> cells,
            Option<PricingRule> otherwise) {
        cells.forEach((values, rule) -> problems.currency("cells" + text(values), currency, rule.currency()));
        otherwise.forEach(rule -> problems.currency("otherwise", currency, rule.currency()));
    }

    /** The rule of these values, in the order of the dimensions; none if they have no price. */
    public Option<PricingRule> at(Seq<String> values) {
        return cells.get(Array.ofAll(values)).orElse(otherwise);
    }

    @Override
    public CurrencyUnit currency() {
        return cells.values().headOption().orElse(otherwise).get().currency();
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    /**
     * Refuses: a matrix prices by values.
     *
     * @throws IllegalArgumentException always
     */
    @Override
    public Money price(BigDecimal quantity) {
        throw refusal();
    }

    /**
     * Refuses: a matrix prices by values.
     *
     * @throws IllegalArgumentException always
     */
    @Override
    public Seq<Part> parts(BigDecimal quantity) {
        throw refusal();
    }

    private IllegalArgumentException refusal() {
        return new IllegalArgumentException(
                "A quantity must be priced by a cell of a matrix, but its " + text(dimensions) + " were not given");
    }

    private static String text(Seq<String> values) {
        return values.mkString("(", ", ", ")");
    }

    /** {@code by (region, tier): (eu, fast) USD 3 per unit; otherwise USD 2 per unit}. */
    @Override
    public String toString() {
        return "by " + text(dimensions) + ": "
                + cells.map(cell -> text(cell._1) + " " + cell._2)
                        .toArray()
                        .appendAll(otherwise.map(rule -> "otherwise " + rule))
                        .mkString("; ");
    }
}

package dev.billing.domain.pricing;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/** Gathers what is wrong with a rule, and throws it all at the end. */
final class Problems {

    private final String rule;
    private Array<PricingError.InvalidRule> found = Array.empty();

    private Problems(String rule) {
        this.rule = rule;
    }

    static Problems of(String rule) {
        return new Problems(rule);
    }

    /** The place of an element, such as {@code tiers[2]}. */
    static String at(String list, int index) {
        return list + "[" + index + "]";
    }

    Problems require(boolean kept, String at, String must) {
        if (!kept) {
            found = found.append(new PricingError.InvalidRule(at, must));
        }
        return this;
    }

    Problems notNegative(String at, BigDecimal value) {
        return require(value.signum() >= 0, at, "must not be negative, but was " + Decimals.toText(value));
    }

    Problems notNegative(String at, Money value) {
        return require(!value.isNegative(), at, "must not be negative, but was " + value);
    }

    Problems positive(String at, BigDecimal value) {
        return require(value.signum() > 0, at, "must be above 0, but was " + Decimals.toText(value));
    }

    Problems currency(String at, CurrencyUnit expected, CurrencyUnit actual) {
        return require(expected.equals(actual), at, "must be in " + expected + " as the rest, but was in " + actual);
    }

    /** A price of the rule's currency that is not below zero. */
    Problems price(String at, CurrencyUnit currency, Money price) {
        return currency(at, currency, price.currency()).notNegative(at, price);
    }

    /** A rule that can be given a changed quantity: one that prices a single quantity, whatever it was made of. */
    Problems pricesQuantities(String at, PricingRule rule) {
        boolean other = rule instanceof Matrix
                || rule instanceof Capacity
                || (rule instanceof Percentage percentage && percentage.countsEvents());
        return require(!other, at, "must price one quantity, but was " + rule);
    }

    Problems notEmpty(String at, Seq<?> elements) {
        return require(!elements.isEmpty(), at, "must not be empty");
    }

    /** Bounds that ascend from above {@code floor}, the last one open. */
    Problems ascending(String list, Seq<Option<BigDecimal>> bounds, Option<BigDecimal> floor) {
        Option<BigDecimal> below = floor;
        for (int i = 0; i < bounds.size(); i++) {
            String at = at(list, i) + ".upTo";
            Option<BigDecimal> bound = bounds.get(i);
            boolean last = i == bounds.size() - 1;
            require(last || bound.isDefined(), at, "must have a bound, because only the last one is open");
            require(!last || bound.isEmpty(), at, "must be open, because it is the last one, but was " + text(bound));
            if (!last) {
                above(at, below, bound);
            }
            below = bound.orElse(below);
        }
        return this;
    }

    private void above(String at, Option<BigDecimal> below, Option<BigDecimal> bound) {
        below.forEach(limit -> bound.forEach(value -> require(
                value.compareTo(limit) > 0,
                at,
                "must be above " + Decimals.toText(limit) + ", but was " + Decimals.toText(value))));
    }

    private static String text(Option<BigDecimal> bound) {
        return bound.map(Decimals::toText).getOrElse("open");
    }

    Seq<PricingError.InvalidRule> found() {
        return found;
    }

    void orThrow() {
        if (!found.isEmpty()) {
            throw new InvalidPricing(rule, found);
        }
    }
}

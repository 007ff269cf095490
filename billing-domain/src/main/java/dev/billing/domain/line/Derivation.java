package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;

/**
 * Why an amount is what it is, as a recipe: facts were counted to a measure; the rule of a price book version was applied to it; the
 * result was multiplied by the share of the period that is billed, and rounded once.
 * <p>
 * Only the inputs are kept. {@link #amount()} computes the amount again, to the last digit; {@link #remainder()} is what rounding
 * dropped; {@link #explain()} spells it out, as {@link Explanation}.
 *
 * @param count what was counted; none for a thing that is billed for as long as it exists
 * @param policy the name of the proration policy that gave the share
 * @param credited whether the amount is given back
 */
public record Derivation(
        PriceBookVersion source,
        Option<Count> count,
        PricingRule rule,
        Measure measure,
        String policy,
        Ratio share,
        Rounding rounding,
        boolean credited) {

    public Derivation {
        requireNonNull(source, "source");
        requireNonNull(count, "count");
        requireNonNull(rule, "rule");
        requireNonNull(measure, "measure");
        requireNonNull(policy, "policy");
        requireNonNull(share, "share");
        requireNonNull(rounding, "rounding");
    }

    /** A charge for something that was not counted. */
    public Derivation(
            PriceBookVersion source, PricingRule rule, Measure measure, String policy, Ratio share, Rounding rounding) {
        this(source, Option.none(), rule, measure, policy, share, rounding, false);
    }

    /** The same, but for counted facts. */
    public Derivation counting(Count facts) {
        return new Derivation(source, Option.some(facts), rule, measure, policy, share, rounding, credited);
    }

    /** The same amount, given back: rounded as a charge and then negated, so that a whole credit is exactly what was charged. */
    public Derivation asCredit() {
        return new Derivation(source, count, rule, measure, policy, share, rounding, true);
    }

    /** The exact price of what was measured, for a whole period. */
    public Money whole() {
        return rule.price(measure);
    }

    /** {@link #whole()} × share, rounded once; negated if it is given back. */
    public Money amount() {
        return signed(whole().times(share, rounding));
    }

    /** What rounding took away, exactly: amount + remainder = whole × share. */
    public Remainder remainder() {
        return Remainder.of(signed(whole().times(share.numerator())), share.denominator(), amount());
    }

    /** What there is to say about the amount, step by step. */
    public Explanation explain() {
        return Explanation.of(this);
    }

    private Money signed(Money amount) {
        return credited ? amount.negated() : amount;
    }

    /**
     * What was counted.
     *
     * @param meter its name
     * @param aggregation how facts became the measure
     * @param facts how many there were
     * @param group what they have in common, where a meter groups facts or a matrix prices them by what they say: values by the names of
     *     properties, empty where the facts do not say
     */
    public record Count(String meter, String aggregation, long facts, Map<String, String> group) {

        /**
         * Checks the number.
         *
         * @throws IllegalArgumentException if the number of facts is negative
         */
        public Count {
            requireNonNull(meter, "meter");
            requireNonNull(aggregation, "aggregation");
            if (facts < 0) {
                throw new IllegalArgumentException("Facts must be counted from 0, but were " + facts);
            }
            requireNonNull(group, "group");
        }

        /** All facts of a meter, in one group. */
        public Count(String meter, String aggregation, long facts) {
            this(meter, aggregation, facts, LinkedHashMap.empty());
        }
    }
}

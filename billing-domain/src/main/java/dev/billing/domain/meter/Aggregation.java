package dev.billing.domain.meter;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.period.Period;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * How readings become one quantity. Aggregations are data: they can be stored, compared and shown. Of no readings each of them makes 0.
 * <p>
 * The readings 3 at noon, −1 at one and 3 at two are 3 by {@link Count}, 5 by {@link Sum}, 3 by {@link Max}, −1 by {@link Min}, 3 by
 * {@link Latest} and 1.66666666666666666667 by {@link Average}.
 */
public sealed interface Aggregation {

    /** How a quotient is cut where its meter does not say: far beyond what any price resolves. */
    QuantityRounding QUOTIENTS = new QuantityRounding(20, RoundingMode.HALF_UP);

    /** Lago's way to print weighted sums, for a meter that must agree with it to the last digit. */
    QuantityRounding LAGO_WEIGHTED_SUMS = new QuantityRounding(20, RoundingMode.CEILING);

    /**
     * A new accumulator.
     *
     * @param period the period that is billed
     * @param asOf the instant at which it is looked at: nothing after it has happened yet
     * @param custom where {@link Custom} finds its implementation
     * @throws IllegalArgumentException if a custom aggregation is not among those given
     */
    Accumulator accumulator(Period period, Instant asOf, CustomAggregations custom);

    /** Whether the readings before the period belong to it too, all of them. */
    default boolean carriesOver() {
        return false;
    }

    /** Whether a quantity below zero makes sense by itself, because readings are levels or changes of one. */
    default boolean takesNegative() {
        return false;
    }

    /** How many readings there are, whatever their quantities. */
    record Count() implements Aggregation {
        @Override
        public Accumulator accumulator(Period period, Instant asOf, CustomAggregations custom) {
            return new Counted(this);
        }

        @Override
        public String toString() {
            return "count";
        }
    }

    /**
     * How many different values a property has: 2 for the users {@code ann}, {@code bob} and {@code ann}. Readings without the property
     * have no value to count.
     */
    record UniqueCount(String property) implements Aggregation {

        /** Checks the name. */
        public UniqueCount {
            Checks.requireId(property, "Property");
        }

        @Override
        public Accumulator accumulator(Period period, Instant asOf, CustomAggregations custom) {
            return new Distinct(this);
        }

        @Override
        public String toString() {
            return "unique count of " + property;
        }
    }

    /** The sum of the quantities. */
    record Sum() implements Aggregation {
        @Override
        public Accumulator accumulator(Period period, Instant asOf, CustomAggregations custom) {
            return new Summed(this);
        }

        @Override
        public String toString() {
            return "sum";
        }
    }

    /** The highest quantity: the peak. */
    record Max() implements Aggregation {
        @Override
        public Accumulator accumulator(Period period, Instant asOf, CustomAggregations custom) {
            return new Extreme(this, 1);
        }

        @Override
        public String toString() {
            return "max";
        }
    }

    /** The lowest quantity. */
    record Min() implements Aggregation {
        @Override
        public Accumulator accumulator(Period period, Instant asOf, CustomAggregations custom) {
            return new Extreme(this, -1);
        }

        @Override
        public String toString() {
            return "min";
        }
    }

    /** The quantity of the last reading: by instant, and of those at one instant by id. */
    record Latest() implements Aggregation {
        @Override
        public Accumulator accumulator(Period period, Instant asOf, CustomAggregations custom) {
            return new Last(this);
        }

        @Override
        public boolean takesNegative() {
            return true;
        }

        @Override
        public String toString() {
            return "latest";
        }
    }

    /** The sum of the quantities ÷ how many there are. */
    record Average() implements Aggregation {
        @Override
        public Accumulator accumulator(Period period, Instant asOf, CustomAggregations custom) {
            return new Averaged(this);
        }

        @Override
        public String toString() {
            return "average";
        }
    }

    /**
     * The level, weighted by time: Σ level × time at that level ÷ time of the period, in milliseconds. Readings are changes of the level,
     * so 4 GB added in the middle of a month are 2. After {@code asOf} there is no level yet. Matches Lago's weighted sum, which cuts it
     * as {@link #LAGO_WEIGHTED_SUMS}.
     *
     * @param carryOver whether the period begins at the level that all earlier changes come to, and not at 0
     */
    record WeightedSum(boolean carryOver) implements Aggregation {
        @Override
        public Accumulator accumulator(Period period, Instant asOf, CustomAggregations custom) {
            return new Weighted(this, period, asOf);
        }

        @Override
        public boolean carriesOver() {
            return carryOver;
        }

        @Override
        public boolean takesNegative() {
            return true;
        }

        @Override
        public String toString() {
            return carryOver ? "weighted sum with carry-over" : "weighted sum";
        }
    }

    /** What the host computes, under a name of its own. */
    record Custom(String name) implements Aggregation {

        /** Checks the name. */
        public Custom {
            Checks.requireId(name, "Aggregation");
        }

        @Override
        public Accumulator accumulator(Period period, Instant asOf, CustomAggregations custom) {
            return requireNonNull(custom.get(name).accumulator(period, asOf), "accumulator");
        }

        @Override
        public String toString() {
            return name;
        }
    }
}

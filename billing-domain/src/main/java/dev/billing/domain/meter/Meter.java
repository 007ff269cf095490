package dev.billing.domain.meter;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What is counted, and how. The gigabytes that were sent from Europe, by customer:
 * {@code Meter.of("eu-traffic", "traffic", new Aggregation.Sum()).where(Filter.in("region", "eu")).by("customer")}.
 *
 * @param name the name that products price it by
 * @param counts the name under which its facts are reported
 * @param filters only facts that all of them accept
 * @param groupBy the properties whose values divide the facts into groups; each group has its own quantity
 * @param rounding how the quantity is cut before it is priced
 * @param allowsNegative whether facts may take back what others reported; see {@link #takesNegative}
 */
public record Meter(
        String name,
        String counts,
        Aggregation aggregation,
        Seq<Filter> filters,
        Seq<String> groupBy,
        Option<QuantityRounding> rounding,
        boolean allowsNegative) {

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if a name is blank, too long or holds a control character, or a property is grouped by twice
     */
    public Meter {
        Checks.requireId(name, "Meter");
        Checks.requireId(counts, "Counted name");
        requireNonNull(aggregation, "aggregation");
        filters = Array.ofAll(filters);
        groupBy = Array.ofAll(groupBy);
        groupBy.forEach(property -> Checks.requireId(property, "Property"));
        if (groupBy.distinct().size() < groupBy.size()) {
            throw new IllegalArgumentException(
                    "A meter must group by each property once, but '" + name + "' groups by " + groupBy.mkString(", "));
        }
        requireNonNull(rounding, "rounding");
    }

    /** The plain sum of what is reported under a name: what a name means that no meter defines. */
    public static Meter sum(String name) {
        return of(name, name, new Aggregation.Sum());
    }

    /** All facts of a name in one group. */
    public static Meter of(String name, String counts, Aggregation aggregation) {
        return new Meter(name, counts, aggregation, Array.empty(), Array.empty(), Option.none(), false);
    }

    /** The same, of fewer facts: those that this filter accepts too. */
    public Meter where(Filter filter) {
        return new Meter(name, counts, aggregation, filters.append(filter), groupBy, rounding, allowsNegative);
    }

    /** The same, in groups by these properties. */
    public Meter by(String... properties) {
        return new Meter(name, counts, aggregation, filters, Array.of(properties), rounding, allowsNegative);
    }

    /** The same, cut so. */
    public Meter rounded(QuantityRounding how) {
        return new Meter(name, counts, aggregation, filters, groupBy, Option.some(how), allowsNegative);
    }

    /** The same, of facts that may be below zero. */
    public Meter allowingNegative() {
        return new Meter(name, counts, aggregation, filters, groupBy, rounding, true);
    }

    /** Whether facts below zero may be recorded for it: it says so, or they are levels or changes of one. */
    public boolean takesNegative() {
        return allowsNegative || aggregation.takesNegative();
    }

    /** Whether a reading of the counted name counts. */
    public boolean accepts(Reading reading) {
        return filters.isEmpty() || filters.forAll(filter -> filter.accepts(reading));
    }

    /** The values that the reading is grouped by, one for each property; empty texts for properties that it lacks. */
    public Seq<String> groupOf(Reading reading) {
        // grouped by nothing it is the same empty list every time
        return groupBy.isEmpty()
                ? groupBy
                : groupBy.map(property -> reading.property(property).getOrElse(""));
    }

    /** A new accumulator of one group; see {@link Aggregation#accumulator}. */
    public Accumulator accumulator(Period period, Instant asOf, CustomAggregations custom) {
        return aggregation.accumulator(period, asOf, custom);
    }

    /** The quantity of a group, cut as this meter says. */
    public BigDecimal quantity(Accumulator group) {
        return group.result(rounding);
    }
}

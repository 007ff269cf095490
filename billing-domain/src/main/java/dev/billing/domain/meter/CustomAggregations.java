package dev.billing.domain.meter;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;

/** The host's own aggregations, by the names that {@link Aggregation.Custom} finds them by. */
public record CustomAggregations(Map<String, CustomAggregation> byName) {

    /** There are none. */
    public static final CustomAggregations NONE = new CustomAggregations(HashMap.empty());

    /** Checks the names. */
    public CustomAggregations {
        requireNonNull(byName, "byName").keySet().forEach(name -> Checks.requireId(name, "Aggregation"));
    }

    /** These and one more; one of the same name is replaced. */
    public CustomAggregations with(String name, CustomAggregation aggregation) {
        return new CustomAggregations(byName.put(name, requireNonNull(aggregation, "aggregation")));
    }

    /**
     * The aggregation of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public CustomAggregation get(String name) {
        return byName.get(name)
                .getOrElseThrow(
                        () -> new IllegalArgumentException("A custom aggregation must be given to the" + " rater, but '"
                                + name + "' is not among " + byName.keySet().toSortedSet()));
    }
}

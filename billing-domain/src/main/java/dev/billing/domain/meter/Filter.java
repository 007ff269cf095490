package dev.billing.domain.meter;

import dev.billing.domain.TextOrder;
import dev.billing.domain.internal.Checks;
import io.vavr.collection.Set;
import io.vavr.collection.TreeSet;

/**
 * Which readings count, by one of their properties.
 *
 * @param listed whether it is those whose property has one of the values ({@code region in (eu, us)}), or all others, those without the
 *     property included ({@code region not in (eu, us)})
 */
public record Filter(String property, boolean listed, Set<String> values) {

    /**
     * Keeps the values in their order.
     *
     * @throws IllegalArgumentException if there is no value, or a text is too long or holds a control character
     */
    public Filter {
        Checks.requireId(property, "Property");
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A filter must name a value, but that by '" + property + "' has none");
        }
        values.forEach(value -> Checks.requireText(value, "Property value"));
        values = TreeSet.ofAll(TextOrder.CODE_POINTS, values);
    }

    /** Only those with one of these values. */
    public static Filter in(String property, String... values) {
        return new Filter(property, true, TreeSet.of(values));
    }

    /** Only those with none of these values. */
    public static Filter notIn(String property, String... values) {
        return new Filter(property, false, TreeSet.of(values));
    }

    /** Whether the reading counts. */
    public boolean accepts(Reading reading) {
        return reading.property(property).exists(values::contains) == listed;
    }

    @Override
    public String toString() {
        return property + (listed ? " in " : " not in ") + values.mkString("(", ", ", ")");
    }
}

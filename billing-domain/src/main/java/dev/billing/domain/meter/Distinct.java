package dev.billing.domain.meter;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/** How many different values a property has. */
final class Distinct extends Partial<Distinct> {

    private final String property;
    private Set<String> values = new HashSet<>();

    Distinct(Aggregation.UniqueCount kind) {
        super(kind);
        property = kind.property();
    }

    @Override
    void take(Reading reading) {
        reading.property(property).forEach(values::add);
    }

    @Override
    void join(Distinct other) {
        // the smaller set goes into the larger
        Set<String> larger = values.size() < other.values.size() ? other.values : values;
        larger.addAll(larger == values ? other.values : values);
        values = larger;
    }

    @Override
    BigDecimal exact() {
        return BigDecimal.valueOf(values.size());
    }
}

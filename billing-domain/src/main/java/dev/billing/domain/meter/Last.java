package dev.billing.domain.meter;

import dev.billing.domain.TextOrder;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The quantity of the last reading. */
final class Last extends Partial<Last> {

    private @Nullable Reading last;

    Last(Aggregation.Latest kind) {
        super(kind);
    }

    @Override
    void take(Reading reading) {
        if (last == null || isAfter(reading, last)) {
            last = reading;
        }
    }

    private static boolean isAfter(Reading one, Reading other) {
        int byInstant = one.at().compareTo(other.at());
        return byInstant == 0 ? TextOrder.CODE_POINTS.compare(one.key(), other.key()) > 0 : byInstant > 0;
    }

    @Override
    void join(Last other) {
        if (other.last != null) {
            take(other.last);
        }
    }

    @Override
    BigDecimal exact() {
        return last == null ? BigDecimal.ZERO : last.quantity();
    }
}

package dev.billing.http.atlas;

import dev.billing.domain.money.Money;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The spelling of values. What the wire cannot express is refused: never a wrong number. */
final class AtlasValues {

    private AtlasValues() {}

    static String id(String id) {
        if (!AtlasRoute.isId(id)) {
            throw new IllegalStateException("An id on this wire must be 24 hex digits, but was '" + id + "'");
        }
        return id;
    }

    /** In UTC, to the second; a later time would be wrong, so the rest is cut off. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * Whole cents.
     *
     * @throws ArithmeticException if they are not whole, or more than 64 bits hold
     */
    static long cents(Money money) {
        return dollars(money).minorUnits();
    }

    static Money dollars(Money money) {
        if (!money.currency().getCurrencyCode().equals("USD")) {
            throw new IllegalStateException("An amount on this wire must be in USD, but was " + money);
        }
        return money;
    }

    /** Without sign where it is zero. */
    static double number(BigDecimal decimal) {
        double value = decimal.doubleValue() + 0.0;
        if (Double.isInfinite(value)) {
            throw new IllegalStateException("A number on this wire must fit a double, but was " + decimal);
        }
        return value;
    }

    static double number(Option<BigDecimal> decimal) {
        return decimal.map(AtlasValues::number).getOrElse(0.0);
    }
}

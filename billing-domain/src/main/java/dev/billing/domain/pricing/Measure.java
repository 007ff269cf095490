package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.math.BigDecimal;

/** What a rule prices: one quantity, or several that are priced together. It is small, however many facts it counts. */
public sealed interface Measure {

    /** So many units. */
    static Measure of(BigDecimal quantity) {
        return new Quantity(quantity);
    }

    /**
     * What a line bills of a period that was billed in part before: for the first line all there is, which includes what is due at zero
     * usage; for a later one what was used since, even if nothing had been used until then. The lines of a period add up to the price of
     * all of it.
     *
     * @param billed what earlier lines of the period billed; none if there are none
     */
    static Measure after(Option<BigDecimal> billed, BigDecimal quantity) {
        return billed.<Measure>map(before -> new Increment(before, quantity)).getOrElse(() -> new Quantity(quantity));
    }

    /** How many units that is, for display: the sum where there are several. */
    BigDecimal quantity();

    /** So many units. */
    record Quantity(BigDecimal quantity) implements Measure {

        /** Keeps the quantity without trailing zeros. */
        public Quantity {
            quantity = Decimals.canonical(quantity);
        }
    }

    /**
     * So many units more, when a line of the same period was billed before, were it for nothing: the difference of two prices, so that the lines of a period
     * add up to the price of all of it under every rule.
     *
     * @param billed what earlier lines of the period billed
     */
    record Increment(BigDecimal billed, BigDecimal quantity) implements Measure {

        /** Keeps both without trailing zeros. */
        public Increment {
            billed = Decimals.canonical(billed);
            quantity = Decimals.canonical(quantity);
        }
    }

    /**
     * What single events come to under a {@link Percentage}, counted by what each of them pays.
     *
     * @param charged the sum of the amounts that pay the percentage and nothing else
     * @param fees how many events pay the fixed fee
     * @param raised how many pay the minimum
     * @param capped how many pay the maximum
     */
    record Events(BigDecimal charged, long fees, long raised, long capped) implements Measure {

        /** Keeps the sum without trailing zeros. */
        public Events {
            charged = Decimals.canonical(charged);
            if (fees < 0 || raised < 0 || capped < 0) {
                throw new IllegalArgumentException("Events must be counted from 0, but were " + fees + " with a fee, "
                        + raised + " raised and " + capped + " capped");
            }
        }

        @Override
        public BigDecimal quantity() {
            return charged;
        }
    }

    /**
     * Quantities of several units that are priced together, such as the peaks of a {@link Capacity}.
     *
     * @param byUnit the quantities by the names of their units
     */
    record Several(Map<String, BigDecimal> byUnit) implements Measure {

        /** Keeps the quantities without trailing zeros. */
        public Several {
            byUnit = requireNonNull(byUnit, "byUnit").mapValues(Decimals::canonical);
        }

        @Override
        public BigDecimal quantity() {
            return byUnit.values().fold(BigDecimal.ZERO, BigDecimal::add);
        }
    }
}

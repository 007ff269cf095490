package dev.billing.domain.pricing;

import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/** How what was used becomes an amount. Rules are data: they can be stored, compared and shown. */
public sealed interface PricingRule
        permits Flat,
                PerUnit,
                Graduated,
                Volume,
                StairStep,
                Packaged,
                Blocks,
                Percentage,
                GraduatedPercentage,
                Dynamic,
                Matrix,
                Capacity,
                Converted,
                FreeUnits,
                CostPlus {

    CurrencyUnit currency();

    /** The price of one unit, where there is one that holds for any quantity. */
    Option<Money> unitPrice();

    /**
     * The exact, unrounded price of {@code quantity}.
     *
     * @throws IllegalArgumentException if the quantity is negative, or the rule prices something else than one quantity
     */
    Money price(BigDecimal quantity);

    /**
     * The terms that {@link #price(BigDecimal)} adds up, in the order in which they come about; none where nothing is charged.
     *
     * @throws IllegalArgumentException as {@link #price(BigDecimal)}
     */
    Seq<Part> parts(BigDecimal quantity);

    /**
     * The exact, unrounded price of what was measured.
     *
     * @throws IllegalArgumentException if the rule does not price measures of this kind
     */
    default Money price(Measure measure) {
        if (measure instanceof Measure.Increment more) {
            return price(more.billed().add(more.quantity())).minus(price(more.billed()));
        }
        return price(quantity(measure));
    }

    /**
     * The terms that {@link #price(Measure)} adds up.
     *
     * @throws IllegalArgumentException as {@link #price(Measure)}
     */
    default Seq<Part> parts(Measure measure) {
        if (measure instanceof Measure.Increment more) {
            return Array.of(
                    Part.of("all so far", price(more.billed().add(more.quantity()))),
                    Part.of("billed before", price(more.billed()).negated()));
        }
        return parts(quantity(measure));
    }

    /**
     * Price ÷ quantity, for display only: nothing is ever billed through it, because a rounded unit price loses money (750 units for USD
     * 10 at USD 0.01 each are USD 7.50).
     *
     * @return none for no quantity
     */
    default Option<Money> effectiveUnitPrice(Measure measure, Rounding rounding) {
        BigDecimal quantity = measure.quantity();
        return Option.when(quantity.signum() != 0, () -> price(measure).dividedBy(quantity, rounding));
    }

    private BigDecimal quantity(Measure measure) {
        if (measure instanceof Measure.Quantity one) {
            return one.quantity();
        }
        throw new IllegalArgumentException(
                "A rule must be given what it prices, but " + this + " was given " + measure);
    }

    /** Refuses a quantity below zero. */
    static BigDecimal requireNotNegative(BigDecimal quantity) {
        return requireNotNegative("A quantity", quantity);
    }

    /** Refuses a value below zero, by its name. */
    static BigDecimal requireNotNegative(String what, BigDecimal value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException(what + " must not be negative, but was " + value);
        }
        return value;
    }
}

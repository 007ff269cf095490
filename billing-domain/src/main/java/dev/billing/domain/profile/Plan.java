package dev.billing.domain.profile;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Markup;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.money.CurrencyUnit;

/**
 * What a thing costs and is charged for a month, in parts. The arithmetic is that of {@link Morpheus}: a month has 720 hours when a
 * monthly charge is spread, and {@code hoursPerMonth} in the rates of metered lines.
 *
 * @param currency of all parts
 * @param hoursPerMonth 720, or what the cloud's provider takes for a month
 */
public record Plan(CurrencyUnit currency, BigDecimal hoursPerMonth, Seq<Part> parts) {

    /** Hours of a month where nothing else is said: 30 days. */
    public static final BigDecimal HOURS = BigDecimal.valueOf(720);

    /** Hours of a month on AWS: 30.5 days. */
    public static final BigDecimal AWS_HOURS = BigDecimal.valueOf(732);

    /** Hours of a month on Azure: 30.4 days. */
    public static final BigDecimal AZURE_HOURS = new BigDecimal("729.6");

    /** No charges at all. */
    public static Plan free(CurrencyUnit currency) {
        return new Plan(currency, HOURS, Array.empty());
    }

    /** A plan whose parts are all of its currency. */
    public Plan {
        requireNonNull(currency, "currency");
        hoursPerMonth = Decimals.canonical(hoursPerMonth);
        Seq<Part> foreign = parts.filter(part -> !part.price().currency().equals(currency)
                || !part.cost().currency().equals(currency));
        if (!foreign.isEmpty() || hoursPerMonth.signum() <= 0) {
            throw new IllegalArgumentException(
                    "A plan must have hours and be in " + currency + ", but was " + hoursPerMonth + " and " + foreign);
        }
    }

    /** When a part is charged. */
    public enum Incurs {
        WHILE_RUNNING,
        ALWAYS,
        WHILE_STOPPED
    }

    /**
     * One part: so many units at so much each.
     *
     * @param component one of {@link Morpheus#COMPONENTS}
     * @param price of one unit for a month
     * @param cost of one unit for a month
     * @param spread whether the month's charge is that of 720 hours, with the digits that spreading leaves; otherwise it is taken as
     *     it is
     */
    public record Part(
            String component,
            String description,
            BigDecimal quantity,
            Money price,
            Money cost,
            Incurs incurs,
            boolean spread) {
        public Part {
            if (!Morpheus.COMPONENTS.contains(component)) {
                throw new IllegalArgumentException(
                        "A component must be one of " + Morpheus.COMPONENTS + ", but was '" + component + "'");
            }
            Checks.requireText(description, "Description");
            quantity = Decimals.canonical(quantity);
            requireNonNull(price, "price");
            requireNonNull(cost, "cost");
            requireNonNull(incurs, "incurs");
        }

        /** A part whose price follows from its cost. */
        public static Part marked(
                String component, String description, BigDecimal quantity, Money cost, Markup markup, boolean spread) {
            return new Part(component, description, quantity, markup.price(cost), cost, Incurs.WHILE_RUNNING, spread);
        }

        /** What a unit costs or is charged for a month. */
        public Money unit(Side side) {
            return side == Side.COST ? cost : price;
        }

        /** What all units cost or are charged for a month. */
        public Money monthly(Side side) {
            return unit(side).times(quantity);
        }

        /** The month's charge; if it is spread, 720 × (monthly ÷ 720). */
        public Money interval(Side side) {
            Money monthly = monthly(side);
            if (!spread) {
                return monthly;
            }
            return Money.of(monthly.currency(), HOURS.multiply(MorpheusArithmetic.ratio(monthly.amount(), HOURS)));
        }
    }

    /** The month's charge of some parts. */
    public Money interval(Side side, Seq<Part> some) {
        return some.map(part -> part.interval(side)).fold(Money.zero(currency), Money::plus);
    }

    /** A part's charge for one hour, as metered lines show it: monthly × (1 ÷ hours), exactly. */
    public Money hourlyRate(Part part, Side side) {
        return part.monthly(side).times(MorpheusArithmetic.ratio(BigDecimal.ONE, hoursPerMonth));
    }

    /** A provider's hourly charge for a month of so many hours, exactly. */
    public static Money monthly(Money hourly, BigDecimal hoursPerMonth) {
        return hourly.times(hoursPerMonth);
    }

    /** The sum of unit prices × quantities, rounded once to nine decimals, half up: what an hour costs in usage records. */
    public static BigDecimal hourlyPrice(Seq<BigDecimal> hourlyPrices) {
        return hourlyPrices.fold(BigDecimal.ZERO, BigDecimal::add).setScale(9, RoundingMode.HALF_UP);
    }
}

package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.TreeMap;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * One flat price by the peaks of several units: that of the first tier all of whose limits hold. With up to 10 members and 100 GB for USD
 * 10, and up to 50 members and 500 GB for USD 20, peaks of 5 members and 101 GB are USD 20. This is Kill Bill's capacity usage.
 * <ul>
 *   <li>Peaks that are all 0 cost nothing. A unit without a peak has a peak of 0.
 *   <li>A peak on a limit is within it.
 *   <li>Peaks beyond the last tier's limits, or of a unit that the tiers do not limit, are refused, as in Kill Bill: nobody agreed on a
 *       price for them.
 * </ul>
 */
public record Capacity(Seq<Limits> tiers) implements PricingRule {

    /**
     * A tier.
     *
     * @param byUnit the highest peak by the name of the unit; none for no limit
     * @param price of the whole period
     */
    public record Limits(Map<String, Option<BigDecimal>> byUnit, Money price) {

        /** Keeps the limits without trailing zeros, in the order of the units' names. */
        public Limits {
            byUnit = TreeMap.ofEntries(byUnit.mapValues(limit -> limit.map(Decimals::canonical)));
            requireNonNull(price, "price");
        }

        private boolean holds(String unit, BigDecimal peak) {
            return byUnit.get(unit).exists(limit -> limit.forAll(most -> peak.compareTo(most) <= 0));
        }

        @Override
        public String toString() {
            return byUnit.map(unit -> unit._1 + " " + limit(unit._2)).mkString(", ") + ": " + price;
        }

        private static String limit(Option<BigDecimal> limit) {
            return limit.map(most -> "up to " + Decimals.toText(most)).getOrElse("without limit");
        }
    }

    /**
     * Checks the tiers.
     *
     * @throws InvalidPricing if there are none, they do not limit the same units, a limit is below that of the tier before, no limit is
     *     above it, a limit or price is negative, or the currencies differ
     */
    public Capacity {
        Problems problems = Problems.of("Capacity prices").notEmpty("tiers", tiers);
        for (int i = 0; i < tiers.size(); i++) {
            check(problems, Problems.at("tiers", i), tiers.head(), tiers.get(i));
            if (i > 0) {
                checkAbove(problems, Problems.at("tiers", i), tiers.get(i - 1), tiers.get(i));
            }
        }
        problems.orThrow();
        tiers = Array.ofAll(tiers);
    }

    private static void check(Problems problems, String at, Limits first, Limits tier) {
        problems.require(!tier.byUnit().isEmpty(), at + ".byUnit", "must not be empty");
        problems.require(
                tier.byUnit().keySet().equals(first.byUnit().keySet()),
                at + ".byUnit",
                "must limit the units of the first tier, " + names(first) + ", but had " + names(tier));
        tier.byUnit()
                .forEach((unit, limit) -> limit.forEach(most -> problems.notNegative(at + ".byUnit." + unit, most)));
        problems.price(at + ".price", first.price().currency(), tier.price());
    }

    private static String names(Limits tier) {
        return tier.byUnit().keySet().mkString(", ");
    }

    private static void checkAbove(Problems problems, String at, Limits before, Limits tier) {
        boolean above = false;
        for (String unit : before.byUnit().keySet().intersect(tier.byUnit().keySet())) {
            int order = compare(
                    tier.byUnit().get(unit).get(), before.byUnit().get(unit).get());
            problems.require(
                    order >= 0,
                    at + ".byUnit." + unit,
                    "must not be below that of the tier before, but was "
                            + tier.byUnit()
                                    .get(unit)
                                    .get()
                                    .map(Decimals::toText)
                                    .getOrElse("open"));
            above |= order > 0;
        }
        problems.require(above, at + ".byUnit", "must have a limit above that of the tier before");
    }

    private static int compare(Option<BigDecimal> limit, Option<BigDecimal> other) {
        if (limit.isEmpty() || other.isEmpty()) {
            return Boolean.compare(limit.isEmpty(), other.isEmpty());
        }
        return limit.get().compareTo(other.get());
    }

    /** A number from 1 for each unit that has a peak: the first tier whose limit of that unit holds. */
    public Map<String, Integer> tierOfUnit(Measure.Several peaks) {
        return peaks.byUnit().map((unit, peak) -> new Tuple2<>(unit, firstTier(unit, peak)));
    }

    private int firstTier(String unit, BigDecimal peak) {
        int index = tiers.indexWhere(tier -> tier.holds(unit, PricingRule.requireNotNegative("A peak", peak)));
        if (index < 0) {
            throw new IllegalArgumentException("A peak must be within the limits of a tier, but was "
                    + Decimals.toText(peak) + " of " + unit + " for " + this);
        }
        return index + 1;
    }

    @Override
    public CurrencyUnit currency() {
        return tiers.head().price().currency();
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    @Override
    public Money price(Measure measure) {
        return parts(measure).map(Part::amount).fold(Money.zero(currency()), Money::plus);
    }

    @Override
    public Seq<Part> parts(Measure measure) {
        if (measure instanceof Measure.Several peaks) {
            return parts(peaks);
        }
        throw refusal(measure);
    }

    private Seq<Part> parts(Measure.Several peaks) {
        int reached = tierOfUnit(peaks).values().max().getOrElse(1);
        boolean used = peaks.byUnit().values().exists(peak -> peak.signum() != 0);
        return used ? Array.of(Part.of("tier " + reached, tiers.get(reached - 1).price())) : Array.empty();
    }

    /**
     * Refuses: a capacity is priced by the peaks of its units.
     *
     * @throws IllegalArgumentException always
     */
    @Override
    public Money price(BigDecimal quantity) {
        throw refusal(quantity);
    }

    /**
     * Refuses: a capacity is priced by the peaks of its units.
     *
     * @throws IllegalArgumentException always
     */
    @Override
    public Seq<Part> parts(BigDecimal quantity) {
        throw refusal(quantity);
    }

    private static IllegalArgumentException refusal(Object given) {
        return new IllegalArgumentException(
                "A capacity must be priced by the peaks of its units, but was given " + given);
    }

    /** {@code capacity: GB up to 100, members up to 10: USD 10; GB without limit, members without limit: USD 20}. */
    @Override
    public String toString() {
        return "capacity: " + tiers.mkString("; ");
    }
}

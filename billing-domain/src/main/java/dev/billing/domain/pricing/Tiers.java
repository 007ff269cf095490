package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import io.vavr.control.Validation;
import java.math.BigDecimal;

/**
 * Tiers that are given with both bounds, as Lago and many tables in documents have them. A range may begin where the one before it ends,
 * or one unit later where both are whole numbers: {@code 0–10, 10–20, 20–} and {@code 1–10, 11–20, 21–} say the same, and 10.5 belongs
 * to the second range of both.
 */
public final class Tiers {

    private Tiers() {}

    /**
     * What is priced from one bound to another.
     *
     * @param from where it begins
     * @param upTo the last quantity that belongs to it; none for the last one
     */
    public record Range(BigDecimal from, Option<BigDecimal> upTo, Money unitPrice, Money flatFee) {

        /** Keeps the bounds without trailing zeros. */
        public Range {
            from = Decimals.canonical(from);
            upTo = upTo.map(Decimals::canonical);
            requireNonNull(unitPrice, "unitPrice");
            requireNonNull(flatFee, "flatFee");
        }
    }

    /** The tiers of adjacent ranges, or all that is wrong with them: gaps, overlaps, and whatever {@link Graduated} refuses. */
    public static Validation<Seq<PricingError.InvalidRule>, Seq<PriceTier>> of(Seq<Range> ranges) {
        Seq<PriceTier> tiers = ranges.map(range -> new PriceTier(range.upTo(), range.unitPrice(), range.flatFee()));
        Problems problems = PriceTier.check(Problems.of("Tiers"), tiers);
        Option<BigDecimal> end = Option.some(BigDecimal.ZERO);
        for (int i = 0; i < ranges.size(); i++) {
            BigDecimal from = ranges.get(i).from();
            String at = Problems.at("tiers", i) + ".from";
            end.forEach(bound -> problems.require(isNext(bound, from), at, mustBeNext(bound, from)));
            end = ranges.get(i).upTo();
        }
        return problems.found().isEmpty() ? Validation.valid(tiers) : Validation.invalid(problems.found());
    }

    private static boolean isNext(BigDecimal bound, BigDecimal from) {
        boolean countsWholeUnits = bound.scale() == 0 && from.compareTo(bound.add(BigDecimal.ONE)) == 0;
        return from.compareTo(bound) == 0 || countsWholeUnits;
    }

    private static String mustBeNext(BigDecimal bound, BigDecimal from) {
        String what = from.compareTo(bound) < 0 ? "an overlap" : "a gap";
        return "must begin where the tier before it ends, at " + Decimals.toText(bound) + ", but was "
                + Decimals.toText(from) + ", which leaves " + what;
    }

    /** The name of a tier by its upper bound alone. */
    static String name(Option<BigDecimal> upTo) {
        return upTo.map(bound -> "up to " + Decimals.toText(bound)).getOrElse("beyond");
    }

    /** The name of a tier by both bounds; {@code above} is 0 for the first. */
    static String name(BigDecimal above, Option<BigDecimal> upTo) {
        String lower = above.signum() == 0 ? "" : "above " + Decimals.toText(above);
        String upper = upTo.map(bound -> "up to " + Decimals.toText(bound)).getOrElse("");
        String both = lower.isEmpty() || upper.isEmpty() ? lower + upper : lower + " " + upper;
        return both.isEmpty() ? "any quantity" : both;
    }
}

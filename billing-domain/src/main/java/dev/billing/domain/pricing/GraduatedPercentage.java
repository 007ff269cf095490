package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.Objects;
import javax.money.CurrencyUnit;

/**
 * Each tier takes its own percentage of the part of the amount that falls into it, and its fee once any falls into it; the first tier's
 * fee is due at zero too. With up to 10 at 1 % + USD 200 and beyond at 2 % + USD 300, an amount of 11 is {@code 0.10 + 200 + 0.02 + 300 =
 * USD 500.12}. This is Lago's graduated percentage charge.
 * <p>
 * It is a value: two of them are equal if their currencies and tiers are.
 */
public final class GraduatedPercentage implements PricingRule {

    private final CurrencyUnit currency;
    private final Array<PercentTier> tiers;
    private final Graduated perUnit;

    /**
     * A tier.
     *
     * @param upTo the last amount that belongs to it; none for the last tier, which is open
     * @param percent in hundredths
     * @param flatFee due once
     */
    public record PercentTier(Option<BigDecimal> upTo, BigDecimal percent, Money flatFee) {

        /** Keeps the numbers without trailing zeros. */
        public PercentTier {
            upTo = upTo.map(Decimals::canonical);
            percent = Decimals.canonical(percent);
            requireNonNull(flatFee, "flatFee");
        }

        private PriceTier perUnit(CurrencyUnit currency) {
            return new PriceTier(upTo, Money.of(currency, percent.movePointLeft(2)), flatFee);
        }

        @Override
        public String toString() {
            return Tiers.name(upTo) + ": " + Decimals.toText(percent) + " %"
                    + (flatFee.isZero() ? "" : " + " + flatFee);
        }
    }

    /**
     * Checks the tiers.
     *
     * @throws InvalidPricing if there are none, their bounds do not ascend from above 0 to an open one, a percentage or fee is negative,
     *     or the currencies differ
     */
    public GraduatedPercentage(CurrencyUnit currency, Seq<PercentTier> tiers) {
        this.currency = requireNonNull(currency, "currency");
        this.tiers = Array.ofAll(tiers);
        check(currency, tiers);
        this.perUnit = new Graduated(this.tiers.map(tier -> tier.perUnit(currency)), false);
    }

    private static void check(CurrencyUnit currency, Seq<PercentTier> tiers) {
        Problems problems = Problems.of("Graduated percentages")
                .notEmpty("tiers", tiers)
                .ascending("tiers", tiers.map(PercentTier::upTo), Option.some(BigDecimal.ZERO));
        for (int i = 0; i < tiers.size(); i++) {
            String at = Problems.at("tiers", i);
            problems.notNegative(at + ".percent", tiers.get(i).percent());
            problems.price(at + ".flatFee", currency, tiers.get(i).flatFee());
        }
        problems.orThrow();
    }

    @Override
    public CurrencyUnit currency() {
        return currency;
    }

    /** The tiers, from the lowest. */
    public Seq<PercentTier> tiers() {
        return tiers;
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    @Override
    public Money price(BigDecimal amount) {
        return perUnit.price(amount);
    }

    @Override
    public Seq<Part> parts(BigDecimal amount) {
        return perUnit.parts(amount);
    }

    @Override
    public Seq<Part> parts(Measure measure) {
        return perUnit.parts(measure);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GraduatedPercentage rule && currency.equals(rule.currency) && tiers.equals(rule.tiers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(currency, tiers);
    }

    /** {@code graduated: up to 10: 1 % + USD 200, beyond: 2 % + USD 300}. */
    @Override
    public String toString() {
        return "graduated: " + tiers.mkString(", ");
    }
}

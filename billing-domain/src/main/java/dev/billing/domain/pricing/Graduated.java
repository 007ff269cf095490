package dev.billing.domain.pricing;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import javax.money.CurrencyUnit;

/**
 * Each tier prices only the part of the quantity that falls into it, and adds its fee once any quantity falls into it. With up to 10 at
 * USD 2 and beyond at USD 1 + USD 5, 10 units are USD 20 and 11 are USD 26.
 * <p>
 * The first tier's fee is due at zero usage too, unless {@code freeAtZero}. Unit prices have as many digits as they need. This is what
 * Stripe, Lago and OpenMeter call graduated, and Kill Bill's {@code ALL_TIERS} with blocks of one unit.
 * <p>
 * It is a value: two of them are equal if their tiers and {@code freeAtZero} are.
 */
public final class Graduated implements PricingRule {

    private final Array<PriceTier> tiers;
    private final boolean freeAtZero;

    /** The price is linear within a tier: in tier i it is {@code offsets[i] + quantity × unitPrices[i]}. */
    private final BigDecimal[] bounds;

    private final BigDecimal[] unitPrices;
    private final BigDecimal[] offsets;
    private final Money atZero;

    /**
     * Checks the tiers.
     *
     * @throws InvalidPricing if there are none, their bounds do not ascend from above 0 to an open one, a price or fee is negative, or the
     *     currencies differ
     */
    public Graduated(Seq<PriceTier> tiers, boolean freeAtZero) {
        this.tiers = PriceTier.checked("Graduated prices", tiers);
        this.freeAtZero = freeAtZero;
        this.atZero = freeAtZero ? Money.zero(currency()) : this.tiers.head().flatFee();
        int count = this.tiers.size();
        this.bounds = new BigDecimal[count - 1];
        this.unitPrices = new BigDecimal[count];
        this.offsets = new BigDecimal[count];
        precompute();
    }

    private void precompute() {
        BigDecimal offset = BigDecimal.ZERO;
        for (int i = 0; i < unitPrices.length; i++) {
            PriceTier tier = tiers.get(i);
            unitPrices[i] = tier.unitPrice().amount();
            if (i > 0) {
                bounds[i - 1] = tiers.get(i - 1).upTo().get();
                offset = offset.add(unitPrices[i - 1].subtract(unitPrices[i]).multiply(bounds[i - 1]));
            }
            offset = offset.add(tier.flatFee().amount());
            offsets[i] = offset;
        }
    }

    /** The tiers, from the lowest. */
    public Seq<PriceTier> tiers() {
        return tiers;
    }

    /** Whether zero usage costs nothing even if the first tier has a fee. */
    public boolean freeAtZero() {
        return freeAtZero;
    }

    @Override
    public CurrencyUnit currency() {
        return tiers.head().unitPrice().currency();
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    @Override
    public Money price(BigDecimal quantity) {
        int sign = PricingRule.requireNotNegative(quantity).signum();
        if (sign == 0) {
            return atZero;
        }
        int tier = 0;
        while (tier < bounds.length && quantity.compareTo(bounds[tier]) > 0) {
            tier++;
        }
        return new Money(atZero.currency(), unitPrices[tier].multiply(quantity).add(offsets[tier]));
    }

    @Override
    public Seq<Part> parts(BigDecimal quantity) {
        Seq<Part> due = atZero.isZero() ? Array.empty() : Array.of(fee(0));
        return due.appendAll(parts(BigDecimal.ZERO, PricingRule.requireNotNegative(quantity)));
    }

    /** The tiers that lie between what was billed and what is used now; the last one continues where the line before it stopped. */
    @Override
    public Seq<Part> parts(Measure measure) {
        if (measure instanceof Measure.Increment more && more.quantity().signum() >= 0) {
            return parts(
                    PricingRule.requireNotNegative(more.billed()), more.billed().add(more.quantity()));
        }
        return PricingRule.super.parts(measure);
    }

    /** What is due for more than {@code from}, up to {@code to}; what is due at zero is not in it. */
    private Seq<Part> parts(BigDecimal from, BigDecimal to) {
        Array<Part> parts = Array.empty();
        BigDecimal lower = BigDecimal.ZERO;
        for (int i = 0; i < tiers.size() && (lower.compareTo(to) < 0); i++) {
            PriceTier tier = tiers.get(i);
            BigDecimal begin = lower.max(from);
            BigDecimal end = tier.upTo().map(to::min).getOrElse(to);
            if (begin.compareTo(end) < 0) {
                parts = parts.append(new Part(name(i), end.subtract(begin), tier.unitPrice()));
            }
            boolean entered = from.compareTo(lower) <= 0 && (i > 0 || freeAtZero);
            if (entered && !tier.flatFee().isZero()) {
                parts = parts.append(fee(i));
            }
            lower = end.max(lower);
        }
        return parts;
    }

    private Part fee(int tier) {
        return Part.of("fee " + name(tier), tiers.get(tier).flatFee());
    }

    private String name(int tier) {
        return Tiers.name(
                tier == 0 ? BigDecimal.ZERO : bounds[tier - 1], tiers.get(tier).upTo());
    }

    /**
     * So many units more or less, and what they come to when each counts only for its time.
     *
     * @param units in full; negative where some are taken away
     * @param prorated the same, prorated
     */
    public record Change(BigDecimal units, BigDecimal prorated) {

        /** Keeps both without trailing zeros. */
        public Change {
            units = Decimals.canonical(units);
            prorated = Decimals.canonical(prorated);
        }
    }

    /**
     * The price of units that came and went within a period, each counted for its time: the tiers follow the full units, the amount the
     * prorated ones. A change that crosses a bound is divided over the tiers by its full units. Fees are due in full for every tier that
     * was ever entered. Neither the units nor the sum of what they cost falls below zero: if more was taken away than there was, nothing
     * is due at all. It is exact until it is rounded once. This is Lago's prorated graduated charge.
     * <p>
     * With up to 5 at USD 10 + USD 100 and beyond at USD 5 + USD 50, five units for 0.7 of the period and two taken away for 0.5 of it
     * are {@code 3.5 × 10 − 1 × 10 + 100 = USD 125}.
     */
    public Money prorated(Iterable<Change> changes, Rounding rounding) {
        BigDecimal units = BigDecimal.ZERO;
        BigDecimal peak = BigDecimal.ZERO;
        Fraction sum = Fraction.ZERO;
        for (Change change : changes) {
            BigDecimal before = units;
            units = units.add(change.units());
            peak = peak.max(units);
            if (change.units().signum() != 0) {
                BigDecimal full = usage(units).subtract(usage(before));
                sum = sum.plus(full.multiply(change.prorated()), change.units());
            }
        }
        if (units.signum() < 0) {
            return Money.zero(currency()).rounded(rounding);
        }
        return sum.notBelowZero().plus(fees(peak), BigDecimal.ONE).toMoney(currency(), rounding);
    }

    /** The price without fees; what is below zero counts at the first tier's price. */
    private BigDecimal usage(BigDecimal units) {
        return units.signum() < 0
                ? unitPrices[0].multiply(units)
                : price(units).amount().subtract(fees(units));
    }

    private BigDecimal fees(BigDecimal units) {
        BigDecimal fees = atZero.amount();
        if (units.signum() > 0) {
            fees = tiers.head().flatFee().amount();
            for (int i = 0; i < bounds.length && units.compareTo(bounds[i]) > 0; i++) {
                fees = fees.add(tiers.get(i + 1).flatFee().amount());
            }
        }
        return fees;
    }

    /** A sum of quotients, kept undivided. */
    private record Fraction(BigInteger numerator, BigInteger denominator) {

        private static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);

        Fraction plus(BigDecimal dividend, BigDecimal divisor) {
            int digits = Math.max(0, Math.max(dividend.scale(), divisor.scale()));
            BigInteger top = dividend.movePointRight(digits).toBigIntegerExact();
            BigInteger bottom = divisor.movePointRight(digits).toBigIntegerExact();
            BigInteger sum = numerator.multiply(bottom).add(top.multiply(denominator));
            BigInteger of = denominator.multiply(bottom);
            BigInteger common = bottom.signum() < 0 ? sum.gcd(of).negate() : sum.gcd(of);
            return new Fraction(sum.divide(common), of.divide(common));
        }

        Fraction notBelowZero() {
            return numerator.signum() < 0 ? ZERO : this;
        }

        Money toMoney(CurrencyUnit currency, Rounding rounding) {
            return Money.of(currency, new BigDecimal(numerator)).dividedBy(new BigDecimal(denominator), rounding);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Graduated rule && freeAtZero == rule.freeAtZero && tiers.equals(rule.tiers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tiers, freeAtZero);
    }

    /** {@code graduated: up to 10: USD 2 per unit + USD 5, beyond: USD 1 per unit}. */
    @Override
    public String toString() {
        return "graduated: " + tiers.mkString(", ") + (freeAtZero ? ", free at zero" : "");
    }
}

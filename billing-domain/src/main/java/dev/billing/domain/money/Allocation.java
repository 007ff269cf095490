package dev.billing.domain.money;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Splits an amount into parts that add up to it.
 * <p>
 * The method is the largest remainder (Hamilton): each part first gets the whole units of its exact share, then the units that are
 * left go one by one to the parts with the largest rest, the first of equals first. So parts sum to the whole, each is less than one
 * unit from its exact share, and the same input gives the same parts.
 */
public final class Allocation {

    private Allocation() {}

    /**
     * Splits in units of the currency's minor unit.
     *
     * @throws IllegalArgumentException as {@link #split(Money, Seq, int)}
     */
    public static Seq<Money> split(Money whole, Seq<BigDecimal> weights) {
        return split(whole, weights, Money.minorDigits(whole.currency()));
    }

    /**
     * Splits by weights, in units of {@code 10^-digits}. What the whole has below one unit goes undivided to the next part in line.
     *
     * @param weights how much of the whole each part bears, relative to their sum
     * @throws IllegalArgumentException if there are no weights, one is negative, or all are zero
     */
    public static Seq<Money> split(Money whole, Seq<BigDecimal> weights, int digits) {
        BigInteger[] shares = integers(weights);
        BigInteger total = Arrays.stream(shares).reduce(BigInteger.ZERO, BigInteger::add);
        if (total.signum() == 0) {
            throw new IllegalArgumentException("Weights must not all be zero, but were " + weights);
        }
        int scale = Math.max(digits, whole.amount().scale());
        BigInteger fine =
                whole.amount().abs().setScale(scale, RoundingMode.UNNECESSARY).unscaledValue();
        BigInteger unit = BigInteger.TEN.pow(scale - digits);
        BigInteger[] parts = largestRemainder(fine, unit, shares, total);
        return Array.of(parts)
                .map(part -> new BigDecimal(whole.isNegative() ? part.negate() : part, scale))
                .map(part -> Money.of(whole.currency(), part));
    }

    private static BigInteger[] largestRemainder(
            BigInteger fine, BigInteger unit, BigInteger[] shares, BigInteger total) {
        BigInteger[] parts = new BigInteger[shares.length];
        BigInteger[] rests = new BigInteger[shares.length];
        BigInteger left = fine;
        for (int i = 0; i < shares.length; i++) {
            BigInteger[] quotient = fine.multiply(shares[i]).divideAndRemainder(total.multiply(unit));
            parts[i] = quotient[0].multiply(unit);
            rests[i] = quotient[1];
            left = left.subtract(parts[i]);
        }
        for (int i : byLargest(rests)) {
            BigInteger extra = left.min(unit);
            parts[i] = parts[i].add(extra);
            left = left.subtract(extra);
        }
        return parts;
    }

    private static Integer[] byLargest(BigInteger[] rests) {
        Integer[] order = new Integer[rests.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing((Integer i) -> rests[i]).reversed());
        return order;
    }

    private static BigInteger[] integers(Seq<BigDecimal> weights) {
        int scale = weights.map(BigDecimal::scale).max().getOrElse(0);
        return weights.map(weight -> {
                    if (weight.signum() < 0) {
                        throw new IllegalArgumentException("Weights must not be negative, but one was " + weight);
                    }
                    return Decimals.requireWorkable(weight)
                            .setScale(Math.max(scale, 0), RoundingMode.UNNECESSARY)
                            .unscaledValue();
                })
                .toJavaArray(BigInteger[]::new);
    }
}

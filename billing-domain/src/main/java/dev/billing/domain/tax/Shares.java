package dev.billing.domain.tax;

import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import javax.money.CurrencyUnit;

/**
 * The exact taxes that are rounded together: fractions with one divisor, which may have both signs. That is why weights, which are never
 * negative, do not do for them.
 */
final class Shares {

    private final CurrencyUnit currency;
    private final BigDecimal[] dividends;
    private final BigDecimal divisor;

    private Shares(CurrencyUnit currency, BigDecimal[] dividends, BigDecimal divisor) {
        this.currency = currency;
        this.dividends = dividends;
        this.divisor = divisor;
    }

    /** An exact amount: {@code dividend ÷ divisor}. */
    record Exact(BigDecimal dividend, BigDecimal divisor) {}

    static Shares of(CurrencyUnit currency, Seq<Exact> parts) {
        Seq<BigDecimal> divisors = parts.map(Exact::divisor).distinct();
        BigDecimal common = divisors.fold(BigDecimal.ONE, BigDecimal::multiply);
        BigDecimal[] dividends = parts.map(part -> part.dividend()
                        .multiply(divisors.remove(part.divisor()).fold(BigDecimal.ONE, BigDecimal::multiply)))
                .toJavaArray(BigDecimal[]::new);
        return new Shares(currency, dividends, common);
    }

    /** Their sum, rounded once. */
    Money rounded(Rounding rounding) {
        return Money.of(currency, sum()).dividedBy(divisor, rounding);
    }

    /** What is left of a whole when the whole without them is rounded once. */
    Money leftOf(Money whole, Rounding rounding) {
        boolean nothing = Arrays.stream(dividends).allMatch(dividend -> dividend.signum() == 0);
        Money rest = whole.times(divisor).minus(Money.of(currency, sum()));
        return nothing ? Money.zero(currency) : whole.minus(rest.dividedBy(divisor, rounding));
    }

    /**
     * Splits a whole that is their sum but for rounding: each part first gets its exact share cut down to whole units, then the units
     * that are left go one by one to the parts that lack most, the first of equals first. What is given back is split like what is
     * charged.
     */
    Money[] split(Money whole, int digits) {
        if (sign() >= 0) {
            return splitCharges(whole, digits);
        }
        Money[] mirrored = new Shares(currency, negated(), divisor).splitCharges(whole.negated(), digits);
        return Arrays.stream(mirrored).map(Money::negated).toArray(Money[]::new);
    }

    /** That of the sum; where it is zero, that of the first share that is not. */
    private int sign() {
        return IntStream.concat(
                        IntStream.of(sum().signum()), Arrays.stream(dividends).mapToInt(BigDecimal::signum))
                .filter(sign -> sign != 0)
                .findFirst()
                .orElse(0);
    }

    private Money[] splitCharges(Money whole, int digits) {
        BigDecimal unit = BigDecimal.ONE.movePointLeft(digits);
        BigDecimal[] parts = new BigDecimal[dividends.length];
        BigDecimal[] rests = new BigDecimal[dividends.length];
        BigDecimal left = whole.amount();
        for (int i = 0; i < parts.length; i++) {
            BigDecimal inUnits = dividends[i].movePointRight(digits);
            BigDecimal units = inUnits.divide(divisor, 0, RoundingMode.FLOOR);
            parts[i] = units.multiply(unit);
            rests[i] = inUnits.subtract(units.multiply(divisor));
            left = left.subtract(parts[i]);
        }
        handOut(left, unit, parts, rests);
        return Arrays.stream(parts).map(part -> Money.of(currency, part)).toArray(Money[]::new);
    }

    private void handOut(BigDecimal whole, BigDecimal unit, BigDecimal[] parts, BigDecimal[] rests) {
        int[] order = byLargest(rests, whole.signum());
        BigDecimal left = whole.abs();
        for (int next = 0; left.signum() != 0; next = (next + 1) % order.length) {
            BigDecimal extra = left.min(unit);
            BigDecimal signed = whole.signum() < 0 ? extra.negate() : extra;
            parts[order[next]] = parts[order[next]].add(signed);
            left = left.subtract(extra);
        }
    }

    /** Parts without tax get nothing. */
    private int[] byLargest(BigDecimal[] rests, int sign) {
        Comparator<Integer> byRest = Comparator.comparing(i -> rests[i]);
        return IntStream.range(0, rests.length)
                .filter(i -> dividends[i].signum() != 0)
                .boxed()
                .sorted(sign < 0 ? byRest : byRest.reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private BigDecimal sum() {
        return Arrays.stream(dividends).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal[] negated() {
        return Arrays.stream(dividends).map(BigDecimal::negate).toArray(BigDecimal[]::new);
    }
}

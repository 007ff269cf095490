package dev.billing.domain;

import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** The oracle for exact arithmetic: a fraction of big integers, in lowest terms. */
public record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {

    public static final Fraction ZERO = of(0, 1);
    public static final Fraction ONE = of(1, 1);

    public Fraction {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("A fraction must not be of zero");
        }
        BigInteger divisor = numerator.gcd(denominator);
        divisor = denominator.signum() < 0 ? divisor.negate() : divisor;
        numerator = numerator.divide(divisor);
        denominator = denominator.divide(divisor);
    }

    public static Fraction of(long numerator, long denominator) {
        return new Fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    public static Fraction of(BigDecimal value) {
        return value.scale() >= 0
                ? new Fraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale()))
                : new Fraction(value.unscaledValue().multiply(BigInteger.TEN.pow(-value.scale())), BigInteger.ONE);
    }

    public static Fraction of(Money money) {
        return of(money.amount());
    }

    public static Fraction of(Ratio ratio) {
        return of(ratio.numerator(), ratio.denominator());
    }

    public Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Fraction minus(Fraction other) {
        return plus(other.negated());
    }

    public Fraction negated() {
        return new Fraction(numerator.negate(), denominator);
    }

    public Fraction abs() {
        return numerator.signum() < 0 ? negated() : this;
    }

    public Fraction times(Fraction other) {
        return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    public Fraction dividedBy(Fraction other) {
        return new Fraction(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    /** To a number of decimals, by the definition of the mode: which of the two neighbours is it? */
    public BigDecimal rounded(int digits, RoundingMode mode) {
        Fraction inUnits = times(of(new BigDecimal(BigInteger.ONE, -digits))).abs();
        BigInteger[] parts = inUnits.numerator.divideAndRemainder(inUnits.denominator);
        BigInteger units =
                away(mode, parts[0], parts[1], inUnits.denominator) ? parts[0].add(BigInteger.ONE) : parts[0];
        return new BigDecimal(numerator.signum() < 0 ? units.negate() : units, digits);
    }

    /** Whether an amount of so many whole units and a rest goes to the neighbour that is farther from zero. */
    private boolean away(RoundingMode mode, BigInteger units, BigInteger rest, BigInteger of) {
        if (rest.signum() == 0) {
            return false;
        }
        int half = rest.shiftLeft(1).compareTo(of);
        return switch (mode) {
            case UP -> true;
            case DOWN -> false;
            case CEILING -> numerator.signum() > 0;
            case FLOOR -> numerator.signum() < 0;
            case HALF_UP -> half >= 0;
            case HALF_DOWN -> half > 0;
            case HALF_EVEN -> half > 0 || (half == 0 && units.testBit(0));
            case UNNECESSARY -> throw new ArithmeticException("Rounding was not necessary, but there is a rest");
        };
    }

    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}

package dev.billing.domain.money;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import javax.money.MonetaryAmount;

/**
 * An exact amount of one currency.
 * <p>
 * Adding, subtracting and multiplying keep every digit at any scale. Nothing here rounds by itself: an operation that cannot be exact
 * takes a {@link Rounding}. Amounts are equal by value, so USD 1.10 equals USD 1.1; the digits given are kept nevertheless.
 */
public record Money(CurrencyUnit currency, BigDecimal amount) implements Comparable<Money> {

    /**
     * @throws IllegalArgumentException if the amount's scale is beyond 1,000 either way
     */
    public Money {
        requireNonNull(currency, "currency");
        Decimals.requireWorkable(amount);
    }

    public static Money of(CurrencyUnit currency, BigDecimal amount) {
        return new Money(currency, amount);
    }

    /**
     * An amount in writing, such as {@code Money.of("USD", "0.0638")}.
     *
     * @throws javax.money.UnknownCurrencyException if there is no such ISO 4217 code
     * @throws IllegalArgumentException as {@link Decimals#parse}
     */
    public static Money of(String currencyCode, String amount) {
        return new Money(Monetary.getCurrency(currencyCode), Decimals.parse(amount));
    }

    /**
     * An amount in the currency's smallest unit: 1200 is USD 12.00, JPY 1200, KWD 1.200.
     *
     * @throws IllegalArgumentException if the currency has no minor unit (XAU, XXX)
     */
    public static Money ofMinor(CurrencyUnit currency, long minorUnits) {
        return new Money(currency, BigDecimal.valueOf(minorUnits, minorDigits(currency)));
    }

    public static Money zero(CurrencyUnit currency) {
        return new Money(currency, BigDecimal.ZERO);
    }

    /** Reads exactly what {@link #toString} writes: {@code USD 1.10}. */
    public static Money parse(String text) {
        if (text.length() < 5 || text.charAt(3) != ' ') {
            throw new IllegalArgumentException("Money must be written like 'USD 1.10', but was '" + text + "'");
        }
        return of(text.substring(0, 3), text.substring(4));
    }

    /** The same amount in our type, to the last digit. */
    public static Money from(MonetaryAmount amount) {
        return new Money(amount.getCurrency(), amount.getNumber().numberValueExact(BigDecimal.class));
    }

    /**
     * The same amount in the type of the installed {@code javax.money} provider.
     *
     * @throws ArithmeticException if that type cannot hold every digit
     */
    public MonetaryAmount toMonetaryAmount() {
        MonetaryAmount result = Monetary.getDefaultAmountFactory()
                .setCurrency(currency)
                .setNumber(amount)
                .create();
        if (!from(result).equals(this)) {
            throw new ArithmeticException("The default javax.money amount cannot hold " + this);
        }
        return result;
    }

    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(currency, amount.add(other.amount));
    }

    public Money minus(Money other) {
        requireSameCurrency(other);
        return new Money(currency, amount.subtract(other.amount));
    }

    public Money negated() {
        return new Money(currency, amount.negate());
    }

    /** The exact product. */
    public Money times(BigDecimal factor) {
        return new Money(currency, amount.multiply(factor));
    }

    /** The exact product. */
    public Money times(long factor) {
        return times(BigDecimal.valueOf(factor));
    }

    /** The product with a ratio: multiplied first, divided and rounded once. */
    public Money times(Ratio ratio, Rounding rounding) {
        return times(ratio.numerator()).dividedBy(BigDecimal.valueOf(ratio.denominator()), rounding);
    }

    /**
     * The quotient, rounded once.
     *
     * @throws ArithmeticException if the divisor is zero, or the rounding allows no loss and there is one
     */
    public Money dividedBy(BigDecimal divisor, Rounding rounding) {
        return new Money(currency, rounding.divide(amount, divisor, currency));
    }

    /**
     * The amount cut to fewer digits.
     *
     * @throws ArithmeticException if the rounding allows no loss and there is one
     */
    public Money rounded(Rounding rounding) {
        return new Money(currency, rounding.round(amount, currency));
    }

    /** The amount if it is not negative, else zero. */
    public Money notBelowZero() {
        return isNegative() ? zero(currency) : this;
    }

    /**
     * The smaller of two amounts.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money atMost(Money most) {
        return compareTo(most) < 0 ? this : most;
    }

    /**
     * The amount in the currency's smallest unit.
     *
     * @throws ArithmeticException if it is not a whole number of them, or does not fit
     * @throws IllegalArgumentException if the currency has no minor unit (XAU, XXX)
     */
    public long minorUnits() {
        return amount.setScale(minorDigits(currency), RoundingMode.UNNECESSARY)
                .unscaledValue()
                .longValueExact();
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    /**
     * Orders amounts of one currency by size.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    @Override
    public int compareTo(Money other) {
        requireSameCurrency(other);
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Money money && currency.equals(money.currency) && amount.compareTo(money.amount) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * currency.hashCode() + amount.stripTrailingZeros().hashCode();
    }

    /** The currency's code and the plain amount with its digits as given: {@code USD 1.10}. */
    @Override
    public String toString() {
        return currency.getCurrencyCode() + " " + amount.toPlainString();
    }

    static int minorDigits(CurrencyUnit currency) {
        int digits = currency.getDefaultFractionDigits();
        if (digits < 0) {
            throw new IllegalArgumentException(
                    "A billing currency must have a minor unit, but " + currency + " has none");
        }
        return digits;
    }

    private void requireSameCurrency(Money other) {
        if (currency != other.currency && !currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "Amounts must be of one currency, but were " + currency + " and " + other.currency);
        }
    }
}

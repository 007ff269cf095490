package dev.billing.domain.money;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.money.CurrencyUnit;

/**
 * To what an amount is cut, and which way. A value that a profile names; nothing rounds without one.
 * <p>
 * The standard is {@code toMinorUnit(HALF_UP)}: 10.275 becomes USD 10.28, 0.5 becomes JPY 1.
 */
public sealed interface Rounding {

    /** Decimals that are kept in this currency. */
    int digits(CurrencyUnit currency);

    /** Which way the rest goes; {@link RoundingMode#UNNECESSARY} refuses any loss. */
    RoundingMode mode();

    /** An amount of this currency, cut. */
    default BigDecimal round(BigDecimal amount, CurrencyUnit currency) {
        return amount.setScale(digits(currency), mode());
    }

    /** An exact quotient of this currency, cut once. */
    default BigDecimal divide(BigDecimal dividend, BigDecimal divisor, CurrencyUnit currency) {
        return dividend.divide(divisor, digits(currency), mode());
    }

    /** To the currency's ISO 4217 digits: JPY 0, USD 2, KWD 3. */
    static Rounding toMinorUnit(RoundingMode mode) {
        return new ToMinorUnit(mode);
    }

    /** To a fixed number of decimals in every currency. */
    static Rounding toDecimals(int digits, RoundingMode mode) {
        return new ToDecimals(digits, mode);
    }

    /**
     * To multiples of a step, as cash is: with coins of 0.05 francs, CHF 1.03 becomes 1.05 and CHF 1.02 becomes 1.00.
     *
     * @param step the smallest coin, in major units of any currency
     */
    static Rounding toMultipleOf(BigDecimal step, RoundingMode mode) {
        return new ToMultipleOf(step, mode);
    }

    /** See {@link Rounding#toMinorUnit}. */
    record ToMinorUnit(RoundingMode mode) implements Rounding {

        public ToMinorUnit {
            requireNonNull(mode, "mode");
        }

        /**
         * @throws IllegalArgumentException if the currency has no minor unit (XAU, XXX)
         */
        @Override
        public int digits(CurrencyUnit currency) {
            return Money.minorDigits(currency);
        }

        @Override
        public String toString() {
            return mode + " to the minor unit";
        }
    }

    /** See {@link Rounding#toDecimals}. */
    record ToDecimals(int digits, RoundingMode mode) implements Rounding {

        public ToDecimals {
            requireNonNull(mode, "mode");
            if (digits < 0 || digits > Decimals.MAX_READ_SCALE) {
                throw new IllegalArgumentException(
                        "Decimals must be between 0 and " + Decimals.MAX_READ_SCALE + ", but were " + digits);
            }
        }

        @Override
        public int digits(CurrencyUnit currency) {
            return digits;
        }

        @Override
        public String toString() {
            return mode + " to " + digits + " decimals";
        }
    }

    /** See {@link Rounding#toMultipleOf}. */
    record ToMultipleOf(BigDecimal step, RoundingMode mode) implements Rounding {

        public ToMultipleOf {
            requireNonNull(mode, "mode");
            step = Decimals.canonical(step);
            if (step.signum() <= 0 || step.scale() > Decimals.MAX_READ_SCALE) {
                throw new IllegalArgumentException("A step must be above 0 and have at most " + Decimals.MAX_READ_SCALE
                        + " decimals, but was " + step);
            }
        }

        @Override
        public int digits(CurrencyUnit currency) {
            return step.scale();
        }

        @Override
        public BigDecimal round(BigDecimal amount, CurrencyUnit currency) {
            return divide(amount, BigDecimal.ONE, currency);
        }

        /**
         * @throws IllegalArgumentException if the currency has no minor unit (XAU, XXX)
         */
        @Override
        public BigDecimal divide(BigDecimal dividend, BigDecimal divisor, CurrencyUnit currency) {
            Money.minorDigits(currency);
            return dividend.divide(divisor.multiply(step), 0, mode).multiply(step);
        }

        @Override
        public String toString() {
            return mode + " to multiples of " + step.toPlainString();
        }
    }
}

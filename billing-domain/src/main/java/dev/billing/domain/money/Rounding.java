package dev.billing.domain.money;

import static java.util.Objects.requireNonNull;

import java.math.RoundingMode;
import javax.money.CurrencyUnit;

/** To how many decimals an amount is cut, and which way. A value that a profile names; nothing rounds without one. */
public sealed interface Rounding {

    /** Decimals that are kept in this currency. */
    int digits(CurrencyUnit currency);

    /** Which way the rest goes; {@link RoundingMode#UNNECESSARY} refuses any loss. */
    RoundingMode mode();

    /** To the currency's ISO 4217 digits: JPY 0, USD 2, KWD 3. */
    static Rounding toMinorUnit(RoundingMode mode) {
        return new ToMinorUnit(mode);
    }

    /** To a fixed number of decimals in every currency. */
    static Rounding toDecimals(int digits, RoundingMode mode) {
        return new ToDecimals(digits, mode);
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
}

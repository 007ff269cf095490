package dev.billing.domain.line;

import dev.billing.domain.Fraction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.money.CurrencyUnit;

/** A rounding as explanations name it, done by the definition of its mode. */
public record WrittenRounding(RoundingMode mode, String to) {

    /** {@code HALF_UP to 2 decimals}. */
    public static WrittenRounding read(String text) {
        String[] parts = text.split(" to ", -1);
        return new WrittenRounding(RoundingMode.valueOf(parts[0]), parts[1]);
    }

    /** The rounded amount. */
    public BigDecimal round(Fraction exact, CurrencyUnit currency) {
        if (to.startsWith("multiples of ")) {
            BigDecimal step = new BigDecimal(to.substring("multiples of ".length()));
            return exact.dividedBy(Fraction.of(step)).rounded(0, mode).multiply(step);
        }
        return exact.rounded(digits(currency), mode);
    }

    /** How many digits are kept behind the point. */
    public int digits(CurrencyUnit currency) {
        return to.equals("the minor unit")
                ? currency.getDefaultFractionDigits()
                : Integer.parseInt(to.replace(" decimals", ""));
    }
}

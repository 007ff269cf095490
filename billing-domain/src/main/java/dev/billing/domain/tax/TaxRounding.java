package dev.billing.domain.tax;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Rounding;
import java.math.RoundingMode;

/**
 * How often taxes are rounded, and how. The three policies differ in what they sum up before they round; under each of them what is
 * shown per line adds up to what is shown per rate, and that to the tax of the document.
 * <p>
 * Lines of 1.05, 1.05 and 4.84 with a state tax of 6 % and a city tax of 4 % have three different taxes:
 * <ul>
 *   <li>{@code PER_RATE}: 6 % of 6.94 are 0.4164, so 0.42; 4 % are 0.2776, so 0.28; together 0.70.
 *   <li>{@code PER_LINE}: 0.063, 0.063 and 0.2904 are 0.06, 0.06 and 0.29; 0.042, 0.042 and 0.1936 are 0.04, 0.04 and 0.19; together
 *       0.68.
 *   <li>{@code PER_DOCUMENT}: 10 % of 6.94 are 0.694, so 0.69.
 * </ul>
 *
 * @param rounding of each of the sums
 */
public record TaxRounding(Policy policy, Rounding rounding) {

    /** {@link Policy#PER_RATE}, half up to the minor unit of the currency. */
    public static final TaxRounding STANDARD = of(Policy.PER_RATE);

    public TaxRounding {
        requireNonNull(policy, "policy");
        requireNonNull(rounding, "rounding");
    }

    /** Half up to the minor unit of the currency. */
    public static TaxRounding of(Policy policy) {
        return new TaxRounding(policy, Rounding.toMinorUnit(RoundingMode.HALF_UP));
    }

    /** What is summed up before it is rounded. */
    public enum Policy {
        /**
         * The exact taxes of one rate over all lines: EN 16931, which rounds per category. Included taxes are rounded once for all lines
         * that include the same rates.
         */
        PER_RATE,
        /** Nothing: each tax of each line is rounded, and the document's tax is the sum. Stripe's table, UniBee. */
        PER_LINE,
        /**
         * The exact taxes of all rates and lines: Lago's figure for the invoice, but with lines that add up. Taxes that prices include
         * are rounded once, and those that come on top once.
         */
        PER_DOCUMENT
    }
}

package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.money.Decimals;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How what is metered becomes what is priced: bytes ÷ 1,073,741,824 are GiB, and 1,500 ÷ 1,000 rounded up are 2. This is OpenMeter's unit
 * conversion.
 * <p>
 * Without a rounding the conversion is exact. A division that might not end, such as by 3, is therefore refused without one; divisors made
 * of twos and fives, such as 1,024 and 0.001, always end.
 *
 * @param factor above 0
 * @param rounding how the result is cut, once
 */
public record Conversion(Operation operation, BigDecimal factor, Option<QuantityRounding> rounding) {

    /** What is done with the factor. */
    public enum Operation {
        MULTIPLY,
        DIVIDE
    }

    /**
     * Keeps the factor without trailing zeros.
     *
     * @throws InvalidPricing if the factor is not above 0, or a division by it may not end and there is no rounding
     */
    public Conversion {
        requireNonNull(operation, "operation");
        requireNonNull(rounding, "rounding");
        boolean exact = operation == Operation.MULTIPLY || rounding.isDefined();
        Problems.of("A conversion")
                .positive("factor", factor)
                .require(
                        exact || factor.signum() <= 0 || alwaysEnds(factor),
                        "factor",
                        "must be made of twos and fives to divide without a rounding, but was "
                                + Decimals.toText(factor))
                .orThrow();
        factor = Decimals.canonical(factor);
    }

    /** The exact product. */
    public static Conversion times(BigDecimal factor) {
        return new Conversion(Operation.MULTIPLY, factor, Option.none());
    }

    /** The exact quotient, by a factor made of twos and fives. */
    public static Conversion dividedBy(BigDecimal divisor) {
        return new Conversion(Operation.DIVIDE, divisor, Option.none());
    }

    /** The same, rounded. */
    public Conversion rounded(QuantityRounding by) {
        return new Conversion(operation, factor, Option.some(by));
    }

    /** What is priced for a metered quantity. */
    public BigDecimal convert(BigDecimal quantity) {
        if (operation == Operation.MULTIPLY) {
            BigDecimal product = quantity.multiply(factor);
            return rounding.map(by -> by.round(product)).getOrElse(product);
        }
        return rounding.map(by -> by.divide(quantity, factor)).getOrElse(() -> quantity.divide(factor));
    }

    private static boolean alwaysEnds(BigDecimal divisor) {
        BigDecimal rest = new BigDecimal(divisor.stripTrailingZeros().unscaledValue());
        for (BigDecimal prime : new BigDecimal[] {BigDecimal.valueOf(2), BigDecimal.valueOf(5)}) {
            while (rest.remainder(prime).signum() == 0) {
                rest = rest.divide(prime, RoundingMode.UNNECESSARY);
            }
        }
        return rest.compareTo(BigDecimal.ONE) == 0;
    }

    /** {@code ÷ 1000, CEILING to 0 decimals}. */
    @Override
    public String toString() {
        return (operation == Operation.MULTIPLY ? "× " : "÷ ")
                + Decimals.toText(factor)
                + rounding.map(by -> ", " + by).getOrElse("");
    }
}

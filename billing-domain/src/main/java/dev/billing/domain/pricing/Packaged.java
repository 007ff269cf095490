package dev.billing.domain.pricing;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.money.CurrencyUnit;

/**
 * Whole packages: {@code ceil((quantity − included) ÷ size) × price}, never below zero. Packages of 10 at USD 100 with 5 included make 125
 * units USD 1,200, and 126 units USD 1,300. This is the package model of Lago, OpenMeter and Chargebee.
 *
 * @param size units in a package
 * @param price of a package
 * @param included units before the first package
 * @param roundDown whether a package that is begun costs nothing until it is full
 */
public record Packaged(BigDecimal size, Money price, BigDecimal included, boolean roundDown) implements PricingRule {

    /**
     * Keeps the numbers without trailing zeros.
     *
     * @throws InvalidPricing if the size is not above 0, or the price or the included units are negative
     */
    public Packaged {
        Problems.of("A package price")
                .positive("size", size)
                .notNegative("price", price)
                .notNegative("included", included)
                .orThrow();
        size = Decimals.canonical(size);
        included = Decimals.canonical(included);
    }

    /** How many packages a quantity takes. */
    public BigDecimal packages(BigDecimal quantity) {
        BigDecimal beyond = PricingRule.requireNotNegative(quantity).subtract(included);
        return beyond.signum() <= 0 ? BigDecimal.ZERO : count(beyond, size, roundDown);
    }

    /** How many of a size there are in a quantity, whole. */
    static BigDecimal count(BigDecimal quantity, BigDecimal size, boolean roundDown) {
        return quantity.divide(size, 0, roundDown ? RoundingMode.FLOOR : RoundingMode.CEILING);
    }

    @Override
    public CurrencyUnit currency() {
        return price.currency();
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    @Override
    public Money price(BigDecimal quantity) {
        return price.times(packages(quantity));
    }

    @Override
    public Seq<Part> parts(BigDecimal quantity) {
        BigDecimal packages = packages(quantity);
        return packages.signum() == 0
                ? Array.empty()
                : Array.of(new Part("packages of " + Decimals.toText(size) + afterIncluded(), packages, price));
    }

    private String afterIncluded() {
        return included.signum() == 0 ? "" : " after " + Decimals.toText(included) + " included";
    }

    /** {@code USD 100 per package of 10 after 5 included}. */
    @Override
    public String toString() {
        return price + " per package of " + Decimals.toText(size) + afterIncluded()
                + (roundDown ? ", full ones only" : "");
    }
}

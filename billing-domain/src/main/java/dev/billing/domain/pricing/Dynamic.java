package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * The price arrives with the facts: what they are worth in all, times a multiplier. A value of 10 with a multiplier of 1.33333 is USD
 * 13.3333. This is OpenMeter's dynamic price and, with a multiplier of 1, Lago's dynamic charge.
 */
public record Dynamic(CurrencyUnit currency, BigDecimal multiplier) implements PricingRule {

    /**
     * Keeps the multiplier without trailing zeros.
     *
     * @throws InvalidPricing if the multiplier is negative
     */
    public Dynamic {
        requireNonNull(currency, "currency");
        Problems.of("A dynamic price").notNegative("multiplier", multiplier).orThrow();
        multiplier = Decimals.canonical(multiplier);
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    @Override
    public Money price(BigDecimal value) {
        return Money.of(currency, PricingRule.requireNotNegative(value).multiply(multiplier));
    }

    @Override
    public Seq<Part> parts(BigDecimal value) {
        return Array.of(new Part("value", PricingRule.requireNotNegative(value), Money.of(currency, multiplier)));
    }

    @Override
    public String toString() {
        return "value in " + currency.getCurrencyCode() + " × " + Decimals.toText(multiplier);
    }
}

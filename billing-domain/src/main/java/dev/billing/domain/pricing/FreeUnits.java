package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * The first units of a period are free; what is beyond them is priced as if they had not been used. With 10 free units and USD 2 per unit,
 * 8 units are USD 0 and 15 are USD 10. A fee that the rule charges at zero usage is due nevertheless. This is OpenMeter's usage discount
 * and the included quantity of jBilling.
 */
public record FreeUnits(BigDecimal units, PricingRule rule) implements PricingRule {

    /**
     * Keeps the units without trailing zeros.
     *
     * @throws InvalidPricing if the units are negative, or the rule prices something else than one quantity: a {@link Matrix}, whose
     *     cells may have free units, a {@link Capacity}, or a {@link Percentage} that counts events
     */
    public FreeUnits {
        Problems.of("Free units")
                .notNegative("units", units)
                .pricesQuantities("rule", requireNonNull(rule, "rule"))
                .orThrow();
        units = Decimals.canonical(units);
    }

    /** What is left to be priced. */
    public BigDecimal billable(BigDecimal quantity) {
        return PricingRule.requireNotNegative(quantity).subtract(units).max(BigDecimal.ZERO);
    }

    @Override
    public CurrencyUnit currency() {
        return rule.currency();
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    @Override
    public Money price(BigDecimal quantity) {
        return rule.price(billable(quantity));
    }

    @Override
    public Seq<Part> parts(BigDecimal quantity) {
        return rule.parts(billable(quantity));
    }

    /** {@code 10 units free, then USD 2 per unit}. */
    @Override
    public String toString() {
        return Decimals.toText(units) + " units free, then " + rule;
    }
}

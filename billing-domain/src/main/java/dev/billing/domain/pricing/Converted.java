package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * A rule for another unit than the one that is metered: bytes {@code ÷ 1,000,000,000}, then USD 0.09 per GB. The quantity of the whole
 * period is converted, so that lines that share a period add up whatever the conversion rounds.
 */
public record Converted(Conversion conversion, PricingRule rule) implements PricingRule {

    /**
     * Checks the rule.
     *
     * @throws InvalidPricing if it prices something else than one quantity, as for {@link FreeUnits}
     */
    public Converted {
        requireNonNull(conversion, "conversion");
        Problems.of("A converted price")
                .pricesQuantities("rule", requireNonNull(rule, "rule"))
                .orThrow();
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
        return rule.price(conversion.convert(PricingRule.requireNotNegative(quantity)));
    }

    @Override
    public Seq<Part> parts(BigDecimal quantity) {
        return rule.parts(conversion.convert(PricingRule.requireNotNegative(quantity)));
    }

    /** {@code quantity ÷ 1000, then USD 0.09 per unit}. */
    @Override
    public String toString() {
        return "quantity " + conversion + ", then " + rule;
    }
}

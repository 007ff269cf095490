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
 * One price for the step that the quantity reaches, whatever the quantity within it. With up to 10 for USD 100 and beyond for USD 150, 1
 * and 10 units are USD 100 and 10.5 are USD 150. This is Chargebee's stairstep, and a {@link Volume} of fees alone.
 * <p>
 * Zero usage is on the first step and costs its price. Where it shall cost nothing, the first step is up to 0 and its price is zero.
 */
public record StairStep(Seq<Step> steps) implements PricingRule {

    /**
     * A step.
     *
     * @param upTo the last quantity that is on it; none for the last step, which is open
     */
    public record Step(Option<BigDecimal> upTo, Money price) {

        /** Keeps the bound without trailing zeros. */
        public Step {
            upTo = upTo.map(Decimals::canonical);
            requireNonNull(price, "price");
        }

        @Override
        public String toString() {
            return Tiers.name(upTo) + ": " + price;
        }
    }

    /**
     * Checks the steps.
     *
     * @throws InvalidPricing if there are none, their bounds do not ascend from 0 to an open one, a price is negative, or the currencies
     *     differ
     */
    public StairStep {
        Problems problems = Problems.of("Stair-step prices")
                .notEmpty("steps", steps)
                .ascending("steps", steps.map(Step::upTo), Option.none());
        for (int i = 0; i < steps.size(); i++) {
            String at = Problems.at("steps", i);
            problems.price(
                    at + ".price", steps.head().price().currency(), steps.get(i).price());
            if (i == 0) {
                steps.head().upTo().forEach(bound -> problems.notNegative(at + ".upTo", bound));
            }
        }
        problems.orThrow();
        steps = Array.ofAll(steps);
    }

    @Override
    public CurrencyUnit currency() {
        return steps.head().price().currency();
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    @Override
    public Money price(BigDecimal quantity) {
        return reached(PricingRule.requireNotNegative(quantity)).price();
    }

    @Override
    public Seq<Part> parts(BigDecimal quantity) {
        Step step = reached(PricingRule.requireNotNegative(quantity));
        return Array.of(Part.of("step " + Tiers.name(step.upTo()), step.price()));
    }

    private Step reached(BigDecimal quantity) {
        int step = 0;
        while (steps.get(step).upTo().exists(bound -> quantity.compareTo(bound) > 0)) {
            step++;
        }
        return steps.get(step);
    }

    /** {@code stair steps: up to 10: USD 100, beyond: USD 150}. */
    @Override
    public String toString() {
        return "stair steps: " + steps.mkString(", ");
    }
}

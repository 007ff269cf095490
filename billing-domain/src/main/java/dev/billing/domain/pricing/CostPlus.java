package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * What is used has a cost, and the price follows from it: the quantity is the cost, in the rule's currency. A cost of 8 with a markup of
 * 25 % is USD 10. A fixed markup is added once, also to a cost of zero. These are Morpheus' markups.
 */
public record CostPlus(CurrencyUnit currency, Markup markup) implements PricingRule {

    /**
     * Checks the markup.
     *
     * @throws InvalidPricing if its currency is another one, or it could make a price negative: a fixed or custom amount below zero, or
     *     less than −100 %
     */
    public CostPlus {
        requireNonNull(currency, "currency");
        Problems problems = Problems.of("A price from a cost");
        if (markup instanceof Markup.Fixed fixed) {
            problems.price("markup.amount", currency, fixed.amount());
        } else if (markup instanceof Markup.Custom custom) {
            problems.price("markup.price", currency, custom.price());
        } else if (markup instanceof Markup.Percent share) {
            problems.require(
                    share.percent().compareTo(BigDecimal.valueOf(-100)) >= 0,
                    "markup.percent",
                    "must not be below -100, but was " + share.percent());
        }
        problems.orThrow();
    }

    @Override
    public Option<Money> unitPrice() {
        return Option.none();
    }

    @Override
    public Money price(BigDecimal cost) {
        return markup.price(Money.of(currency, PricingRule.requireNotNegative(cost)));
    }

    @Override
    public Seq<Part> parts(BigDecimal cost) {
        return Array.of(Part.of(markup.toString(), price(cost)));
    }

    /** {@code cost + 25 %, in USD}. */
    @Override
    public String toString() {
        return markup + ", in " + currency.getCurrencyCode();
    }
}

package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import java.math.BigDecimal;

/**
 * Why an amount is what it is, as a recipe: the rule of a price book version, applied to a quantity, multiplied by the share of the
 * period that is billed, and rounded once.
 * <p>
 * Only the inputs are kept. {@link #amount()} computes the amount again, to the last digit; {@link #remainder()} is what rounding
 * dropped; {@link #explain()} spells it out.
 *
 * @param policy the name of the proration policy that gave the share
 */
public record Derivation(
        PriceBookVersion source, PricingRule rule, BigDecimal quantity, String policy, Ratio share, Rounding rounding) {

    public Derivation {
        requireNonNull(source, "source");
        requireNonNull(rule, "rule");
        quantity = Decimals.canonical(quantity);
        requireNonNull(policy, "policy");
        requireNonNull(share, "share");
        requireNonNull(rounding, "rounding");
    }

    /** The exact price of the quantity for a whole period. */
    public Money whole() {
        return rule.price(quantity);
    }

    /** {@link #whole()} × share, rounded once. */
    public Money amount() {
        return whole().times(share, rounding);
    }

    /** What rounding took away, exactly: amount + remainder = whole × share. */
    public Remainder remainder() {
        Money exact = whole().times(share.numerator());
        return new Remainder(exact.minus(amount().times(share.denominator())), share.denominator());
    }

    /** The steps from quantity to amount, one on each line, the later ones indented below what they start from. */
    public String explain() {
        return String.join(
                "\n",
                rule + " for " + Decimals.toText(quantity) + " under " + source,
                "  whole period: " + whole(),
                "    share: " + share + " (" + policy + ")",
                "      rounded " + rounding + ": " + amount(),
                "        remainder: " + remainder());
    }

    /** An exact part of a unit: {@code dividend ÷ divisor}, kept undivided because it may not end. */
    public record Remainder(Money dividend, long divisor) {

        public boolean isZero() {
            return dividend.isZero();
        }

        @Override
        public String toString() {
            return isZero() ? "none" : dividend.currency() + " " + Decimals.toText(dividend.amount()) + " / " + divisor;
        }
    }
}

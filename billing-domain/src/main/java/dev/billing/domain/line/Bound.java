package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Scope;

/**
 * Why a line brings charges up to a minimum or down to a maximum, as a recipe: the bound of a whole period was multiplied by the share of
 * the period that is billed and rounded once, and what had been charged was taken off it.
 * <p>
 * A minimum of USD 30 for 6 of 7 days is USD 25.71; after charges of USD 20 the line charges USD 5.71.
 *
 * @param scope the lines that are bounded
 * @param whole the bound of a whole period
 * @param share the part of a period that it is for
 * @param charged what the lines of the scope charge on this document, after line discounts
 * @param before what earlier documents of the period charged
 */
public record Bound(Kind kind, Scope scope, Money whole, Ratio share, Rounding rounding, Money charged, Money before) {

    public Bound {
        requireNonNull(kind, "kind");
        requireNonNull(scope, "scope");
        requireNonNull(whole, "whole");
        requireNonNull(share, "share");
        requireNonNull(rounding, "rounding");
        requireNonNull(charged, "charged");
        requireNonNull(before, "before");
    }

    /** Which side it bounds. */
    public enum Kind {
        /** The least that is charged. */
        MINIMUM,
        /** The most that is charged. */
        MAXIMUM
    }

    /** The bound of the period that is billed: {@link #whole} × share, rounded once. */
    public Money bound() {
        return whole.times(share, rounding);
    }

    /** What brings the charges to the bound: positive where they lack something, negative where they are beyond it. */
    public Money amount() {
        return bound().minus(charged).minus(before);
    }

    /** What rounding took away, exactly: bound + remainder = whole × share. */
    public Remainder remainder() {
        return Remainder.of(whole.times(share.numerator()), share.denominator(), bound());
    }

    /** Whether the charges are beyond the bound, so that a line is due. */
    public boolean isBroken() {
        return kind == Kind.MINIMUM ? amount().isPositive() : amount().isNegative();
    }
}

package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import java.math.BigDecimal;

/**
 * What is taken off charges. Line discounts, whose scope is some skus or categories, come before invoice discounts, whose scope is the
 * document; at each level percent comes before fixed. Several percents compound: 10 % and 25 % of 100.00 take 32.50. A fixed amount is
 * taken once, off all the lines of its scope together, and never more than they charge: 10 % and 50.00 of 100.00 take 60.00. Lines that
 * give back bear no discount.
 * <p>
 * The result does not depend on the order in which discounts are given. Fixed line discounts whose scopes overlap go from narrow to wide,
 * then by id. This is the order of Meteroid and Stripe's coupons.
 *
 * @param id what its part is known by on a document
 */
public record Discount(String id, Off off, Scope scope, Validity validity) {

    public Discount {
        Checks.requireId(id, "Discount id");
        requireNonNull(off, "off");
        requireNonNull(scope, "scope");
        requireNonNull(validity, "validity");
    }

    /** Off the document, for good. */
    public static Discount percent(String id, String percent) {
        return new Discount(id, new Percent(Decimals.parse(percent)), Scope.DOCUMENT, Validity.ALWAYS);
    }

    /** Off the document, for good. */
    public static Discount fixed(String id, Money amount) {
        return new Discount(id, new Fixed(amount), Scope.DOCUMENT, Validity.ALWAYS);
    }

    /** The same, off the lines of another scope. */
    public Discount on(Scope newScope) {
        return new Discount(id, off, newScope, validity);
    }

    /** The same, for another time. */
    public Discount during(Validity newValidity) {
        return new Discount(id, off, scope, newValidity);
    }

    /** Whether it is taken off the document as a whole, after line discounts. */
    public boolean isOffTheDocument() {
        return scope instanceof Scope.Document;
    }

    /** How much is taken off. */
    public sealed interface Off {}

    /** A part of what is charged; 10 is a tenth. */
    public record Percent(BigDecimal percent) implements Off {

        private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

        /**
         * @throws IllegalArgumentException if it is not from 0 to 100
         */
        public Percent {
            percent = Decimals.canonical(percent);
            if (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0) {
                throw new IllegalArgumentException("A discount must be from 0 to 100 percent, but was " + percent);
            }
        }

        /** The part that is still charged: 0.9 for 10 %. */
        public BigDecimal kept() {
            return HUNDRED.subtract(percent).movePointLeft(2);
        }
    }

    /** An amount, as far as there is something to take it off. */
    public record Fixed(Money amount) implements Off {

        /**
         * @throws IllegalArgumentException if it is negative
         */
        public Fixed {
            if (amount.isNegative()) {
                throw new IllegalArgumentException("A discount must not be negative, but was " + amount);
            }
        }
    }
}

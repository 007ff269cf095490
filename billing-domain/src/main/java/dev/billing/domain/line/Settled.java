package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * What the terms of an account made of a line, as a recipe: the discounts that it bears, the grants that pay it, and the taxes on it.
 *
 * @param discounts in the order in which they were taken off
 * @param credits which grant paid how much
 * @param taxation how its taxes came about; none if nothing is known of taxes
 */
public record Settled(Seq<Discounted> discounts, Seq<Paid> credits, Option<Taxation> taxation) {

    /** Nothing was made of it. */
    public static final Settled NOTHING = new Settled(Array.empty(), Array.empty(), Option.none());

    public Settled {
        discounts = Array.ofAll(discounts);
        credits = Array.ofAll(credits);
        requireNonNull(taxation, "taxation");
    }

    /** Whether there is nothing to say. */
    public boolean isNothing() {
        return equals(NOTHING);
    }

    /** The same, after one more discount. */
    public Settled and(Discounted discount) {
        return new Settled(discounts.append(discount), credits, taxation);
    }

    /** The same, paid so. */
    public Settled paid(Seq<Paid> newCredits) {
        return new Settled(discounts, newCredits, taxation);
    }

    /** The same, taxed so. */
    public Settled taxed(Option<Taxation> newTaxation) {
        return new Settled(discounts, credits, newTaxation);
    }

    /** What credit paid of it before taxes, which lowers them. */
    Option<Money> paidBeforeTax() {
        return credits.filter(Paid::beforeTax).map(Paid::amount).reduceOption(Money::plus);
    }

    /**
     * The part of a reduction that a line bears. It lies less than a unit from the line's exact share, so that the parts of all lines sum
     * to the reduction.
     *
     * @param due what the line charged before it
     * @param over what all lines that bear it charged before it
     */
    public record Discounted(Reduction reduction, Money due, Money over, Money part) {

        /**
         * Checks what it is spread over.
         *
         * @throws IllegalArgumentException if that is nothing
         */
        public Discounted {
            requireNonNull(reduction, "reduction");
            requireNonNull(due, "due");
            requireNonNull(part, "part");
            if (over.isZero()) {
                throw new IllegalArgumentException(
                        "A discount must be spread over something, but was spread over " + over);
            }
        }

        /** A reduction of one line, which bears all of it. */
        public static Discounted of(Reduction reduction) {
            return new Discounted(reduction, reduction.base(), reduction.base(), reduction.whole());
        }

        /** What spreading took away from the exact share, which may be less than nothing: part + remainder = whole × due ÷ over. */
        public Remainder remainder() {
            return Remainder.of(reduction.whole().times(due.amount()), over.amount(), part);
        }
    }

    /**
     * What a grant paid.
     *
     * @param beforeTax whether it lowered the taxes
     */
    public record Paid(String grant, boolean beforeTax, Money amount) {

        public Paid {
            Checks.requireId(grant, "Grant id");
            requireNonNull(amount, "amount");
        }
    }

    /**
     * How a line was taxed.
     *
     * @param rounded how often taxes are rounded, and how; none if that is only known to who computed them
     */
    public record Taxation(Option<Rounded> rounded, Seq<Levy> levies) {

        public Taxation {
            requireNonNull(rounded, "rounded");
            levies = Array.ofAll(levies);
        }

        /** The percentages of all taxes that the price includes. */
        BigDecimal includedPercent() {
            return levies.filter(Levy::included).map(Levy::percent).fold(BigDecimal.ZERO, BigDecimal::add);
        }

        /** The taxes that the price includes. */
        Option<Money> included() {
            return levies.filter(Levy::included).map(Levy::amount).reduceOption(Money::plus);
        }
    }

    /**
     * How taxes were rounded.
     *
     * @param policy the name of what is summed up before it is rounded
     */
    public record Rounded(String policy, Rounding rounding) {
        public Rounded {
            requireNonNull(policy, "policy");
            requireNonNull(rounding, "rounding");
        }

        @Override
        public String toString() {
            return policy + ", " + rounding;
        }
    }

    /**
     * One tax on a line.
     *
     * @param jurisdiction who levies it
     * @param percent of the net amount
     * @param included whether the price has it already
     * @param amount the line's part of what was rounded
     */
    public record Levy(String name, String jurisdiction, BigDecimal percent, boolean included, Money amount) {

        /** Keeps the percentage without trailing zeros. */
        public Levy {
            requireNonNull(name, "name");
            requireNonNull(jurisdiction, "jurisdiction");
            percent = Decimals.canonical(percent);
            requireNonNull(amount, "amount");
        }
    }
}

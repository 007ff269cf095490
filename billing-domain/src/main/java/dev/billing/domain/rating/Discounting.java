package dev.billing.domain.rating;

import dev.billing.domain.money.Allocation;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.Discount.Fixed;
import dev.billing.domain.pricing.Discount.Percent;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import javax.money.CurrencyUnit;

/**
 * Takes discounts off charges, and keeps what each took. Percentages of one level are multiplied before anything is rounded, so that
 * their order does not matter; a discount's part is what the total grew by with it.
 */
final class Discounting {

    private static final Comparator<Discount> ORDER = Comparator.<Discount>comparingInt(
                    discount -> discount.scope().breadth())
            .thenComparing(Discount::id);

    private final Seq<Discount> discounts;
    private final CurrencyUnit currency;
    private final Rounding rounding;
    private final Map<String, Money> taken = new LinkedHashMap<>();

    Discounting(Seq<Discount> valid, CurrencyUnit currency, Rounding rounding) {
        this.discounts = valid.sorted(ORDER);
        this.currency = currency;
        this.rounding = rounding;
    }

    /** What each discount took so far, in the order in which they were taken. */
    Seq<Settlement.DiscountUse> uses() {
        return Array.ofAll(taken.entrySet()).map(use -> new Settlement.DiscountUse(use.getKey(), use.getValue()));
    }

    Seq<Charge> offLines(Seq<Charge> charges) {
        Seq<Discount> offLines = discounts.reject(Discount::isOffTheDocument);
        Seq<Charge> afterPercents = charges.map(charge -> bears(charge) ? offLine(charge, offLines) : charge);
        return fixed(offLines).foldLeft(afterPercents, this::offLines);
    }

    private Charge offLine(Charge charge, Seq<Discount> offLines) {
        Compound compound = compound(charge.due(), offLines.filter(discount -> charge.isIn(discount.scope())));
        return charge.less(compound.taken, charge.kept().map(compound.kept::multiply));
    }

    private Seq<Charge> offLines(Seq<Charge> charges, Discount discount) {
        Predicate<Charge> covered = charge -> bears(charge) && charge.isIn(discount.scope());
        Money whole = ((Fixed) discount.off()).amount().atMost(due(charges.filter(covered)));
        take(discount, whole);
        return spread(charges, covered, whole, Option.none());
    }

    /** Off the charges of the document less what limits gave back of them. */
    Seq<Charge> offDocument(Seq<Charge> charges) {
        Seq<Discount> offDocument = discounts.filter(Discount::isOffTheDocument);
        Money limited =
                due(charges.filter(charge -> bears(charge) || charge.limits())).notBelowZero();
        Compound compound = compound(limited, offDocument);
        Money whole = compound.taken;
        for (Discount discount : fixed(offDocument)) {
            Money more = ((Fixed) discount.off()).amount().atMost(limited.minus(whole));
            take(discount, more);
            whole = whole.plus(more);
        }
        boolean percentOnly = whole.equals(compound.taken) && !charges.exists(Charge::limits);
        return spread(charges, Discounting::bears, whole, Option.when(percentOnly, compound.kept));
    }

    /** Several percentages of one base, of which the total is rounded. */
    private record Compound(Money taken, BigDecimal kept) {}

    private Compound compound(Money base, Seq<Discount> some) {
        Compound all = new Compound(Money.zero(currency), BigDecimal.ONE);
        for (Discount discount : some) {
            if (discount.off() instanceof Percent percent) {
                BigDecimal kept = all.kept.multiply(percent.kept());
                Money total = off(base, kept);
                take(discount, total.minus(all.taken));
                all = new Compound(total, kept);
            }
        }
        return all;
    }

    private Money off(Money base, BigDecimal kept) {
        return kept.signum() == 0
                ? base
                : base.times(BigDecimal.ONE.subtract(kept)).rounded(rounding).atMost(base);
    }

    /** By largest remainder of the exact shares; ties go to the first. */
    private Seq<Charge> spread(Seq<Charge> charges, Predicate<Charge> bearing, Money whole, Option<BigDecimal> kept) {
        if (whole.isZero()) {
            return charges;
        }
        Seq<BigDecimal> weights =
                charges.map(charge -> bearing.test(charge) ? charge.due().amount() : BigDecimal.ZERO);
        Seq<Money> parts = Allocation.split(whole, weights, digits(weights));
        return charges.zipWith(
                parts,
                (charge, part) ->
                        charge.less(part, kept.flatMap(part0 -> charge.kept().map(part0::multiply))));
    }

    /** Those of the lines if they are finer than those of the currency, so that no part is more than its line. */
    private int digits(Seq<BigDecimal> amounts) {
        return amounts.map(amount -> amount.stripTrailingZeros().scale())
                .append(rounding.digits(currency))
                .max()
                .get();
    }

    private static boolean bears(Charge charge) {
        return charge.due().isPositive();
    }

    private static Seq<Discount> fixed(Seq<Discount> some) {
        return some.filter(discount -> discount.off() instanceof Fixed);
    }

    private void take(Discount discount, Money amount) {
        taken.merge(discount.id(), amount, Money::plus);
    }

    private Money due(Seq<Charge> charges) {
        return charges.map(Charge::due).fold(Money.zero(currency), Money::plus);
    }
}

package dev.billing.domain.rating;

import dev.billing.domain.line.Reduction;
import dev.billing.domain.line.Settled.Discounted;
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
        Seq<Discount> percents = percents(offLines.filter(discount -> charge.isIn(discount.scope())));
        if (percents.isEmpty()) {
            return charge;
        }
        Reduction reduction = taken(percents, charge.due());
        return charge.less(Discounted.of(reduction), charge.kept().map(reduction.kept()::multiply));
    }

    private Seq<Charge> offLines(Seq<Charge> charges, Discount discount) {
        Predicate<Charge> covered = charge -> bears(charge) && charge.isIn(discount.scope());
        return spread(charges, covered, taken(Array.of(discount), due(charges.filter(covered))), Option.none());
    }

    /** Off the charges of the document less what limits gave back of them. */
    Seq<Charge> offDocument(Seq<Charge> charges) {
        Seq<Discount> offDocument = discounts.filter(Discount::isOffTheDocument);
        Money limited =
                due(charges.filter(charge -> bears(charge) || charge.limits())).notBelowZero();
        Seq<Discount> percents = percents(offDocument);
        Reduction reduction = taken(percents.appendAll(fixed(offDocument)), limited);
        boolean percentOnly =
                reduction.taken().drop(percents.size()).forAll(Money::isZero) && !charges.exists(Charge::limits);
        return spread(charges, Discounting::bears, reduction, Option.when(percentOnly, reduction::kept));
    }

    /** Takes some discounts off a base, percentages first. */
    private Reduction taken(Seq<Discount> some, Money base) {
        Reduction reduction = new Reduction(some.map(Reduction.Use::of), base, rounding);
        some.zip(reduction.taken()).forEach(use -> take(use._1, use._2));
        return reduction;
    }

    /** By largest remainder of the exact shares; ties go to the first. */
    private Seq<Charge> spread(
            Seq<Charge> charges, Predicate<Charge> bearing, Reduction reduction, Option<BigDecimal> kept) {
        Money whole = reduction.whole();
        if (whole.isZero()) {
            return charges;
        }
        Money over = due(charges.filter(bearing));
        Seq<BigDecimal> weights =
                charges.map(charge -> bearing.test(charge) ? charge.due().amount() : BigDecimal.ZERO);
        Seq<Money> parts = Allocation.split(whole, weights, digits(weights));
        return charges.zipWith(
                parts,
                (charge, part) -> bearing.test(charge)
                        ? charge.less(
                                new Discounted(reduction, charge.due(), over, part),
                                kept.flatMap(left -> charge.kept().map(left::multiply)))
                        : charge);
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

    private static Seq<Discount> percents(Seq<Discount> some) {
        return some.filter(discount -> discount.off() instanceof Percent);
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

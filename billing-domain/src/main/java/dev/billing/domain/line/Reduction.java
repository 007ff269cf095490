package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.Discount.Fixed;
import dev.billing.domain.pricing.Discount.Off;
import dev.billing.domain.pricing.Discount.Percent;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What discounts take of one amount, as a recipe. Percentages are multiplied before anything is rounded, so that their order does not
 * matter: each takes what the total grows by with it. Amounts come after them, each as far as there is something left.
 * <p>
 * 10 % and 25 % of USD 100 take USD 10 and USD 22.50; 10 % and USD 50 of USD 50 take USD 5 and USD 45.
 *
 * @param uses the discounts in the order in which they are taken, percentages first
 * @param base what they are taken off
 * @param rounding of percentages
 */
public record Reduction(Seq<Use> uses, Money base, Rounding rounding) {

    public Reduction {
        uses = Array.ofAll(uses);
        requireNonNull(base, "base");
        requireNonNull(rounding, "rounding");
    }

    /** One discount: its id, and how much it takes off. */
    public record Use(String discount, Off off) {

        public Use {
            Checks.requireId(discount, "Discount id");
            requireNonNull(off, "off");
        }

        /** What a line keeps of a discount. */
        public static Use of(Discount discount) {
            return new Use(discount.id(), discount.off());
        }
    }

    /** What each of them takes. */
    public Seq<Money> taken() {
        List<Money> taken = new ArrayList<>();
        BigDecimal kept = BigDecimal.ONE;
        Money all = Money.zero(base.currency());
        for (Use use : uses) {
            Money more;
            if (use.off() instanceof Percent percent) {
                kept = kept.multiply(percent.kept());
                more = off(kept).minus(all);
            } else {
                more = ((Fixed) use.off()).amount().atMost(base.minus(all));
            }
            taken.add(more);
            all = all.plus(more);
        }
        return Array.ofAll(taken);
    }

    /** What they take together. */
    public Money whole() {
        return taken().fold(Money.zero(base.currency()), Money::plus);
    }

    /** The part that all percentages together leave: 0.675 after 10 % and 25 %. */
    public BigDecimal kept() {
        return uses.map(Use::off)
                .filter(Percent.class::isInstance)
                .map(off -> ((Percent) off).kept())
                .fold(BigDecimal.ONE, BigDecimal::multiply);
    }

    private Money off(BigDecimal kept) {
        return kept.signum() == 0
                ? base
                : base.times(BigDecimal.ONE.subtract(kept)).rounded(rounding).atMost(base);
    }
}

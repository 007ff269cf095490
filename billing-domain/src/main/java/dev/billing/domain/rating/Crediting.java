package dev.billing.domain.rating;

import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.CreditUse;
import dev.billing.domain.money.Money;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.ArrayList;
import java.util.List;

/** Lets grants pay charges, one grant after the other, each from the first line to the last. */
final class Crediting {

    private final Seq<CreditGrant> grants;

    /**
     * @param usable in any order
     */
    Crediting(Seq<CreditGrant> usable) {
        this.grants = usable.sorted(CreditGrant.ORDER);
    }

    /**
     * What each grant pays of each line.
     *
     * @param open what each line has open; lines that give back have nothing open
     * @param most never more in all: what lines give back, and what was left over before, is not paid twice
     */
    Seq<CreditUse> pay(Seq<Tuple2<Charge, Money>> open, Money most) {
        List<CreditUse> uses = new ArrayList<>();
        Money left = most.notBelowZero();
        Money[] openOf = open.map(line -> line._2.notBelowZero()).toJavaArray(Money[]::new);
        for (CreditGrant grant : grants) {
            Money available = grant.available();
            for (int i = 0; i < openOf.length; i++) {
                Charge charge = open.get(i)._1;
                Money part = charge.isIn(grant.scope())
                        ? openOf[i].atMost(available.atMost(left))
                        : Money.zero(most.currency());
                if (part.isPositive()) {
                    uses.add(new CreditUse(grant.id(), charge.line().id(), part));
                    openOf[i] = openOf[i].minus(part);
                    available = available.minus(part);
                    left = left.minus(part);
                }
            }
        }
        return Array.ofAll(uses);
    }
}

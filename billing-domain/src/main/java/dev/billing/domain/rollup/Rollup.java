package dev.billing.domain.rollup;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Dimension;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.function.Predicate;
import javax.money.CurrencyUnit;

/**
 * The sums of some lines by where they belong. Net prices and known costs have slots of their own.
 * <p>
 * Rolling up is a homomorphism: the rollup of two lists of lines is the rollup of the one plus that of the other, in any order and
 * grouping, so parts may be computed anywhere and merged.
 */
public record Rollup(Map<Slot, Money> sums) {

    /** The rollup of no lines. */
    public static final Rollup EMPTY = new Rollup(HashMap.empty());

    public Rollup {
        requireNonNull(sums, "sums");
    }

    /** The rollup of some lines by these dimensions. */
    public static Rollup of(Iterable<LineItem> lines, Seq<Dimension> by) {
        Rollup result = EMPTY;
        for (LineItem line : lines) {
            result = result.plus(line, Side.PRICE, by).plus(line, Side.COST, by);
        }
        return result;
    }

    public static Rollup of(Slot slot, Money sum) {
        return new Rollup(HashMap.of(slot, sum));
    }

    public Rollup plus(Rollup other) {
        return new Rollup(sums.merge(other.sums, Money::plus));
    }

    /** The sum over the slots that meet a condition, in one currency; zero if there are none. */
    public Money sum(CurrencyUnit currency, Predicate<Slot> where) {
        return sums.filterKeys(slot -> slot.currency().equals(currency) && where.test(slot))
                .values()
                .fold(Money.zero(currency), Money::plus);
    }

    private Rollup plus(LineItem line, Side side, Seq<Dimension> by) {
        Option<Money> amount = line.amount(side);
        return amount.isEmpty() ? this : plus(of(slot(line, side, amount.get().currency(), by), amount.get()));
    }

    private static Slot slot(LineItem line, Side side, CurrencyUnit currency, Seq<Dimension> by) {
        return new Slot(
                HashMap.ofEntries(by.distinct()
                        .flatMap(dimension ->
                                line.places().get(dimension).map(place -> new Tuple2<>(dimension, place)))),
                line.basis(),
                side,
                line.category(),
                currency);
    }
}

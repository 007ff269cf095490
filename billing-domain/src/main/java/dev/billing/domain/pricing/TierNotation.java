package dev.billing.domain.pricing;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationReader;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * Tiers in writing: {@code upTo} is where one ends, and the last has none. It begins right after the one before; {@code above} may say so,
 * and is held to it.
 */
final class TierNotation {

    private final AmountNotation amounts;
    private BigDecimal begin = BigDecimal.ZERO;

    private TierNotation(AmountNotation amounts) {
        this.amounts = amounts;
    }

    /** Reads what a tier says beside its bounds. */
    interface Reading<T> {
        Option<T> read(NotationReader tier, Option<BigDecimal> upTo);
    }

    static <T> Seq<T> read(NotationReader in, String name, AmountNotation amounts, Reading<T> reading) {
        TierNotation bounds = new TierNotation(amounts);
        return in.list(name, tier -> reading.read(tier, bounds.next(tier)));
    }

    static Notation.Fields write(AmountNotation amounts, Option<BigDecimal> upTo) {
        return upTo.map(bound -> Notation.fields().with("upTo", amounts.write(bound)))
                .getOrElse(Notation.fields());
    }

    private Option<BigDecimal> next(NotationReader tier) {
        tier.valueIfThere("above", text -> begin(amounts.number(text)));
        Option<BigDecimal> upTo = tier.valueIfThere("upTo", amounts::number);
        begin = upTo.getOrElse(begin);
        return upTo;
    }

    private BigDecimal begin(BigDecimal above) {
        int order = above.compareTo(begin);
        if (order != 0) {
            throw new IllegalArgumentException("A tier must begin where the one before ends, at "
                    + Decimals.toText(begin) + ", and leave no " + (order > 0 ? "gap" : "overlap"));
        }
        return above;
    }
}

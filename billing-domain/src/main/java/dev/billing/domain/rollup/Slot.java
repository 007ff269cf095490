package dev.billing.domain.rollup;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.Side;
import io.vavr.collection.Map;
import javax.money.CurrencyUnit;

/**
 * What a sum in a rollup is of. Amounts of different basis, side or currency have different slots.
 *
 * @param group the places that were asked for; a line without one of them is grouped without it
 */
public record Slot(Map<Dimension, Ref> group, Basis basis, Side side, String category, CurrencyUnit currency) {

    public Slot {
        requireNonNull(group, "group");
        requireNonNull(basis, "basis");
        requireNonNull(side, "side");
        requireNonNull(category, "category");
        requireNonNull(currency, "currency");
    }
}

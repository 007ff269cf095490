package dev.billing.domain.tax;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import io.vavr.collection.Seq;

/**
 * A line and its taxes.
 *
 * @param net without any tax
 * @param taxes at most one of each rate
 */
public record TaxedLine(LineId id, Money net, Seq<LineTax> taxes) {

    /**
     * @throws IllegalArgumentException if a rate occurs twice, or a tax is of another currency
     */
    public TaxedLine {
        requireNonNull(id, "id");
        requireNonNull(net, "net");
        if (taxes.distinctBy(LineTax::rate).size() < taxes.size()) {
            throw new IllegalArgumentException("A line must have each tax rate once, but " + id + " had "
                    + taxes.map(tax -> tax.rate().label()));
        }
        taxes.forEach(tax -> net.plus(tax.amount()));
    }

    /** The sum of all taxes. */
    public Money tax() {
        return sum(taxes);
    }

    /** The sum of the taxes that the price has already. */
    public Money included() {
        return sum(taxes.filter(tax -> tax.rate().isInclusive()));
    }

    /** The price: net and the taxes that it includes. */
    public Money price() {
        return net.plus(included());
    }

    private Money sum(Seq<LineTax> some) {
        return some.map(LineTax::amount).fold(Money.zero(net.currency()), Money::plus);
    }
}

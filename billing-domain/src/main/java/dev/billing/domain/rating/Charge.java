package dev.billing.domain.rating;

import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Settled;
import dev.billing.domain.line.Settled.Discounted;
import dev.billing.domain.line.Settled.Levy;
import dev.billing.domain.line.Settled.Paid;
import dev.billing.domain.line.Settled.Rounded;
import dev.billing.domain.line.Settled.Taxation;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.tax.LineTax;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxableLine;
import dev.billing.domain.tax.TaxedLine;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * A priced line while it is settled.
 *
 * @param limits whether it is a line that gives back what is beyond a maximum
 * @param due what is left of its price after the discounts so far
 * @param kept the part of the price that discounts left, as long as all of them were percentages
 * @param prepaid what credit paid of it before taxes
 * @param terms what there is to say of it so far
 */
record Charge(LineItem line, boolean limits, Money due, Option<BigDecimal> kept, Money prepaid, Settled terms) {

    static Charge of(LineItem line) {
        return of(line, false);
    }

    static Charge ofLimit(LineItem line) {
        return of(line, true);
    }

    private static Charge of(LineItem line, boolean limits) {
        Amount price = line.price().get();
        Option<BigDecimal> kept = Option.when(price.discount().isZero(), BigDecimal.ONE);
        return new Charge(
                line, limits, price.net(), kept, Money.zero(price.gross().currency()), Settled.NOTHING);
    }

    /**
     * The charge after a discount.
     *
     * @param newKept what is left if all discounts so far were percentages
     */
    Charge less(Discounted discount, Option<BigDecimal> newKept) {
        Money part = discount.part();
        return new Charge(line, limits, due.minus(part), part.isZero() ? kept : newKept, prepaid, terms.and(discount));
    }

    Charge paid(Money credit) {
        return new Charge(line, limits, due, kept, prepaid.plus(credit), terms);
    }

    boolean isIn(Scope scope) {
        return scope.covers(line.sku(), line.category());
    }

    /** What taxes are due on. */
    TaxableLine taxable() {
        return new TaxableLine(line.id(), line.sku(), line.category(), due.minus(prepaid));
    }

    /** The line with its discounts, and without the taxes that its price includes. */
    LineItem settled(Option<TaxedLine> taxed, Option<Rounded> rounded, Seq<Paid> credits) {
        Money includedTax = taxed.map(TaxedLine::included).getOrElse(() -> Money.zero(due.currency()));
        Amount price = line.price().get();
        Money discount = price.gross().minus(due);
        Option<BigDecimal> percent = discount.equals(price.discount()) ? price.percent() : percent();
        return line.toBuilder()
                .price(new Amount(price.gross().minus(includedTax), discount, percent))
                .tax(taxed.map(TaxedLine::tax))
                .settled(terms.paid(credits)
                        .taxed(taxed.map(TaxedLine::taxes)
                                .filter(taxes -> !taxes.isEmpty())
                                .map(taxes -> new Taxation(rounded, taxes.map(Charge::levy)))))
                .build();
    }

    private static Levy levy(LineTax tax) {
        TaxRate rate = tax.rate();
        return new Levy(rate.name(), rate.jurisdiction(), rate.percent(), rate.isInclusive(), tax.amount());
    }

    private Option<BigDecimal> percent() {
        return kept.map(part -> BigDecimal.ONE.subtract(part).movePointRight(2));
    }
}

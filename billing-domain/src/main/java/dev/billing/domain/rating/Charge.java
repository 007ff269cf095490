package dev.billing.domain.rating;

import dev.billing.domain.line.Amount;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.tax.TaxableLine;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * A priced line while it is settled.
 *
 * @param limits whether it is a line that gives back what is beyond a maximum
 * @param due what is left of its price after the discounts so far
 * @param kept the part of the price that discounts left, as long as all of them were percentages
 * @param prepaid what credit paid of it before taxes
 */
record Charge(LineItem line, boolean limits, Money due, Option<BigDecimal> kept, Money prepaid) {

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
                line, limits, price.net(), kept, Money.zero(price.gross().currency()));
    }

    Charge less(Money discount, Option<BigDecimal> newKept) {
        return new Charge(line, limits, due.minus(discount), discount.isZero() ? kept : newKept, prepaid);
    }

    Charge paid(Money credit) {
        return new Charge(line, limits, due, kept, prepaid.plus(credit));
    }

    boolean isIn(Scope scope) {
        return scope.covers(line.sku(), line.category());
    }

    /** What taxes are due on. */
    TaxableLine taxable() {
        return new TaxableLine(line.id(), line.sku(), line.category(), due.minus(prepaid));
    }

    /** The line with its discounts, and without the taxes that its price includes. */
    LineItem settled(Money includedTax, Option<Money> tax) {
        Amount price = line.price().get();
        Money discount = price.gross().minus(due);
        Option<BigDecimal> percent = discount.equals(price.discount()) ? price.percent() : percent();
        return line.toBuilder()
                .price(new Amount(price.gross().minus(includedTax), discount, percent))
                .tax(tax)
                .build();
    }

    private Option<BigDecimal> percent() {
        return kept.map(part -> BigDecimal.ONE.subtract(part).movePointRight(2));
    }
}

package dev.billing.domain.tax;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import javax.money.CurrencyUnit;

/**
 * The taxes of a document: line by line, and rate by rate. Kept per line only; what is shown per rate and for the document are sums, so
 * that they cannot but add up.
 */
public final class Taxes {

    private final CurrencyUnit currency;
    private final Map<LineId, TaxedLine> byId;
    private final Option<TaxRounding> rounding;

    private Taxes(CurrencyUnit currency, Map<LineId, TaxedLine> byId, Option<TaxRounding> rounding) {
        this.currency = currency;
        this.byId = byId;
        this.rounding = rounding;
    }

    /**
     * The taxes of these lines.
     *
     * @throws IllegalArgumentException if a line occurs twice, or is of another currency
     */
    public static Taxes of(CurrencyUnit currency, Seq<TaxedLine> lines) {
        Map<LineId, TaxedLine> byId = LinkedHashMap.ofEntries(lines.map(line -> new Tuple2<>(line.id(), line)));
        if (byId.size() < lines.size()) {
            throw new IllegalArgumentException("A line must be taxed once, but were " + lines.map(TaxedLine::id));
        }
        lines.forEach(line -> Money.zero(currency).plus(line.net()));
        return new Taxes(currency, byId, Option.none());
    }

    /** The same taxes, which were rounded so. */
    Taxes rounded(TaxRounding how) {
        return new Taxes(currency, byId, Option.some(how));
    }

    /** No line is taxed. */
    public static Taxes none(CurrencyUnit currency) {
        return of(requireNonNull(currency, "currency"), Array.empty());
    }

    public Seq<TaxedLine> lines() {
        return byId.values().toArray();
    }

    /** How they were rounded; none if only who computed them knows. It explains them, and is no part of what they are. */
    public Option<TaxRounding> rounding() {
        return rounding;
    }

    public Option<TaxedLine> line(LineId id) {
        return byId.get(id);
    }

    /** What each rate takes, in the order in which the rates occur on the lines. */
    public Seq<RateTax> rates() {
        java.util.Map<TaxRate, RateTax> sums = new java.util.LinkedHashMap<>();
        for (TaxedLine line : lines()) {
            for (LineTax tax : line.taxes()) {
                sums.merge(tax.rate(), new RateTax(tax.rate(), line.net(), tax.amount()), Taxes::plus);
            }
        }
        return Array.ofAll(sums.values());
    }

    /** The tax of the document. */
    public Money total() {
        return lines().map(TaxedLine::tax).fold(Money.zero(currency), Money::plus);
    }

    /** The part of {@link #total} that prices have already. */
    public Money included() {
        return lines().map(TaxedLine::included).fold(Money.zero(currency), Money::plus);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Taxes taxes && currency.equals(taxes.currency) && lines().equals(taxes.lines());
    }

    @Override
    public int hashCode() {
        return byId.hashCode();
    }

    @Override
    public String toString() {
        return currency + " " + lines().mkString("[", ", ", "]");
    }

    private static RateTax plus(RateTax one, RateTax other) {
        return new RateTax(
                one.rate(), one.taxable().plus(other.taxable()), one.amount().plus(other.amount()));
    }
}

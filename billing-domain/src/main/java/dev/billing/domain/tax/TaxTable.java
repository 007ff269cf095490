package dev.billing.domain.tax;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import javax.money.CurrencyUnit;

/**
 * The rates that hold, and how their taxes are rounded. Pure: the same lines always have the same taxes.
 * <ul>
 *   <li>Each rate that is due on a line's category is levied on the net amount of the line; rates never apply to each other.
 *   <li>The net amount of a price that includes taxes is price ÷ (1 + the sum of the included rates), rounded once; the included taxes
 *       are what is left of the price, split between several rates by largest remainder of their exact shares. So the price never moves:
 *       110.00 with 7 % and 3 % included are 100.00, 7.00 and 3.00; 1.00 are 0.91 (0.909…), 0.06 (0.0636…) and 0.03 (0.0272…).
 *   <li>Taxes on top of a price that includes others are levied on that net amount too.
 *   <li>Lines that give back have negative taxes, which are summed with the others before they are rounded.
 * </ul>
 */
public record TaxTable(Seq<TaxRate> rates, TaxRounding rounding) {

    /** No taxes. */
    public static final TaxTable NONE = new TaxTable(Array.empty(), TaxRounding.STANDARD);

    /**
     * @throws IllegalArgumentException if two rates have the same label
     */
    public TaxTable {
        requireNonNull(rounding, "rounding");
        if (rates.distinctBy(TaxRate::label).size() < rates.size()) {
            throw new IllegalArgumentException(
                    "Tax rates must differ in name, jurisdiction or percentage, but were " + rates.map(TaxRate::label));
        }
    }

    public static TaxTable of(TaxRounding rounding, TaxRate... rates) {
        return new TaxTable(Array.of(rates), rounding);
    }

    /** The rates that are due on a category, in the order of the table. */
    public Seq<TaxRate> ratesOf(String category) {
        return rates.filter(rate -> rate.isDueOn(category));
    }

    /**
     * The taxes of a document with these lines.
     *
     * @throws IllegalArgumentException if a line is of another currency, or occurs twice
     */
    public Taxes taxes(CurrencyUnit currency, Seq<TaxableLine> lines) {
        return new TaxCalculation(this, currency, lines).taxes();
    }
}

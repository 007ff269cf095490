package dev.billing.domain.tax;

import dev.billing.domain.money.Money;
import dev.billing.domain.tax.Shares.Exact;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.money.CurrencyUnit;

/** The taxes of one document: first those that prices include, which gives the net amounts, then those on top of these. */
final class TaxCalculation {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final TaxRounding rounding;
    private final CurrencyUnit currency;
    private final Seq<TaxableLine> lines;
    private final Seq<Seq<TaxRate>> inclusive;
    private final Seq<Seq<TaxRate>> exclusive;

    TaxCalculation(TaxTable table, CurrencyUnit currency, Seq<TaxableLine> lines) {
        this.rounding = table.rounding();
        this.currency = currency;
        this.lines = lines.toArray();
        Seq<Seq<TaxRate>> rates = this.lines.map(line -> table.ratesOf(line.category()));
        this.inclusive = rates.map(due -> due.filter(TaxRate::isInclusive));
        this.exclusive = rates.map(due -> due.reject(TaxRate::isInclusive));
    }

    /** One rate on one line. */
    private record Cell(int line, TaxRate rate, Exact tax) {}

    Taxes taxes() {
        Seq<List<LineTax>> included = included();
        Seq<Money> nets = lines.zipWith(included, (line, taxes) -> line.amount().minus(sum(taxes)));
        Seq<List<LineTax>> onTop = onTop(nets);
        return Taxes.of(
                        currency,
                        lines.zipWithIndex((line, i) -> new TaxedLine(
                                line.id(),
                                nets.get(i),
                                Array.ofAll(included.get(i)).appendAll(onTop.get(i)))))
                .rounded(rounding);
    }

    private Seq<List<LineTax>> included() {
        return split(
                cells(inclusive, this::includedTax),
                this::includedGroup,
                (cells, shares) -> shares.leftOf(priceOf(cells), rounding.rounding()));
    }

    private Seq<List<LineTax>> onTop(Seq<Money> nets) {
        return split(
                cells(
                        exclusive,
                        (line, rate) -> new Exact(nets.get(line).amount().multiply(rate.percent()), HUNDRED)),
                this::onTopGroup,
                (cells, shares) -> shares.rounded(rounding.rounding()));
    }

    private Exact includedTax(int line, TaxRate rate) {
        BigDecimal all = inclusive.get(line).map(TaxRate::percent).fold(HUNDRED, BigDecimal::add);
        return new Exact(lines.get(line).amount().amount().multiply(rate.percent()), all);
    }

    /** What is rounded together has the same group. */
    private Object includedGroup(Cell cell) {
        return switch (rounding.policy()) {
            case PER_LINE -> cell.line();
            case PER_RATE -> inclusive.get(cell.line());
            case PER_DOCUMENT -> rounding;
        };
    }

    private Object onTopGroup(Cell cell) {
        return switch (rounding.policy()) {
            case PER_LINE -> cell;
            case PER_RATE -> cell.rate();
            case PER_DOCUMENT -> rounding;
        };
    }

    private Money priceOf(Seq<Cell> cells) {
        return cells.map(Cell::line)
                .distinct()
                .map(line -> lines.get(line).amount())
                .fold(Money.zero(currency), Money::plus);
    }

    private static Seq<Cell> cells(Seq<Seq<TaxRate>> rates, BiFunction<Integer, TaxRate, Exact> tax) {
        return rates.zipWithIndex().flatMap(due -> due._1.map(rate -> new Cell(due._2, rate, tax.apply(due._2, rate))));
    }

    /** Rounds group by group, and gives each line its part. */
    private Seq<List<LineTax>> split(
            Seq<Cell> cells, Function<Cell, Object> group, BiFunction<Seq<Cell>, Shares, Money> whole) {
        Seq<List<LineTax>> byLine = lines.map(line -> new ArrayList<>());
        Map<Object, List<Cell>> groups = new LinkedHashMap<>();
        cells.forEach(cell -> groups.computeIfAbsent(group.apply(cell), any -> new ArrayList<>())
                .add(cell));
        for (List<Cell> one : groups.values()) {
            Array<Cell> together = Array.ofAll(one);
            Shares shares = Shares.of(currency, together.map(Cell::tax));
            Money[] parts = shares.split(whole.apply(together, shares), digits());
            together.forEachWithIndex((cell, i) -> byLine.get(cell.line()).add(new LineTax(cell.rate(), parts[i])));
        }
        return byLine;
    }

    private int digits() {
        return rounding.rounding().digits(currency);
    }

    private Money sum(List<LineTax> taxes) {
        return Array.ofAll(taxes).map(LineTax::amount).fold(Money.zero(currency), Money::plus);
    }
}

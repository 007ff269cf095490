package dev.billing.http.morpheus;

import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.line.Basis;
import dev.billing.domain.profile.Morpheus.Fact;
import dev.billing.http.morpheus.InvoiceColumns.Column;
import dev.billing.http.morpheus.InvoiceColumns.Group;
import dev.billing.port.Tally;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * Writes sums over everything that a query found. What is all in one currency is summed in it; otherwise each amount is converted to US
 * dollars at the rate of its own document.
 */
final class Totals {

    private static final String DOLLAR = "USD";

    private final MorpheusJson json;
    private final Tally tally;

    Totals(MorpheusJson json, Tally tally) {
        this.json = json;
        this.tally = tally;
    }

    /** The attributes by which sums are kept apart: the rates of all groups. */
    static Seq<String> rates() {
        return Array.of(
                Fact.conversionRate(Option.some(Basis.ESTIMATED)),
                Fact.conversionRate(Option.some(Basis.ACTUAL)),
                Fact.conversionRate(Option.none()));
    }

    /** The figures that are summed for invoices. */
    static Seq<FigureKey> figures(MorpheusOptions options) {
        return Group.of(options.epoch())
                .flatMap(group -> group.amounts(options.epoch()))
                .flatMap(Column::figures);
    }

    void writeInvoices() {
        json.generator().writeObjectPropertyStart("invoiceTotals");
        for (Group group : Group.of(json.options().epoch())) {
            Seq<Column> amounts = group.amounts(json.options().epoch());
            Seq<FigureKey> all = amounts.flatMap(Column::figures);
            String rate = Fact.conversionRate(group.basis().contains(Basis.INVOICED) ? Option.none() : group.basis());
            for (Column column : amounts) {
                number(column.name(), sum(all, column.figures(), rate));
            }
            if (!json.options().isA()) {
                json.generator().writeStringProperty(group.column("currency"), currency(all));
            }
        }
        json.generator().writeEndObject();
    }

    void writeLines() {
        Seq<FigureKey> all = Array.of(Tally.LINE_COST, Tally.LINE_PRICE, Tally.LINE_TAX);
        String rate = Fact.conversionRate(Option.none());
        json.generator().writeObjectPropertyStart("lineItemTotals");
        number("itemCost", sum(all, Array.of(Tally.LINE_COST), rate));
        number("itemPrice", sum(all, Array.of(Tally.LINE_PRICE), rate));
        number("itemTax", sum(all, Array.of(Tally.LINE_TAX), rate));
        if (!json.options().isA()) {
            json.generator().writeStringProperty("currency", currency(all));
        }
        json.generator().writeEndObject();
    }

    private BigDecimal sum(Seq<FigureKey> group, Seq<FigureKey> figures, String rate) {
        boolean converts = currencies(group).size() > 1;
        return figures.map(figure -> tally.sum(figure, slot -> converts ? rateOf(slot, rate) : BigDecimal.ONE))
                .fold(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal rateOf(Tally.Slot slot, String rate) {
        return slot.group()
                .get(rate)
                .filter(Attribute.Number.class::isInstance)
                .map(attribute -> ((Attribute.Number) attribute).value())
                .getOrElse(BigDecimal.ONE);
    }

    private String currency(Seq<FigureKey> group) {
        Seq<CurrencyUnit> currencies = currencies(group);
        return switch (currencies.size()) {
            case 0 -> json.options().defaultCurrency().getCurrencyCode();
            case 1 -> currencies.head().getCurrencyCode();
            default -> DOLLAR;
        };
    }

    private Seq<CurrencyUnit> currencies(Seq<FigureKey> group) {
        return tally.currencies(group).distinct();
    }

    private void number(String name, BigDecimal value) {
        json.generator().writeName(name);
        json.number(value);
    }
}

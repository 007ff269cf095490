package dev.billing.domain.profile;

import dev.billing.domain.invoice.Balance;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.FigureRule;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoicing;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.NumberSeries;
import dev.billing.domain.invoice.RecordedSum;
import dev.billing.domain.line.LineOrder;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Proration;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.control.Option;
import java.math.RoundingMode;
import javax.money.Monetary;

/** Our own conventions: exact time, each line rounded half up to the currency's minor unit, calendar months in UTC. */
public final class Standard {

    /** The sum of all lines. */
    public static final FigureKey TOTAL = FigureKey.price("total");

    /** What is to be paid on a document that was settled: with taxes, less credit. */
    public static final FigureKey BILLED = FigureKey.price("billed");

    /** {@code INV-000001} and on, of all invoices of a tenant. */
    public static final NumberSeries INVOICES = NumberSeries.ofTenant("invoices", new NumberFormat("INV-", 6));

    /** {@code CN-000001} and on, of all credit notes of a tenant. */
    public static final NumberSeries CREDIT_NOTES = NumberSeries.ofTenant("credit notes", new NumberFormat("CN-", 6));

    private Standard() {}

    /** In US dollars; see {@link Profile#in}. */
    public static Profile profile() {
        return new Profile(
                "standard",
                Monetary.getCurrency("USD"),
                BillingCalendar.UTC_MONTHS,
                Proration.EXACT_TIME,
                Rounding.toMinorUnit(RoundingMode.HALF_UP),
                LineOrder.AS_RECORDED,
                Option.none(),
                HashSet.empty(),
                Array.of(new Figures.Fold(TOTAL, Selection.ALL)),
                HashMap.empty(),
                Array.<FigureRule>of(Balance.Rule.values()).appendAll(Array.of(RecordedSum.values())),
                Invoicing.of(BILLED, TOTAL).numbered(INVOICES, CREDIT_NOTES));
    }
}

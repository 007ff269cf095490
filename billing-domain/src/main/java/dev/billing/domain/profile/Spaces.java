package dev.billing.domain.profile;

import dev.billing.domain.Dimension;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoicing;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.NumberSeries;
import dev.billing.domain.invoice.Series;
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

/** Spaces, a web shop service: orders with whole minor units; nothing is prorated, and an amount that would need rounding is refused. */
public final class Spaces {

    /** The shop; its id is a whole number from 1. */
    public static final Dimension SPACE = new Dimension("space");

    /** An attribute of an order, as it was when the order was placed: when the shop was created, an instant. */
    public static final String SPACE_CREATED = "space created";

    /** An attribute of an order, as it was when the order was placed: where the shop is, a text; there is none if it is not public. */
    public static final String SPACE_URL = "space url";

    /** The category of all lines. */
    public static final String ITEM = "item";

    /** Under which name the origin of a line says what the shop's id of the item is: {@link #ID_IS_TEXT} or {@link #ID_IS_NUMBER}. */
    public static final String ID_TYPE = "id type";

    public static final String ID_IS_TEXT = "text";
    public static final String ID_IS_NUMBER = "number";

    /** The sum of all lines. */
    public static final FigureKey TOTAL = FigureKey.price("total");

    /** The order numbers of each shop. What takes an order back counts as one too, so that no number is there twice. */
    public static final NumberSeries ORDERS =
            new NumberSeries("space", Array.of(new NumberSeries.Place(SPACE)), NumberFormat.PLAIN, Series.Gaps.NONE);

    private Spaces() {}

    /** The order numbers of one shop: those of {@link #ORDERS}. */
    public static Series ordersOf(String spaceId) {
        return new Series("space/" + spaceId);
    }

    /** In US dollars; see {@link Profile#in}. */
    public static Profile profile() {
        return new Profile(
                "spaces",
                Monetary.getCurrency("USD"),
                BillingCalendar.UTC_MONTHS,
                Proration.EXACT_TIME,
                Rounding.toMinorUnit(RoundingMode.UNNECESSARY),
                LineOrder.AS_RECORDED,
                Option.none(),
                HashSet.empty(),
                Array.of(new Figures.Fold(TOTAL, Selection.ALL)),
                HashMap.empty(),
                Array.empty(),
                Invoicing.of(TOTAL).numbered(ORDERS, ORDERS));
    }
}

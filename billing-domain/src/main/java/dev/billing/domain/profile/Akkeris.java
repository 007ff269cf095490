package dev.billing.domain.profile;

import dev.billing.domain.Dimension;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoicing;
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

/**
 * Akkeris, a platform service: apps with dynos and add-ons, billed by the calendar month in UTC, each line rounded half up to cents.
 */
public final class Akkeris {

    public static final Dimension ORGANIZATION = new Dimension("organization");
    public static final Dimension SPACE = new Dimension("space");
    public static final Dimension APP = new Dimension("app");

    /** The category of add-ons. */
    public static final String ADDON = "addon";

    /** The category of dynos. */
    public static final String DYNO = "dyno";

    /** The sum of all lines. */
    public static final FigureKey TOTAL = FigureKey.price("total");

    /** The sum of the add-ons. */
    public static final FigureKey ADDONS = FigureKey.price("addons");

    /** The sum of the dynos. */
    public static final FigureKey PLATFORM = FigureKey.price("platform");

    /** The sum of all PostgreSQL databases: a part of the others, not added to them. */
    public static final FigureKey DATABASE = FigureKey.price("database");

    /** How many dynos there are on a document. */
    public static final String DYNO_UNITS = "dyno units";

    private Akkeris() {}

    /** As Akkeris' document shows it: days are counted, both ends included. */
    public static Profile profile() {
        return new Profile(
                "akkeris",
                Monetary.getCurrency("USD"),
                BillingCalendar.UTC_MONTHS,
                Proration.CALENDAR_DAYS_INCLUSIVE,
                Rounding.toMinorUnit(RoundingMode.HALF_UP),
                LineOrder.by(ORGANIZATION, APP, SPACE),
                Option.some(APP),
                HashSet.of(ADDON, DYNO),
                Array.of(
                        new Figures.Fold(TOTAL, Selection.ALL),
                        new Figures.Fold(ADDONS, Selection.category(ADDON)),
                        new Figures.Fold(PLATFORM, Selection.category(DYNO)),
                        new Figures.Fold(DATABASE, Selection.of(new Selection.DescriptionContains("postgresql")))),
                HashMap.of(DYNO_UNITS, Selection.category(DYNO)),
                Array.empty(),
                Invoicing.of(TOTAL));
    }

    /** As the public Akkeris controller computes it: time is counted, and a month ends at 23:59:59. */
    public static Profile upstream() {
        return profile().with("akkeris-upstream", Proration.ELAPSED_TIME);
    }
}

package dev.billing.domain.profile;

import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.FigureRule;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineOrder;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Proration;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import javax.money.Monetary;

/**
 * Morpheus: costs and prices in two bases, metered from plans and time or reported by the provider; the running month is projected to
 * its end. Nothing is rounded to cents. Projection is not additive: a total is projected from the running figure, never summed from
 * projected parts.
 */
public final class Morpheus {

    /** The components of a document. A line whose category is none of the others belongs to {@code extra}. */
    public static final Seq<String> COMPONENTS =
            Array.of("compute", "memory", "storage", "network", "license", "softwareOrService", "extra");

    private static final String TIME = "time";
    private static final String OF_TIME = "of time";

    private Morpheus() {}

    /** The month to date. */
    public static FigureKey running(Basis basis, Side side) {
        return new FigureKey("running", Option.some(basis), side);
    }

    /** The whole month, projected while it runs. */
    public static FigureKey total(Basis basis, Side side) {
        return new FigureKey("total", Option.some(basis), side);
    }

    /** The metered charge for a whole month. */
    public static FigureKey interval(Side side) {
        return new FigureKey("interval", Option.some(Basis.ESTIMATED), side);
    }

    /** A component such as {@code compute}. */
    public static FigureKey component(String name, Basis basis, Side side) {
        return new FigureKey(name, Option.some(basis), side);
    }

    /** In US dollars and UTC; see {@link Profile#in} and {@link Profile#on}. */
    public static Profile profile() {
        return new Profile(
                "morpheus",
                Monetary.getCurrency("USD"),
                BillingCalendar.UTC_MONTHS,
                Proration.EXACT_TIME,
                Rounding.toDecimals(20, RoundingMode.HALF_UP),
                LineOrder.AS_RECORDED,
                Option.none(),
                HashSet.empty(),
                Array.of(Side.COST, Side.PRICE)
                        .map(side -> new Figures.Fold(running(Basis.ACTUAL, side), Selection.ALL)),
                HashMap.empty(),
                Array.of(Rule.values()));
    }

    /**
     * Adds a figure that is another one scaled by a ratio of times, in {@link MorpheusArithmetic}: the running estimate is the interval
     * price scaled by uptime ÷ month; a projected total is the running figure scaled by life ÷ span.
     *
     * @param time milliseconds
     * @param ofTime milliseconds
     */
    public static Figures scale(Figures figures, FigureKey key, FigureKey from, long time, long ofTime) {
        return figures.calculate(
                key,
                Rule.SCALED_BY_TIME,
                Array.of(from),
                HashMap.of(TIME, BigDecimal.valueOf(time), OF_TIME, BigDecimal.valueOf(ofTime)));
    }

    /** How figures are scaled. */
    enum Rule implements FigureRule {
        SCALED_BY_TIME {
            @Override
            public Money apply(Seq<Money> from, Map<String, BigDecimal> inputs) {
                BigDecimal ratio =
                        MorpheusArithmetic.ratio(FigureRule.input(inputs, TIME), FigureRule.input(inputs, OF_TIME));
                Money amount = from.head();
                return Money.of(amount.currency(), MorpheusArithmetic.apply(amount.amount(), ratio));
            }
        }
    }
}

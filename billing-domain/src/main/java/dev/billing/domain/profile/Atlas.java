package dev.billing.domain.profile;

import dev.billing.domain.invoice.Balance;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.FigureRule;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.line.LineOrder;
import dev.billing.domain.line.Selection;
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
 * MongoDB Atlas: daily usage lines rounded half up to cents; charges and credits are separate, tax is one flat rate on the charges,
 * and what credit is left over starts the next document.
 */
public final class Atlas {

    /** The net sum of the lines that charge something. */
    public static final FigureKey SUBTOTAL = FigureKey.price("subtotal");

    /** The sum of the lines that give something back; not positive. */
    public static final FigureKey CREDIT_LINES = FigureKey.price("credit lines");

    /** {@link #CREDIT_LINES} as a positive amount. */
    public static final FigureKey CREDITS = FigureKey.price("credits");

    public static final FigureKey TAX = FigureKey.price("tax");
    public static final FigureKey STARTING_BALANCE = FigureKey.price("starting balance");
    public static final FigureKey BILLED = FigureKey.price("billed");
    public static final FigureKey ENDING_BALANCE = FigureKey.price("ending balance");

    private static final String RATE = "rate";

    private Atlas() {}

    public static Profile profile() {
        return new Profile(
                "atlas",
                Monetary.getCurrency("USD"),
                BillingCalendar.UTC_MONTHS,
                Proration.EXACT_TIME,
                Rounding.toMinorUnit(RoundingMode.HALF_UP),
                LineOrder.AS_RECORDED,
                Option.none(),
                HashSet.empty(),
                Array.of(
                        new Figures.Fold(SUBTOTAL, Selection.of(new Selection.Charges())),
                        new Figures.Fold(CREDIT_LINES, Selection.of(new Selection.Credits()))),
                HashMap.empty(),
                Array.<FigureRule>of(Balance.Rule.values()).appendAll(Array.of(Rule.values())));
    }

    /**
     * Settles a document whose lines are folded: tax, credits, what is billed and what is carried over.
     *
     * @param folded has {@link #SUBTOTAL} and {@link #CREDIT_LINES}
     * @param taxRate a part of one: 0.085 for 8.5 percent
     * @param startingBalance what the document before left over, in the customer's favour
     */
    public static Figures settle(Figures folded, BigDecimal taxRate, Money startingBalance) {
        Seq<FigureKey> parts = Array.of(SUBTOTAL, TAX, CREDITS, STARTING_BALANCE);
        return folded.calculate(CREDITS, Rule.NEGATED, Array.of(CREDIT_LINES), HashMap.empty())
                .calculate(TAX, Rule.FLAT_TAX, Array.of(SUBTOTAL), HashMap.of(RATE, taxRate))
                .declare(STARTING_BALANCE, "previous document", startingBalance)
                .calculate(BILLED, Balance.Rule.BILLED, parts, HashMap.empty())
                .calculate(ENDING_BALANCE, Balance.Rule.ENDING_BALANCE, parts, HashMap.empty());
    }

    /** How the figures between lines and balance come about. */
    enum Rule implements FigureRule {
        NEGATED {
            @Override
            public Money apply(Seq<Money> from, Map<String, BigDecimal> inputs) {
                return from.head().negated();
            }
        },
        FLAT_TAX {
            @Override
            public Money apply(Seq<Money> from, Map<String, BigDecimal> inputs) {
                return from.head()
                        .times(FigureRule.input(inputs, RATE))
                        .rounded(Rounding.toMinorUnit(RoundingMode.HALF_UP));
            }
        }
    }
}

package dev.billing.domain.profile;

import dev.billing.domain.Dimension;
import dev.billing.domain.invoice.Balance;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.FigureRule;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Invoicing;
import dev.billing.domain.invoice.LifeCycle;
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

    /** Who is billed; the id of an organization is that of its account. */
    public static final Dimension ORGANIZATION = new Dimension("organization");

    public static final Dimension PROJECT = new Dimension("project");
    public static final Dimension CLUSTER = new Dimension("cluster");
    public static final Dimension REPLICA_SET = new Dimension("replica set");
    public static final Dimension CONFIG_SERVER = new Dimension("config server");
    public static final Dimension REGION = new Dimension("region");
    public static final Dimension APPLICATION = new Dimension("application");

    /** The name of the text that somebody added to a line. */
    public static final String NOTE = "note";

    /** The category of lines with a price that is not negative. */
    public static final String USAGE = "usage";

    /** The category of lines with a negative price. */
    public static final String CREDIT = "credit";

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
    private static final Rounding CENTS = Rounding.toMinorUnit(RoundingMode.HALF_UP);

    private Atlas() {}

    public static Profile profile() {
        return new Profile(
                "atlas",
                Monetary.getCurrency("USD"),
                BillingCalendar.UTC_MONTHS,
                Proration.EXACT_TIME,
                CENTS,
                LineOrder.AS_RECORDED,
                Option.none(),
                HashSet.empty(),
                Array.of(
                        new Figures.Fold(SUBTOTAL, Selection.of(new Selection.Charges())),
                        new Figures.Fold(CREDIT_LINES, Selection.of(new Selection.Credits()))),
                HashMap.empty(),
                Array.<FigureRule>of(Balance.Rule.values()).appendAll(Array.of(Rule.values())),
                Invoicing.of(BILLED).with(LifeCycle.ATLAS));
    }

    /**
     * What a line comes to before its discount: quantity × unit price, rounded half up once, so that ties go away from zero for credits
     * too.
     *
     * @param unitPrice negative on a line that gives something back
     */
    public static Money lineAmount(BigDecimal quantity, Money unitPrice) {
        return unitPrice.times(quantity).rounded(CENTS);
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

    /** The rate that a document was settled with; zero if it was not. */
    public static BigDecimal taxRate(Figures figures) {
        return figures.find(TAX)
                .filter(Figure.Calculated.class::isInstance)
                .flatMap(tax -> ((Figure.Calculated) tax).inputs().get(RATE))
                .getOrElse(BigDecimal.ZERO);
    }

    /**
     * Where a document stands when its period is over: free if nothing was charged, prepaid if credit covered it, invoiced if the account
     * is billed with a subscription, and else closed, waiting for its payment.
     *
     * @param settled as {@link #settle} gives it
     * @param elastic whether the account is billed with a subscription
     */
    public static InvoiceStatus statusAtEnd(Figures settled, boolean elastic) {
        if (settled.amount(SUBTOTAL).plus(settled.amount(TAX)).isZero()) {
            return InvoiceStatus.FREE;
        }
        if (settled.amount(BILLED).isZero()) {
            return InvoiceStatus.PREPAID;
        }
        return elastic ? InvoiceStatus.INVOICED : InvoiceStatus.CLOSED;
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
                return from.head().times(FigureRule.input(inputs, RATE)).rounded(CENTS);
            }
        }
    }
}

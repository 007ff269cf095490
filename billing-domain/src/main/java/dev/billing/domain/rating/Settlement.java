package dev.billing.domain.rating;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.internal.Checks;
import dev.billing.domain.invoice.Balance;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.CreditGrant.Stage;
import dev.billing.domain.invoice.CreditUse;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.FigureRule;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.RecordedSum;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Settled.Paid;
import dev.billing.domain.line.Settled.Rounded;
import dev.billing.domain.money.Money;
import dev.billing.domain.tax.TaxableLine;
import dev.billing.domain.tax.TaxedLine;
import dev.billing.domain.tax.Taxes;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.math.BigDecimal;

/**
 * What an account's terms make of rated lines: a pure function of lines, terms and context. In this order:
 * <ol>
 *   <li>line discounts, percent before fixed;
 *   <li>on the last document of a period, true-up lines for minimums, then negative lines for maximums;
 *   <li>invoice discounts, percent before fixed, off the charges less what maximums gave back, spread over the charges;
 *   <li>credit that is used before taxes;
 *   <li>taxes, on what is left;
 *   <li>credit that is used after taxes, on what is left to pay after the starting balance.
 * </ol>
 * The order in which discounts, commitments, limits or grants are listed changes nothing. Without discount a line charges what it did.
 * Lines without a price are left alone.
 * <p>
 * The price of a settled line has no tax in it; taxes that its price included are taken off its gross and stand, with those on top, in
 * its tax. So {@code subtotal + tax − credits − starting balance = billed − ending balance}, subtotal is the sum of the lines' net
 * amounts and tax the sum of their taxes, under every tax rounding.
 *
 * @param lines those that were given, in their order, then true-up lines, then lines of maximums
 * @param discounts what each discount took, in terms of the prices as agreed
 * @param taxes per line and per rate
 * @param credits which grant paid what
 * @param figures those named here
 */
public record Settlement(
        Seq<LineItem> lines, Seq<DiscountUse> discounts, Taxes taxes, Seq<CreditUse> credits, Figures figures) {

    /** The sum of the lines' net amounts. */
    public static final FigureKey SUBTOTAL = FigureKey.price("subtotal");

    /** What discounts took. */
    public static final FigureKey DISCOUNT = FigureKey.price("discount");

    /** The sum of what the rates take. */
    public static final FigureKey TAX = FigureKey.price("tax");

    /** What grants paid. */
    public static final FigureKey CREDITS = FigureKey.price("credits");

    public static final FigureKey STARTING_BALANCE = FigureKey.price("starting balance");
    public static final FigureKey BILLED = FigureKey.price("billed");
    public static final FigureKey ENDING_BALANCE = FigureKey.price("ending balance");

    /** The rules that figures of a settlement come from. */
    public static final Seq<FigureRule> RULES =
            Array.<FigureRule>of(Balance.Rule.values()).appendAll(Array.of(RecordedSum.values()));

    public Settlement {
        requireNonNull(lines, "lines");
        requireNonNull(discounts, "discounts");
        requireNonNull(taxes, "taxes");
        requireNonNull(credits, "credits");
        requireNonNull(figures, "figures");
    }

    /**
     * What a discount took of a document.
     *
     * @param discount its id
     */
    public record DiscountUse(String discount, Money amount) {
        public DiscountUse {
            Checks.requireId(discount, "Discount id");
            requireNonNull(amount, "amount");
        }
    }

    /**
     * Settles with the tax rates of the terms.
     *
     * @throws IllegalArgumentException as {@link #untaxed}
     */
    public static Settlement of(Seq<LineItem> lines, Terms terms, SettlementContext context) {
        Untaxed untaxed = untaxed(lines, terms, context);
        return untaxed.taxed(
                terms.taxes().rates().isEmpty()
                        ? Taxes.none(context.currency())
                        : terms.taxes().taxes(context.currency(), untaxed.lines()));
    }

    /**
     * Does all that comes before taxes, for taxes that somebody else computes.
     *
     * @throws IllegalArgumentException if an amount is of another currency than the document, a line is taxed already, two lines have one id,
     *     or their bases differ
     */
    public static Untaxed untaxed(Seq<LineItem> lines, Terms terms, SettlementContext context) {
        requireFit(lines);
        Discounting discounting = new Discounting(
                terms.discounts()
                        .filter(discount ->
                                discount.validity().holdsAt(context.period().start())),
                context.currency(),
                context.rounding());
        Seq<Charge> charges = discounting.offLines(
                lines.filter(line -> line.price().isDefined()).map(Charge::of));
        if (context.closing()) {
            Committing committing = new Committing(context);
            charges = committing.withLimits(committing.withTrueUps(charges, terms.commitments()), terms.limits());
        }
        return new Untaxed(
                lines, terms.grants(), context, discounting.offDocument(charges).toArray(), discounting.uses());
    }

    private static void requireFit(Seq<LineItem> lines) {
        if (lines.distinctBy(LineItem::id).size() < lines.size()) {
            throw new IllegalArgumentException(
                    "Lines of a document must have different ids, but had " + lines.map(LineItem::id));
        }
        Seq<LineItem> priced = lines.filter(line -> line.price().isDefined());
        priced.find(line -> line.tax().isDefined()).forEach(line -> {
            throw new IllegalArgumentException("A line must be settled once, but " + line.id() + " has a tax of "
                    + line.tax().get());
        });
        if (priced.map(LineItem::basis).distinct().size() > 1) {
            throw new IllegalArgumentException("Lines that are settled together must have one basis, but had "
                    + priced.map(LineItem::basis).distinct());
        }
    }

    /** What grant paid how much of the document, for those that paid. */
    public Map<String, Money> paidByGrant() {
        return credits.foldLeft(LinkedHashMap.empty(), (paid, use) -> paid.put(use.grant(), use.amount(), Money::plus));
    }

    /** What is due and what is carried over. */
    public Balance balance() {
        return new Balance(
                figures.amount(SUBTOTAL),
                figures.amount(TAX),
                figures.amount(CREDITS),
                figures.amount(STARTING_BALANCE));
    }

    /** A document that is settled but for its taxes, and the credit that pays them. */
    public static final class Untaxed {

        private final Seq<LineItem> given;
        private final Seq<CreditGrant> grants;
        private final SettlementContext context;
        private final Seq<DiscountUse> discounts;
        private final Seq<CreditUse> before;
        private final Seq<Charge> charges;

        private Untaxed(
                Seq<LineItem> given,
                Seq<CreditGrant> grants,
                SettlementContext context,
                Seq<Charge> discounted,
                Seq<DiscountUse> discounts) {
            this.given = given;
            this.grants = grants.filter(grant -> grant.isUsableAt(context.asOf()));
            this.context = context;
            this.discounts = discounts;
            this.before = pay(Stage.BEFORE_TAX, discounted.map(charge -> new Tuple2<>(charge, charge.due())), zero());
            Map<LineId, Money> paid =
                    before.foldLeft(HashMap.empty(), (all, use) -> all.put(use.line(), use.amount(), Money::plus));
            this.charges = discounted.map(
                    charge -> paid.get(charge.line().id()).map(charge::paid).getOrElse(charge));
        }

        /** What taxes are due on. */
        public Seq<TaxableLine> lines() {
            return charges.map(Charge::taxable);
        }

        /**
         * The document with its taxes.
         *
         * @param taxes of {@link #lines}: all of them, or none if nothing is known of taxes
         * @throws IllegalArgumentException if a line is missing or unknown, or its net amount and included taxes are not its price
         */
        public Settlement taxed(Taxes taxes) {
            boolean known = !taxes.lines().isEmpty();
            if (known) {
                requireFit(taxes);
            }
            Seq<Tuple2<Charge, Money>> open = charges.map(charge -> new Tuple2<>(
                    charge, charge.taxable().amount().plus(tax(taxes, charge)).minus(included(taxes, charge))));
            Seq<CreditUse> credits = before.appendAll(pay(Stage.AFTER_TAX, open, context.startingBalance()));
            Map<LineId, Seq<Paid>> paid = paid(credits);
            Option<Rounded> rounded = taxes.rounding()
                    .map(rounding -> new Rounded(rounding.policy().name(), rounding.rounding()));
            Seq<LineItem> lines = place(charges.map(charge -> {
                LineId id = charge.line().id();
                return charge.settled(taxes.line(id), rounded, paid.get(id).getOrElse(Array.empty()));
            }));
            return new Settlement(lines, discounts, taxes, credits, figures(lines, taxes, credits));
        }

        /** What pays before taxes comes first. */
        private Map<LineId, Seq<Paid>> paid(Seq<CreditUse> credits) {
            return credits.zipWithIndex()
                    .groupBy(use -> use._1.line())
                    .mapValues(
                            uses -> uses.map(use -> new Paid(use._1.grant(), use._2 < before.size(), use._1.amount())));
        }

        private void requireFit(Taxes taxes) {
            Set<LineId> asked =
                    HashSet.ofAll(charges.map(charge -> charge.line().id()));
            if (!asked.equals(HashSet.ofAll(taxes.lines().map(TaxedLine::id)))) {
                throw new IllegalArgumentException("Taxes must be of the lines that were asked for, " + asked
                        + ", but were of " + taxes.lines().map(TaxedLine::id));
            }
            lines().forEach(line -> {
                Money price = taxes.line(line.id()).get().price();
                if (!price.equals(line.amount())) {
                    throw new IllegalArgumentException("Net and included taxes must make the price of line " + line.id()
                            + ", " + line.amount() + ", but made " + price);
                }
            });
        }

        private Seq<CreditUse> pay(Stage stage, Seq<Tuple2<Charge, Money>> open, Money paidAlready) {
            Money all = open.map(Tuple2::_2).fold(zero(), Money::plus);
            return new Crediting(grants.filter(grant -> grant.stage() == stage)).pay(open, all.minus(paidAlready));
        }

        private Money tax(Taxes taxes, Charge charge) {
            return taxes.line(charge.line().id()).map(TaxedLine::tax).getOrElse(zero());
        }

        private Money included(Taxes taxes, Charge charge) {
            return taxes.line(charge.line().id()).map(TaxedLine::included).getOrElse(zero());
        }

        /** Where they were given, and the new ones behind. */
        private Seq<LineItem> place(Seq<LineItem> settled) {
            Map<LineId, LineItem> byId = settled.toLinkedMap(LineItem::id, line -> line);
            long next =
                    given.map(LineItem::position).max().map(last -> last + 1).getOrElse(0L);
            Seq<LineItem> added = byId.removeAll(given.map(LineItem::id))
                    .values()
                    .zipWithIndex((line, i) -> line.at(next + i))
                    .toArray();
            return given.map(line -> byId.get(line.id()).getOrElse(line)).appendAll(added);
        }

        private Figures figures(Seq<LineItem> lines, Taxes taxes, Seq<CreditUse> credits) {
            Seq<FigureKey> parts = Array.of(SUBTOTAL, TAX, CREDITS, STARTING_BALANCE);
            Seq<Tuple2<String, Money>> byRate =
                    taxes.rates().map(rate -> new Tuple2<>(rate.rate().label(), rate.amount()));
            return Figures.fold(Array.of(new Figures.Fold(SUBTOTAL, Selection.ALL)), lines, context.currency())
                    .calculate(
                            DISCOUNT,
                            RecordedSum.RECORDED_SUM,
                            Array.of(SUBTOTAL),
                            sums(discounts.map(use -> new Tuple2<>(use.discount(), use.amount()))))
                    .calculate(TAX, RecordedSum.RECORDED_SUM, Array.of(SUBTOTAL), sums(byRate))
                    .calculate(
                            CREDITS,
                            RecordedSum.RECORDED_SUM,
                            Array.of(SUBTOTAL),
                            sums(credits.map(use -> new Tuple2<>(use.grant(), use.amount()))))
                    .declare(STARTING_BALANCE, "previous document", context.startingBalance())
                    .calculate(BILLED, Balance.Rule.BILLED, parts, HashMap.empty())
                    .calculate(ENDING_BALANCE, Balance.Rule.ENDING_BALANCE, parts, HashMap.empty());
        }

        private static Map<String, BigDecimal> sums(Seq<Tuple2<String, Money>> parts) {
            return parts.foldLeft(
                    LinkedHashMap.empty(), (all, part) -> all.put(part._1, part._2.amount(), BigDecimal::add));
        }

        private Money zero() {
            return Money.zero(context.currency());
        }
    }
}

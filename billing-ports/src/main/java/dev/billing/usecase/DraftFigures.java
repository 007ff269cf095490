package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Balance;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.FigureRule;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.RecordedSum;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.rating.Settlement;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/**
 * The figures of drafts, as lines come and go. What is folded is folded again, and what is calculated from that is calculated again;
 * what was declared, and what else was recorded, stays as it is.
 */
record DraftFigures(Profile profile) {

    /** Under which name the tax figure tells of the taxes of lines that came without rates. */
    static final String TAX_OF_LINES = "lines";

    private static final Seq<FigureKey> BALANCE =
            Array.of(Settlement.SUBTOTAL, Settlement.TAX, Settlement.CREDITS, Settlement.STARTING_BALANCE);

    DraftFigures {
        requireNonNull(profile, "profile");
    }

    /** Whether documents show taxes, credit and a balance. */
    boolean settles() {
        return profile.rules().contains(RecordedSum.RECORDED_SUM);
    }

    /** Whether a document begins with what the one before left over. */
    boolean isChained() {
        return profile.figures().exists(fold -> fold.key().equals(Atlas.CREDIT_LINES));
    }

    /** Those of a new draft, which has used no credit. */
    Figures of(Seq<LineItem> lines, CurrencyUnit currency) {
        if (isChained()) {
            return Atlas.settle(
                    Figures.fold(profile.figures(), lines, currency), BigDecimal.ZERO, Money.zero(currency));
        }
        return settles() ? settled(lines, currency) : Figures.fold(profile.figures(), lines, currency);
    }

    private Figures settled(Seq<LineItem> lines, CurrencyUnit currency) {
        Seq<Figures.Fold> folds = profile.figures().append(new Figures.Fold(Settlement.SUBTOTAL, Selection.ALL));
        Seq<FigureKey> from = Array.of(Settlement.SUBTOTAL);
        return Figures.fold(folds, lines, currency)
                .calculate(Settlement.TAX, RecordedSum.RECORDED_SUM, from, HashMap.of(TAX_OF_LINES, taxes(lines)))
                .calculate(Settlement.CREDITS, RecordedSum.RECORDED_SUM, from, HashMap.empty())
                .declare(Settlement.STARTING_BALANCE, "previous document", Money.zero(currency))
                .calculate(Settlement.BILLED, Balance.Rule.BILLED, BALANCE, HashMap.empty())
                .calculate(Settlement.ENDING_BALANCE, Balance.Rule.ENDING_BALANCE, BALANCE, HashMap.empty());
    }

    /** Those of a credit note, whose lines are negative: what it gives back is left over in the customer's favour. */
    Figures ofCreditNote(Seq<LineItem> lines, CurrencyUnit currency) {
        return isChained()
                // where charges bear one tax together, a credit note says how much of it it takes back
                ? of(lines, currency)
                        .declare(Atlas.TAX, "credit note", Money.of(currency, taxes(lines)))
                        .calculate(Atlas.BILLED, Balance.Rule.BILLED, BALANCE, HashMap.empty())
                        .calculate(Atlas.ENDING_BALANCE, Balance.Rule.ENDING_BALANCE, BALANCE, HashMap.empty())
                : of(lines, currency);
    }

    /** Those of a draft with more lines. */
    Figures with(Figures before, Seq<LineItem> added, CurrencyUnit currency) {
        Figures folded = before.plusFolded(Figures.fold(folds(before), added, currency));
        return again(before, folded, taxes(added));
    }

    /** Those of a draft with these lines left. */
    Figures without(Figures before, Seq<LineItem> removed, Iterable<LineItem> remaining, CurrencyUnit currency) {
        return again(
                before,
                Figures.fold(folds(before), remaining, currency),
                taxes(removed).negate());
    }

    /** What each grant of prepaid credit pays of a document. */
    static Map<String, Money> credits(Figures figures) {
        return figures.find(Settlement.CREDITS)
                .filter(figure -> figure instanceof Figure.Calculated calculated
                        && calculated.rule().equals(RecordedSum.RECORDED_SUM.name()))
                .map(figure -> ((Figure.Calculated) figure)
                        .inputs()
                        .mapValues(amount -> Money.of(figure.amount().currency(), amount)))
                .getOrElse(LinkedHashMap::empty);
    }

    private static BigDecimal taxes(Seq<LineItem> lines) {
        return lines.flatMap(LineItem::tax).map(Money::amount).fold(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Seq<Figures.Fold> folds(Figures figures) {
        return figures.byKey()
                .toArray()
                .filter(entry -> entry._2 instanceof Figure.Folded)
                .map(entry -> new Figures.Fold(entry._1, ((Figure.Folded) entry._2).lines()));
    }

    private Figures again(Figures before, Figures folded, BigDecimal taxes) {
        Seq<Tuple2<FigureKey, Figure>> others =
                before.byKey().toArray().reject(entry -> entry._2 instanceof Figure.Folded);
        Figures known = others.reject(entry -> entry._2 instanceof Figure.Calculated)
                .foldLeft(folded, (figures, kept) -> figures.with(kept._1, kept._2));
        return calculated(
                known,
                others.filter(entry -> entry._2 instanceof Figure.Calculated)
                        .map(entry -> entry.map2(Figure.Calculated.class::cast)),
                taxes);
    }

    /** Each after those that it is calculated from, because stores keep figures in no order. */
    private Figures calculated(Figures known, Seq<Tuple2<FigureKey, Figure.Calculated>> open, BigDecimal taxes) {
        Figures figures = known;
        Seq<Tuple2<FigureKey, Figure.Calculated>> left = open;
        while (!left.isEmpty()) {
            Figures sofar = figures;
            Tuple2<FigureKey, Figure.Calculated> next = left.find(entry ->
                            entry._2.from().forAll(key -> sofar.find(key).isDefined()))
                    .getOrElseThrow(() -> new IllegalArgumentException(
                            "Figures must follow from others of their document, but do not: " + open.map(Tuple2::_1)));
            figures = figures.calculate(next._1, rule(next._2.rule()), next._2.from(), inputs(next._1, next._2, taxes));
            left = left.remove(next);
        }
        return figures;
    }

    private static Map<String, BigDecimal> inputs(FigureKey key, Figure.Calculated figure, BigDecimal taxes) {
        return key.equals(Settlement.TAX)
                        && figure.rule().equals(RecordedSum.RECORDED_SUM.name())
                        && taxes.signum() != 0
                ? figure.inputs().put(TAX_OF_LINES, taxes, BigDecimal::add)
                : figure.inputs();
    }

    private FigureRule rule(String name) {
        return profile.rules()
                .find(rule -> rule.name().equals(name))
                .getOrElseThrow(() -> new IllegalArgumentException("A figure must come from a rule of profile '"
                        + profile.name() + "', but '" + name + "' is none"));
    }
}

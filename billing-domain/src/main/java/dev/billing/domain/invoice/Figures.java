package dev.billing.domain.invoice;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import javax.money.CurrencyUnit;

/** The figures of a document, by key. Values: every method that adds one returns new figures. */
public record Figures(Map<FigureKey, Figure> byKey) {

    public static final Figures NONE = new Figures(LinkedHashMap.empty());

    public Figures {
        requireNonNull(byKey, "byKey");
    }

    /** A figure that a profile folds from lines. */
    public record Fold(FigureKey key, Selection lines) {
        public Fold {
            requireNonNull(key, "key");
            requireNonNull(lines, "lines");
        }

        private boolean takes(LineItem line) {
            return key.basis().forAll(basis -> basis == line.basis()) && lines.includes(line);
        }

        private Option<Money> amount(LineItem line) {
            return takes(line) ? line.amount(key.side()) : Option.none();
        }
    }

    /**
     * Folds lines, in one pass.
     *
     * @param currency of all the figures
     * @throws IllegalArgumentException if a line that a figure takes has an amount of another currency
     */
    public static Figures fold(Seq<Fold> folds, Iterable<LineItem> lines, CurrencyUnit currency) {
        Folding folding = new Folding(folds, currency);
        lines.forEach(folding::add);
        return folding.figures();
    }

    public Figures with(FigureKey key, Figure figure) {
        return new Figures(byKey.put(key, figure));
    }

    /** These figures and others; of two with one key the other one. */
    public Figures and(Figures others) {
        return others.byKey.foldLeft(this, (figures, other) -> figures.with(other._1, other._2));
    }

    /** Adds a figure that somebody else computed. */
    public Figures declare(FigureKey key, String source, Money amount) {
        return with(key, new Figure.Declared(source, amount));
    }

    /**
     * Adds a figure that a rule computes from figures that are here already.
     *
     * @throws IllegalArgumentException if one of them is not here, or the rule lacks an input
     */
    public Figures calculate(FigureKey key, FigureRule rule, Seq<FigureKey> from, Map<String, BigDecimal> inputs) {
        Map<String, BigDecimal> kept = inputs.mapValues(Decimals::canonical);
        return with(key, new Figure.Calculated(rule.name(), from, kept, rule.apply(from.map(this::amount), kept)));
    }

    public Option<Figure> find(FigureKey key) {
        return byKey.get(key);
    }

    /**
     * The amount of a figure that must be here.
     *
     * @throws IllegalArgumentException if it is not
     */
    public Money amount(FigureKey key) {
        return find(key)
                .map(Figure::amount)
                .getOrElseThrow(
                        () -> new IllegalArgumentException("There is no figure '" + key + "' among " + byKey.keySet()));
    }

    /** The same prices, and costs that equal them: how a document looks to whoever must not see what it costs. */
    public Figures withCostsOfPrices() {
        Map<FigureKey, Figure> prices = byKey.filterKeys(key -> key.side() == Side.PRICE);
        return new Figures(prices.foldLeft(
                prices,
                (all, price) -> all.put(new FigureKey(price._1.name(), price._1.basis(), Side.COST), price._2)));
    }

    /** The folded figures of both documents added up, key by key; all others are dropped, because they cannot be added. */
    public Figures plusFolded(Figures other) {
        return new Figures(byKey.filterValues(Figure.Folded.class::isInstance)
                .merge(other.byKey.filterValues(Figure.Folded.class::isInstance), Figures::plus));
    }

    private static Figure plus(Figure one, Figure other) {
        Figure.Folded folded = (Figure.Folded) one;
        if (!folded.lines().equals(((Figure.Folded) other).lines())) {
            throw new IllegalArgumentException(
                    "Figures of different lines cannot be added, but were " + one + " and " + other);
        }
        return new Figure.Folded(folded.lines(), folded.amount().plus(other.amount()));
    }

    /**
     * Computes every folded and calculated figure again and reports those that come out differently. Declared figures are what they
     * are; for those that sum other documents see {@link #verifySums}.
     *
     * @param lines all lines of the document
     * @param rules the rules that may have been used
     */
    public Seq<Mismatch> verify(Iterable<LineItem> lines, Seq<FigureRule> rules) {
        return byKey.toArray()
                .flatMap(entry -> recompute(entry._1, entry._2, lines, rules)
                        .filter(amount -> !amount.equals(entry._2.amount()))
                        .map(amount -> new Mismatch(entry._1, entry._2.amount(), amount)));
    }

    /** Computes every figure that sums other documents again and reports those that come out differently. */
    public Seq<Mismatch> verifySums(Seq<Figures> documents) {
        return byKey.toArray()
                .filter(entry -> entry._2 instanceof Figure.Summed)
                .map(entry -> new Mismatch(
                        entry._1,
                        entry._2.amount(),
                        sum(entry._1, documents, entry._2.amount().currency())))
                .filter(mismatch -> !mismatch.stored().equals(mismatch.recomputed()));
    }

    /** The sum of a figure over documents; one that lacks it adds nothing. */
    public static Money sum(FigureKey key, Seq<Figures> documents, CurrencyUnit currency) {
        return documents
                .flatMap(figures -> figures.find(key))
                .map(Figure::amount)
                .fold(Money.zero(currency), Money::plus);
    }

    private Option<Money> recompute(FigureKey key, Figure figure, Iterable<LineItem> lines, Seq<FigureRule> rules) {
        if (figure instanceof Figure.Folded folded) {
            CurrencyUnit currency = folded.amount().currency();
            return Option.some(fold(Array.of(new Fold(key, folded.lines())), lines, currency)
                    .amount(key));
        }
        if (figure instanceof Figure.Calculated calculated) {
            return Option.some(
                    rule(rules, calculated.rule()).apply(calculated.from().map(this::amount), calculated.inputs()));
        }
        return Option.none();
    }

    private static FigureRule rule(Seq<FigureRule> rules, String name) {
        return rules.find(rule -> rule.name().equals(name))
                .getOrElseThrow(
                        () -> new IllegalArgumentException("There is no figure rule '" + name + "' among " + rules));
    }

    /** A figure that does not follow from the lines and figures that it names. */
    public record Mismatch(FigureKey key, Money stored, Money recomputed) {}

    /** Sums in the making, one line after the other. */
    static final class Folding {

        private final Seq<Fold> folds;
        private final Money[] sums;

        Folding(Seq<Fold> folds, CurrencyUnit currency) {
            this.folds = folds;
            this.sums = folds.map(fold -> Money.zero(currency)).toJavaArray(Money[]::new);
        }

        void add(LineItem line) {
            for (int i = 0; i < sums.length; i++) {
                Money sum = sums[i];
                sums[i] = folds.get(i).amount(line).map(sum::plus).getOrElse(sum);
            }
        }

        Figures figures() {
            return folds.zip(Array.of(sums))
                    .foldLeft(
                            NONE,
                            (figures, folded) ->
                                    figures.with(folded._1.key(), new Figure.Folded(folded._1.lines(), folded._2)));
        }
    }
}

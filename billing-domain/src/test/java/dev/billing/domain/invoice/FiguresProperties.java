package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Atlas;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class FiguresProperties {

    private static final FigureKey ALL = FigureKey.price("all");
    private static final FigureKey STORAGE = FigureKey.price("storage", Basis.ESTIMATED);
    private static final FigureKey DATABASE = FigureKey.price("database");
    private static final FigureKey COST = FigureKey.cost("cost", Basis.ACTUAL);

    private static final Seq<Figures.Fold> FOLDS = Array.of(
            new Figures.Fold(ALL, Selection.ALL),
            new Figures.Fold(STORAGE, Selection.category("storage")),
            new Figures.Fold(DATABASE, Selection.of(new Selection.DescriptionContains("postgresql"))),
            new Figures.Fold(COST, Selection.ALL));

    private static final Money SMALLEST = Money.of("USD", "0.00000000000000000001");

    @Property(tries = 500)
    void a_folded_figure_is_what_adding_line_after_line_gives(@ForAll @Size(max = 15) List<LineItem> anyLines) {
        Seq<LineItem> lines = inDollars(anyLines);
        Figures figures = Figures.fold(FOLDS, lines, DomainArbitraries.USD);
        assertThat(Fraction.of(figures.amount(ALL))).isEqualTo(net(lines, line -> true));
        assertThat(Fraction.of(figures.amount(STORAGE)))
                .isEqualTo(net(lines, line -> line.category().equals("storage") && line.basis() == Basis.ESTIMATED));
        assertThat(Fraction.of(figures.amount(DATABASE)))
                .isEqualTo(net(lines, line -> line.description().contains("postgresql")));
        assertThat(Fraction.of(figures.amount(COST)))
                .isEqualTo(DomainArbitraries.sum(lines.filter(line -> line.basis() == Basis.ACTUAL)
                        .flatMap(LineItem::cost)
                        .map(Fraction::of)));
    }

    @Property(tries = 500)
    void the_order_of_lines_changes_no_figure(@ForAll @Size(max = 15) List<LineItem> anyLines, @ForAll Random random) {
        Seq<LineItem> lines = inDollars(anyLines);
        Figures figures = Figures.fold(FOLDS, lines, DomainArbitraries.USD);
        assertThat(Figures.fold(FOLDS, DomainArbitraries.shuffled(lines, random), DomainArbitraries.USD))
                .isEqualTo(figures)
                .hasSameHashCodeAs(figures);
    }

    @Property(tries = 500)
    void figures_that_were_folded_and_calculated_come_out_the_same_again(
            @ForAll @Size(max = 15) List<LineItem> anyLines,
            @ForAll Money startingBalance,
            @ForAll @IntRange(max = 25_000) int taxRate,
            @ForAll Random random) {
        Seq<LineItem> lines = inDollars(anyLines);
        Figures figures = settled(lines, taxRate, startingBalance);
        assertThat(figures.verify(
                        DomainArbitraries.shuffled(lines, random),
                        Atlas.profile().rules()))
                .isEmpty();
    }

    @Property(tries = 1_000)
    void a_changed_figure_is_found_wherever_it_is(
            @ForAll @Size(max = 15) List<LineItem> anyLines,
            @ForAll Money startingBalance,
            @ForAll @IntRange(max = 25_000) int taxRate,
            @ForAll @IntRange(max = 5) int which) {
        Seq<LineItem> lines = inDollars(anyLines);
        Figures figures = settled(lines, taxRate, startingBalance);
        FigureKey key = Array.of(
                        Atlas.SUBTOTAL,
                        Atlas.CREDIT_LINES,
                        Atlas.CREDITS,
                        Atlas.TAX,
                        Atlas.BILLED,
                        Atlas.ENDING_BALANCE)
                .get(which);
        Money changed = figures.amount(key).plus(SMALLEST);
        Seq<Figures.Mismatch> found = figures.with(
                        key, withAmount(figures.find(key).get(), changed))
                .verify(lines, Atlas.profile().rules());
        assertThat(found).contains(new Figures.Mismatch(key, changed, figures.amount(key)));
    }

    @Property(tries = 500)
    void a_line_that_is_missing_or_added_is_found(@ForAll @Size(min = 1, max = 15) List<LineItem> anyLines) {
        Seq<LineItem> lines = inDollars(anyLines);
        Assume.that(lines.head().net().exists(net -> !net.isZero()));
        Figures figures = Figures.fold(FOLDS, lines, DomainArbitraries.USD);
        assertThat(figures.verify(lines.tail(), Array.empty()).map(Figures.Mismatch::key))
                .contains(ALL);
        assertThat(figures.verify(lines.append(lines.head()), Array.empty()).map(Figures.Mismatch::key))
                .contains(ALL);
    }

    @Property(tries = 300)
    void what_was_declared_is_what_it_is(@ForAll @Size(max = 5) List<LineItem> anyLines, @ForAll Money amount) {
        Figures figures = Figures.NONE.declare(ALL, "outside", amount);
        assertThat(figures.verify(inDollars(anyLines), Array.empty())).isEmpty();
        assertThat(figures.find(ALL)).contains(new Figure.Declared("outside", amount));
    }

    @Property(tries = 500)
    void folded_figures_of_two_documents_add_up_to_those_of_all_lines(
            @ForAll @Size(max = 10) List<LineItem> one, @ForAll @Size(max = 10) List<LineItem> other) {
        Figures first = Figures.fold(FOLDS, inDollars(one), DomainArbitraries.USD)
                .declare(FigureKey.price("declared"), "outside", SMALLEST);
        Figures second = Figures.fold(FOLDS, inDollars(other), DomainArbitraries.USD);
        assertThat(first.plusFolded(second))
                .isEqualTo(Figures.fold(FOLDS, inDollars(one).appendAll(inDollars(other)), DomainArbitraries.USD));
    }

    @Property(tries = 300)
    void a_line_of_another_currency_is_refused(@ForAll @Size(max = 5) List<LineItem> anyLines, @ForAll LineItem line) {
        LineItem inYen = DomainArbitraries.in(DomainArbitraries.JPY, line);
        Assume.that(inYen.net().isDefined());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figures.fold(FOLDS, inDollars(anyLines).append(inYen), DomainArbitraries.USD));
    }

    @Example
    void a_figure_is_calculated_from_the_very_numbers_that_are_kept() {
        FigureRule digits = new FigureRule() {
            @Override
            public String name() {
                return "digits";
            }

            @Override
            public Money apply(Seq<Money> from, Map<String, BigDecimal> inputs) {
                return Money.of(
                        DomainArbitraries.USD,
                        BigDecimal.valueOf(FigureRule.input(inputs, "n").scale()));
            }
        };
        Figures figures = Figures.NONE.calculate(ALL, digits, Array.empty(), HashMap.of("n", new BigDecimal("3.000")));
        assertThat(figures.verify(Array.empty(), Array.of(digits))).isEmpty();
    }

    @Example
    void a_figure_that_is_missing_or_a_rule_that_is_unknown_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figures.NONE.amount(ALL))
                .withMessageContaining("all PRICE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figures.NONE.calculate(ALL, Balance.Rule.BILLED, Array.of(DATABASE), HashMap.empty()))
                .withMessageContaining("database");
        Figures settled = settled(Array.empty(), 0, SMALLEST);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settled.verify(Array.empty(), Array.empty()))
                .withMessageContaining("rule");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FigureRule.input(HashMap.empty(), "rate"))
                .withMessageContaining("rate");
    }

    @Example
    void figures_of_different_selections_are_not_added() {
        Figures all = Figures.fold(FOLDS, Array.empty(), DomainArbitraries.USD);
        Figures storage = Figures.fold(
                Array.of(new Figures.Fold(ALL, Selection.category("storage"))), Array.empty(), DomainArbitraries.USD);
        assertThatIllegalArgumentException().isThrownBy(() -> all.plusFolded(storage));
    }

    private static Figures settled(Seq<LineItem> lines, int taxRate, Money startingBalance) {
        Figures folded = Figures.fold(Atlas.profile().figures(), lines, DomainArbitraries.USD);
        return Atlas.settle(
                folded, BigDecimal.valueOf(taxRate, 5), Money.of(DomainArbitraries.USD, startingBalance.amount()));
    }

    private static Figure withAmount(Figure figure, Money amount) {
        return figure instanceof Figure.Calculated calculated
                ? new Figure.Calculated(calculated.rule(), calculated.from(), calculated.inputs(), amount)
                : new Figure.Folded(((Figure.Folded) figure).lines(), amount);
    }

    private static Seq<LineItem> inDollars(List<LineItem> lines) {
        return Array.ofAll(lines).map(line -> DomainArbitraries.in(DomainArbitraries.USD, line));
    }

    private static Fraction net(Seq<LineItem> lines, Predicate<LineItem> where) {
        return DomainArbitraries.sum(lines.filter(where)
                .flatMap(LineItem::price)
                .map(price -> Fraction.of(price.gross()).minus(Fraction.of(price.discount()))));
    }
}

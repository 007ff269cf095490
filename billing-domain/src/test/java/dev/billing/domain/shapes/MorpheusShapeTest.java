package dev.billing.domain.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Morpheus;
import dev.billing.domain.profile.MorpheusArithmetic;
import dev.billing.domain.profile.Profile;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The running month of a machine in a Morpheus cloud, metered by us and reported by its provider. */
class MorpheusShapeTest {

    private static final Profile PROFILE =
            Morpheus.profile().on(BillingCalendar.monthly(ZoneId.of("America/New_York")));
    private static final Period MAY = PROFILE.calendar().period(YearMonth.of(2020, 5));
    private static final Instant UPDATED = Instant.parse("2020-05-08T15:00:08Z");
    private static final AccountId ROOT = new AccountId("1");

    /** A month ends one second early here, and so does its length. */
    private static final long MONTH = MAY.millis() - 1_000;

    private static final long SPAN = 644_399_000;

    private static final Money INTERVAL = Money.of("USD", "6.250800024");
    private static final Money REPORTED = Money.of("USD", "0.1709403426");

    /** Each row: name, then estimated, invoiced and actual; price and cost are the same. */
    private static final Seq<Seq<String>> PRINTED =
            Array.of("""
                    compute  0.0                0.0  0.1709403426
                    memory   0.0                0.0  0.0
                    storage  0.0                0.0  0.0
                    network  0.0                0.0  0.0
                    license  0.0                0.0  0.0
                    extra    0.0                0.0  0.0
                    total    6.250800024        0.0  0.7105014791842815
                    running  1.5038869430406268 0.0  0.1709403426
                    """.split("\n", -1)).filter(row -> !row.isEmpty()).map(row -> Array.of(row.split(" +", -1)));

    @Test
    void a_row_that_arrives_complete_keeps_every_figure_as_declared() {
        Figures figures = Figures.NONE;
        for (Seq<String> row : PRINTED) {
            for (Side side : Side.values()) {
                for (Basis basis : Basis.values()) {
                    figures = figures.declare(key(row.head(), basis, side), "outside", printed(row, basis));
                }
            }
        }
        Invoice.Running document = new Invoice.Running(head(), figures, 1);
        assertThat(document.figures().byKey()).hasSize(48);
        for (Seq<String> row : PRINTED) {
            Figure actual = document.figures()
                    .find(key(row.head(), Basis.ACTUAL, Side.PRICE))
                    .get();
            assertThat(actual).isEqualTo(new Figure.Declared("outside", printed(row, Basis.ACTUAL)));
            assertThat(String.valueOf(actual.amount().amount().doubleValue())).isEqualTo(row.get(3));
        }
        assertThat(document.figures().verify(Array.empty(), PROFILE.rules()))
                .as("it has no lines")
                .isEmpty();
    }

    @Test
    void the_same_row_is_computed_to_the_digit() {
        Figures figures = computed();
        for (Side side : Side.values()) {
            assertThat(figures.amount(Morpheus.running(Basis.ESTIMATED, side)))
                    .isEqualTo(Money.of("USD", "1.5038869430406268"));
            assertThat(figures.amount(Morpheus.total(Basis.ESTIMATED, side))).isEqualTo(INTERVAL);
            assertThat(figures.amount(Morpheus.component("compute", Basis.ACTUAL, side)))
                    .isEqualTo(REPORTED);
            assertThat(figures.amount(Morpheus.running(Basis.ACTUAL, side))).isEqualTo(REPORTED);
            assertThat(figures.amount(Morpheus.total(Basis.ACTUAL, side)))
                    .isEqualTo(Money.of("USD", "0.7105014791842815"));
        }
        assertThat(MorpheusArithmetic.ratio(SPAN, MONTH)).isEqualByComparingTo("0.2405911143");
        assertThat(figures.verify(Array.of(reported()), PROFILE.rules())).isEmpty();
    }

    @Test
    void a_total_is_not_one_of_the_three_that_are_almost_right() {
        BigDecimal total =
                computed().amount(Morpheus.total(Basis.ACTUAL, Side.PRICE)).amount();
        BigDecimal running = REPORTED.amount();
        BigDecimal byMultiplier = BigDecimal.valueOf(running.doubleValue() / 0.2405911143);
        BigDecimal byExactRatio = MorpheusArithmetic.apply(
                running, BigDecimal.valueOf(MONTH).divide(BigDecimal.valueOf(SPAN), MathContext.DECIMAL128));
        BigDecimal byDecimalProduct = BigDecimal.valueOf(
                running.multiply(MorpheusArithmetic.ratio(MONTH, SPAN)).doubleValue());
        assertThat(byMultiplier).isEqualByComparingTo("0.710501479231064").isNotEqualByComparingTo(total);
        assertThat(byExactRatio.toPlainString()).startsWith("0.71050147917594");
        assertThat(byExactRatio).isNotEqualByComparingTo(total);
        assertThat(byDecimalProduct).isEqualByComparingTo("0.7105014791842816").isNotEqualByComparingTo(total);
    }

    @Test
    void the_inputs_of_a_projection_are_on_record() {
        Figure.Calculated running = (Figure.Calculated)
                computed().find(Morpheus.running(Basis.ESTIMATED, Side.PRICE)).get();
        assertThat(running.from()).containsExactly(Morpheus.interval(Side.PRICE));
        assertThat(MorpheusArithmetic.ratio(
                        running.inputs().get("time").get(),
                        running.inputs().get("of time").get()))
                .isEqualByComparingTo("0.2405911143");
    }

    @Test
    void a_summary_sums_what_its_leaves_have_and_projects_nothing() {
        FigureKey running = Morpheus.running(Basis.ACTUAL, Side.PRICE);
        FigureKey total = Morpheus.total(Basis.ACTUAL, Side.PRICE);
        FigureKey compute = Morpheus.component("compute", Basis.ESTIMATED, Side.PRICE);
        Figures young = Morpheus.scale(
                Figures.fold(PROFILE.figures(), Array.of(reported()), PROFILE.currency()),
                total,
                running,
                MONTH,
                SPAN / 7);
        Figures old = Morpheus.scale(
                Figures.fold(PROFILE.figures(), Array.of(reported()), PROFILE.currency()), total, running, MONTH, SPAN);
        Money sum = young.amount(total).plus(old.amount(total));
        Figures summary = young.plusFolded(old)
                .declare(total, "2 leaves", sum)
                .declare(compute, "2 leaves", Money.zero(PROFILE.currency()));
        assertThat(summary.amount(running)).isEqualTo(REPORTED.times(2));
        assertThat(summary.amount(compute)).isEqualTo(Money.of("USD", "0"));
        assertThat(summary.verify(Array.of(reported(), reported()), PROFILE.rules()))
                .isEmpty();
        assertThat(Morpheus.scale(summary, total, running, MONTH, SPAN).amount(total))
                .as("projecting the sum is something else")
                .isNotEqualTo(sum);
    }

    @ParameterizedTest
    @CsvSource({
        "3247, compute, 1.0, 0.0638, 0.0638, 2020-05-09T22:00:00Z, 2020-05-09T23:00:00Z",
        "3246, storage, 0.672043008681, 0.0017, 0.001142473117, 2020-05-09T21:00:00Z, 2020-05-09T22:00:00Z"
    })
    void a_line_of_the_provider_is_never_recomputed(
            String id, String category, String usage, String rateUnit, String cost, Instant start, Instant end) {
        Origin origin = new Origin.Provided("zmtW" + id, HashMap.of("rateUnit", rateUnit), Option.some("{}"));
        LineItem line = LineItem.builder(new LineId(id), "B88514", category, UPDATED, origin)
                .basis(Basis.ACTUAL)
                .quantity(new BigDecimal(usage), "")
                .period(Period.of(start, end))
                .cost(Money.of("USD", cost))
                .price(Money.of("USD", cost))
                .build();
        FigureKey key = Morpheus.component(category, Basis.ACTUAL, Side.COST);
        Figures figures = Figures.fold(
                Array.of(new Figures.Fold(key, Selection.category(category))), Array.of(line), PROFILE.currency());
        assertThat(figures.amount(key)).isEqualTo(Money.of("USD", cost));
        assertThat(line.quantity()).isEqualByComparingTo(usage);
    }

    @Test
    void months_are_those_of_the_zone_and_end_a_second_early_when_printed() {
        assertThat(MAY.start()).isEqualTo("2020-05-01T04:00:00Z");
        assertThat(MAY.end().minusSeconds(1)).isEqualTo("2020-06-01T03:59:59Z");
        assertThat(MONTH).isEqualTo(2_678_399_000L);
        Period november = PROFILE.calendar().period(YearMonth.of(2020, 11));
        assertThat(november.start()).isEqualTo("2020-11-01T04:00:00Z");
        assertThat(november.end().minusSeconds(1)).isEqualTo("2020-12-01T04:59:59Z");
        assertThat(november.millis() - 1_000).isEqualTo(2_595_599_000L);
    }

    @Test
    void tags_stand_beside_the_document_and_places_are_on_it() {
        Standing standing = Standing.initial(head().id(), InvoiceStatus.PENDING, UPDATED)
                .tagged(Array.of(new Tag(1, "agency", "Lonestar"), new Tag(1, "hello", "world")), UPDATED);
        assertThat(standing.tags().map(Tag::name)).containsExactly("agency", "hello");
        assertThat(head().places().get(new Dimension("cloud")).map(Ref::name)).contains("qa-amazon");
        assertThat(head().subject().map(Ref::toString)).contains("Instance:331 (nginx21)");
    }

    /** Metered from the plan, and taken from the one line that the provider reported. */
    private static Figures computed() {
        Seq<Figures.Fold> folds = PROFILE.figures()
                .appendAll(Array.of(Side.values())
                        .map(side -> new Figures.Fold(
                                Morpheus.component("compute", Basis.ACTUAL, side), Selection.category("compute"))));
        Figures figures = Figures.fold(folds, Array.of(reported()), PROFILE.currency());
        for (Side side : Side.values()) {
            figures = figures.declare(Morpheus.interval(side), "plan", INTERVAL);
            figures = Morpheus.scale(
                    figures, Morpheus.running(Basis.ESTIMATED, side), Morpheus.interval(side), SPAN, MONTH);
            figures = Morpheus.scale(
                    figures, Morpheus.total(Basis.ESTIMATED, side), Morpheus.interval(side), MONTH, MONTH);
            figures = Morpheus.scale(
                    figures, Morpheus.total(Basis.ACTUAL, side), Morpheus.running(Basis.ACTUAL, side), MONTH, SPAN);
        }
        return figures;
    }

    private static LineItem reported() {
        return LineItem.builder(new LineId("1"), "t2.nano", "compute", UPDATED, Origin.Provided.of("i-331"))
                .basis(Basis.ACTUAL)
                .cost(REPORTED)
                .price(REPORTED)
                .build();
    }

    private static Head head() {
        return new Head(
                new InvoiceId("11868"),
                PROFILE.name(),
                ROOT,
                ROOT,
                Option.some(new Ref("Instance", "331", "nginx21")),
                Option.some(MAY),
                HashMap.of(
                        new Dimension("group"), new Ref("group", "1", "lonestar"),
                        new Dimension("cloud"), new Ref("cloud", "39", "qa-amazon"),
                        new Dimension("user"), new Ref("user", "1", "admin"),
                        new Dimension("project"), new Ref("project", "2", "test")),
                Option.none(),
                PROFILE.currency(),
                Instant.parse("2020-05-01T15:59:49Z"));
    }

    private static FigureKey key(String name, Basis basis, Side side) {
        return new FigureKey(name, Option.some(basis), side);
    }

    private static Money printed(Seq<String> row, Basis basis) {
        return Money.of(
                "USD",
                row.get(1
                        + Array.of(Basis.ESTIMATED, Basis.INVOICED, Basis.ACTUAL)
                                .indexOf(basis)));
    }
}

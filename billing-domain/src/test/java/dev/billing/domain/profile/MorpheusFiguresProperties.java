package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.Figures;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Selection;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MorpheusFiguresProperties {

    private static final BillingCalendar NEW_YORK = BillingCalendar.monthly(ZoneId.of("America/New_York"));

    @Property(tries = 300)
    void every_figure_follows_from_lines_and_records(
            @ForAll("lines") List<LineItem> lines,
            @ForAll("plans") Plan plan,
            @ForAll("times") Metering times,
            @ForAll boolean stale) {
        assertThat(figures(lines, plan, times, stale)
                        .verify(lines, Morpheus.profile().rules()))
                .isEmpty();
    }

    @Property(tries = 300)
    void reported_components_always_add_up_to_what_runs(
            @ForAll("lines") List<LineItem> lines, @ForAll("plans") Plan plan, @ForAll("times") Metering times) {
        Figures figures = figures(lines, plan, times, false);
        for (Side side : Side.values()) {
            Money components = Morpheus.COMPONENTS
                    .map(name -> figures.amount(Morpheus.component(name, Basis.ACTUAL, side)))
                    .reduce(Money::plus);
            assertThat(figures.amount(Morpheus.running(Basis.ACTUAL, side))).isEqualTo(components);
        }
    }

    @Property(tries = 300)
    void what_is_not_projected_is_the_very_same_number(
            @ForAll("lines") List<LineItem> lines, @ForAll("plans") Plan plan, @ForAll("times") Metering times) {
        Metering closed = times.asOf(Metering.lastSecond(times.month()));
        Figures figures = figures(lines, plan, closed, false);
        for (Side side : Side.values()) {
            for (Basis basis : Array.of(Basis.ESTIMATED, Basis.ACTUAL)) {
                assertThat(figures.amount(Morpheus.total(basis, side)))
                        .isEqualTo(figures.amount(Morpheus.running(basis, side)));
            }
        }
    }

    @Property(tries = 300)
    void a_summary_is_the_sum_of_its_leaves_in_any_order(
            @ForAll("lines") List<LineItem> lines, @ForAll("plans") Plan plan, @ForAll("times") Metering times) {
        Seq<Figures> leaves = Array.ofAll(lines)
                .map(line -> figures(List.of(line), plan, times, false))
                .toArray();
        Selection.At place = new Selection.At(Morpheus.CLOUD, "39");
        for (Basis basis : Array.of(Basis.ESTIMATED, Basis.ACTUAL)) {
            Figures summary = Morpheus.summarize(place, leaves, basis, plan.currency());
            assertThat(summary.verifySums(leaves)).isEmpty();
            assertThat(Morpheus.summarize(place, leaves.reverse(), basis, plan.currency()))
                    .isEqualTo(summary);
        }
    }

    @Property(tries = 300)
    void time_never_runs_backwards(@ForAll("times") Metering times) {
        assertThat(times.span()).isBetween(0L, times.life());
        assertThat(times.life()).isBetween(0L, times.length());
        assertThat(times.uptime() + times.downtime()).isEqualTo(times.span());
        assertThat(times.runningMultiplier()).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
    }

    private static Figures figures(List<LineItem> lines, Plan plan, Metering times, boolean stale) {
        Figures metered = Morpheus.meter(Morpheus.reconcile(lines, plan.currency()), plan, times);
        return Morpheus.show(Morpheus.project(metered, times, stale), lines.isEmpty() ? Basis.ESTIMATED : Basis.ACTUAL);
    }

    @Provide
    Arbitrary<List<LineItem>> lines() {
        return Combinators.combine(
                        Arbitraries.of(Morpheus.COMPONENTS.append("backup").asJava()), amounts(), amounts())
                .as(MorpheusFiguresProperties::line)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<Plan> plans() {
        return Combinators.combine(
                        Arbitraries.of(Morpheus.COMPONENTS.asJava()),
                        amounts(),
                        amounts(),
                        Arbitraries.of(Plan.Incurs.values()),
                        Arbitraries.of(true, false))
                .as((component, price, cost, incurs, spread) ->
                        new Plan.Part(component, "", BigDecimal.valueOf(3), price, cost, incurs, spread))
                .list()
                .ofMaxSize(4)
                .map(parts -> new Plan(Morpheus.profile().currency(), Plan.HOURS, Array.ofAll(parts)));
    }

    @Provide
    Arbitrary<Metering> times() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(-100_000, 2_800_000);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        seconds,
                        seconds.optional(),
                        seconds,
                        Arbitraries.longs().between(0, 3_000_000_000L))
                .as((month, created, life, costDate, off) -> {
                    Period period = NEW_YORK.period(YearMonth.of(2020, month));
                    Instant from = period.start().plusSeconds(Math.min(created, 2_000_000));
                    Option<Instant> until =
                            Option.ofOptional(life).map(length -> from.plusSeconds(Math.abs(length) + 200_000));
                    return Metering.of(period, from, until, period.start().plusSeconds(costDate), off);
                });
    }

    private static Arbitrary<Money> amounts() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(100_000))
                .ofScale(12)
                .map(amount -> Money.of("USD", amount.toPlainString()));
    }

    private static LineItem line(String category, Money price, Money cost) {
        return LineItem.builder(
                        new LineId("1"),
                        "vm",
                        category,
                        Instant.parse("2020-05-08T15:00:00Z"),
                        Origin.Provided.of("i-1"))
                .basis(Basis.ACTUAL)
                .price(price)
                .cost(cost)
                .build();
    }
}

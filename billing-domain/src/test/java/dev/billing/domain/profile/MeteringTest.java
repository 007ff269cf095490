package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The figures of a month, from times and charges to what is printed. */
class MeteringTest {

    private static final BillingCalendar NEW_YORK = BillingCalendar.monthly(ZoneId.of("America/New_York"));
    private static final Period MAY = NEW_YORK.period(YearMonth.of(2020, 5));
    private static final Instant LONG_AGO = Instant.parse("2019-01-01T00:00:00Z");
    private static final Instant CREATED = Instant.parse("2020-05-11T16:20:30Z");
    private static final Instant COST_DATE = Instant.parse("2020-05-20T09:59:59Z");
    private static final Instant OVER = Instant.parse("2020-06-01T03:59:59Z");

    private static final FigureKey ESTIMATED_RUNNING = Morpheus.running(Basis.ESTIMATED, Side.PRICE);
    private static final FigureKey ESTIMATED_TOTAL = Morpheus.total(Basis.ESTIMATED, Side.PRICE);
    private static final FigureKey ACTUAL_RUNNING = Morpheus.running(Basis.ACTUAL, Side.PRICE);
    private static final FigureKey ACTUAL_TOTAL = Morpheus.total(Basis.ACTUAL, Side.PRICE);

    @Test
    void a_month_to_date_is_metered_and_projected_to_the_digit() {
        Metering times = Metering.of(MAY, LONG_AGO, Option.none(), Instant.parse("2020-05-08T14:59:59Z"), 0);
        assertThat(times.length()).isEqualTo(2_678_399_000L);
        assertThat(times.span()).isEqualTo(644_399_000L);
        assertThat(times.runningMultiplier()).isEqualByComparingTo("0.2405911143");
        Figures figures = figures("6.250800024", "0.1709403426", times, false);
        assertThat(figures.amount(ESTIMATED_TOTAL)).isEqualTo(usd("6.250800024"));
        assertThat(figures.amount(ESTIMATED_RUNNING)).isEqualTo(usd("1.5038869430406268"));
        assertThat(figures.amount(ACTUAL_RUNNING)).isEqualTo(usd("0.1709403426"));
        assertThat(MorpheusArithmetic.ratio(times.life(), times.span())).isEqualByComparingTo("4.1564294793");
        assertThat(figures.amount(ACTUAL_TOTAL))
                .isEqualTo(usd("0.7105014791842815"))
                .isNotIn(usd("0.710501479231064"), usd("0.71050147917594"), usd("0.7105014791842816"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            still there,                  ,                     0,       0.281798567,  2.81798567,  6.608309665999999, 2.93130911575
            off for one and a half hours, ,                     5400250, 0.2797823439, 2.797823439, 6.608309665999999, 2.93130911575
            deleted on 15 May,            2020-05-15T02:30:00Z, 0,       0.1104279086, 1.104279086, 1.104279086,       1.25
            """)
    void a_thing_that_was_created_within_the_month(
            String what,
            Instant deleted,
            long offTime,
            BigDecimal multiplier,
            String estimatedRunning,
            String estimatedTotal,
            String actualTotal) {
        Metering times = Metering.of(MAY, CREATED, Option.of(deleted), COST_DATE, offTime);
        assertThat(times.runningMultiplier()).isEqualByComparingTo(multiplier);
        Figures figures = figures("10.0", "1.25", times, false);
        assertThat(figures.amount(ESTIMATED_RUNNING)).isEqualTo(usd(estimatedRunning));
        assertThat(figures.amount(ESTIMATED_TOTAL)).isEqualTo(usd(estimatedTotal));
        assertThat(figures.amount(ACTUAL_RUNNING)).isEqualTo(usd("1.25"));
        assertThat(figures.amount(ACTUAL_TOTAL)).isEqualTo(usd(actualTotal));
    }

    @Test
    void a_thing_that_is_ten_minutes_old() {
        Metering times = Metering.of(MAY, LONG_AGO, Option.none(), MAY.start().plusSeconds(600), 0);
        assertThat(times.runningMultiplier()).isEqualByComparingTo("0.0002240144");
        assertThat(figures("6.250800024", "0", times, false).amount(ESTIMATED_RUNNING))
                .isEqualTo(usd("0.0014002692168963457"));
    }

    @ParameterizedTest
    @CsvSource({
        "2020-05, 2678399, 2020-05-01T04:00:00Z, 2020-06-01T03:59:59Z",
        "2020-11, 2595599, 2020-11-01T04:00:00Z, 2020-12-01T04:59:59Z",
        "2020-03, 2674799, 2020-03-01T05:00:00Z, 2020-04-01T03:59:59Z"
    })
    void a_month_is_an_hour_shorter_or_longer_when_clocks_change(
            YearMonth month, long seconds, Instant start, Instant end) {
        Period period = NEW_YORK.period(month);
        Metering times = Metering.of(period, LONG_AGO, Option.none(), end, 0);
        assertThat(times.length()).isEqualTo(seconds * 1_000);
        assertThat(times.from()).isEqualTo(start);
        assertThat(times.until()).isEqualTo(end);
        assertThat(times.runningMultiplier()).isEqualByComparingTo("1");
        assertThat(figures("10.0", "1.25", times, false).amount(ESTIMATED_RUNNING))
                .isEqualTo(usd("10"));
    }

    @ParameterizedTest
    @CsvSource({"2020-06-01T03:59:59Z", "2020-06-01T04:00:00Z", "2020-06-08T11:59:59Z"})
    void a_closed_month_is_not_projected(Instant costDate) {
        Metering times = Metering.of(MAY, CREATED, Option.none(), costDate, 86_400_000);
        assertThat(times.projects()).isFalse();
        assertNotProjected(figures("10.0", "1.25", times, false));
        assertThat(times.lastCostDate()).isEqualTo(OVER);
    }

    @Test
    void the_second_before_its_end_a_month_is_still_projected() {
        Metering times = Metering.of(MAY, CREATED, Option.none(), OVER.minusSeconds(1), 0);
        assertThat(times.projects()).isTrue();
    }

    @Test
    void nothing_is_projected_from_no_time_at_all() {
        Metering times = Metering.of(MAY, CREATED, Option.none(), CREATED.minusSeconds(31), 0);
        assertThat(times.span()).isZero();
        assertThat(times.runningMultiplier()).isEqualByComparingTo("0");
        Figures figures = figures("10.0", "1.25", times, false);
        assertThat(figures.amount(ESTIMATED_RUNNING)).isEqualTo(usd("0"));
        assertNotProjected(figures);
    }

    @Test
    void stale_actuals_are_not_projected_but_the_estimate_is() {
        Metering times = Metering.of(MAY, CREATED, Option.none(), COST_DATE, 0);
        Figures figures = figures("10.0", "1.25", times, true);
        assertThat(figures.amount(ACTUAL_TOTAL)).isEqualTo(usd("1.25"));
        assertThat(figures.amount(ESTIMATED_TOTAL)).isEqualTo(usd("6.608309665999999"));
    }

    @Test
    void each_group_has_its_own_cost_date() {
        Metering metered = Metering.of(MAY, LONG_AGO, Option.none(), Instant.parse("2020-05-08T14:59:59Z"), 0);
        Metering reported = metered.asOf(Instant.parse("2020-05-08T03:59:59Z"));
        Figures figures = Morpheus.project(reconciled("1.25"), reported, false);
        assertThat(reported.span()).isEqualTo(604_799_000L);
        assertThat(figures.amount(ACTUAL_TOTAL).amount())
                .isEqualByComparingTo(MorpheusArithmetic.apply(
                        new BigDecimal("1.25"), MorpheusArithmetic.ratio(2_678_399_000L, 604_799_000L)));
    }

    @Test
    void off_time_never_makes_uptime_negative_nor_downtime_longer_than_the_span() {
        Metering times = Metering.of(MAY, CREATED, Option.none(), CREATED.plusSeconds(60), 3_600_000);
        assertThat(times.uptime()).isZero();
        assertThat(times.downtime()).isEqualTo(60_000);
        assertThatThrownBy(() -> Metering.of(MAY, CREATED, Option.none(), COST_DATE, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Off time must not be negative, but was -1");
    }

    @Test
    void what_comes_in_the_last_second_is_there_for_no_time() {
        Instant created = OVER.plusMillis(500);
        Metering times = Metering.of(MAY, created, Option.none(), COST_DATE, 0);
        assertThat(times.from()).isEqualTo(created);
        assertThat(times.until()).isEqualTo(created);
        assertThat(times.life()).isZero();
        assertNotProjected(figures("10.0", "0", times, false));
    }

    @ParameterizedTest
    @CsvSource({
        "2020-06-01T04:00:00Z,",
        "2020-05-11T16:20:30Z, 2020-05-11T16:20:29Z",
        "2019-01-01T00:00:00Z, 2020-04-30T00:00:00Z"
    })
    void what_is_not_there_within_the_month_is_not_metered(Instant created, Instant deleted) {
        assertThatThrownBy(() -> Metering.of(MAY, created, Option.of(deleted), COST_DATE, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A thing must exist within " + MAY + ", but was there from " + created);
    }

    @Test
    void charges_of_several_kinds_are_metered_by_their_own_times_and_added() {
        Metering times = Metering.of(MAY, CREATED, Option.none(), COST_DATE, 5_400_250);
        Plan plan = plan(
                part("10.0", Plan.Incurs.WHILE_RUNNING),
                part("3.0", Plan.Incurs.ALWAYS),
                part("7.0", Plan.Incurs.WHILE_STOPPED));
        Figures figures = Morpheus.meter(Figures.NONE, plan, times);
        BigDecimal stopped = applied("7.0", 5_400_250, times.length());
        assertThat(figures.amount(ESTIMATED_RUNNING).amount())
                .isEqualByComparingTo(applied("10.0", times.span() - 5_400_250, times.length())
                        .add(applied("3.0", times.span(), times.length()))
                        .add(stopped));
        assertThat(figures.amount(ESTIMATED_TOTAL).amount())
                .isEqualByComparingTo(applied("10.0", times.life(), times.length())
                        .add(applied("3.0", times.life(), times.length()))
                        .add(stopped));
        assertThat(times.runningMultiplier()).isEqualByComparingTo("0.2797823439");
        assertThat(figures.amount(Morpheus.component("compute", Basis.ESTIMATED, Side.PRICE)))
                .as("components are whole-month parts")
                .isEqualTo(usd("20"));
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void price_and_cost_are_metered_apart(Side side) {
        Metering times = Metering.of(MAY, LONG_AGO, Option.none(), Instant.parse("2020-05-08T14:59:59Z"), 0);
        Plan.Part part = new Plan.Part(
                "memory", "", BigDecimal.ONE, usd("6.250800024"), usd("2"), Plan.Incurs.WHILE_RUNNING, false);
        Figures figures = Morpheus.meter(Figures.NONE, plan(part), times);
        boolean isPrice = side == Side.PRICE;
        assertThat(figures.amount(Morpheus.running(Basis.ESTIMATED, side)))
                .isEqualTo(usd(isPrice ? "1.5038869430406268" : "0.4811822286"));
        assertThat(figures.amount(Morpheus.component("memory", Basis.ESTIMATED, side)))
                .isEqualTo(usd(isPrice ? "6.250800024" : "2"));
        assertThat(figures.amount(Morpheus.component("compute", Basis.ESTIMATED, side)))
                .isEqualTo(usd("0"));
    }

    private static void assertNotProjected(Figures figures) {
        assertThat(figures.amount(ACTUAL_TOTAL)).isEqualTo(figures.amount(ACTUAL_RUNNING));
        assertThat(figures.amount(ESTIMATED_TOTAL)).isEqualTo(figures.amount(ESTIMATED_RUNNING));
    }

    /** Metered and projected, as verifiable as it is in a store. */
    private static Figures figures(String interval, String reported, Metering times, boolean stale) {
        Figures figures = Morpheus.meter(reconciled(reported), plan(part(interval, Plan.Incurs.WHILE_RUNNING)), times);
        Figures all = Morpheus.show(Morpheus.project(figures, times, stale), Basis.ACTUAL);
        assertThat(all.verify(lines(reported), Morpheus.profile().rules())).isEmpty();
        return all;
    }

    private static Figures reconciled(String reported) {
        return Morpheus.reconcile(lines(reported), Morpheus.profile().currency());
    }

    private static Seq<LineItem> lines(String reported) {
        return Array.of(LineItem.builder(new LineId("1"), "vm", "compute", COST_DATE, Origin.Provided.of("i-1"))
                .basis(Basis.ACTUAL)
                .price(usd(reported))
                .cost(usd(reported))
                .build());
    }

    private static Plan plan(Plan.Part... parts) {
        return new Plan(Morpheus.profile().currency(), Plan.HOURS, Array.of(parts));
    }

    private static Plan.Part part(String amount, Plan.Incurs incurs) {
        return new Plan.Part("compute", "", BigDecimal.ONE, usd(amount), usd(amount), incurs, false);
    }

    private static BigDecimal applied(String amount, long time, long ofTime) {
        return MorpheusArithmetic.apply(new BigDecimal(amount), MorpheusArithmetic.ratio(time, ofTime));
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

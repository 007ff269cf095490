package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.period.RecurrenceArbitraries.At;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Shares of parts of a recurrence's periods, each policy against a count of its own. */
@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
@Domain(value = RecurrenceArbitraries.class, priority = 2)
class PartsProperties {

    /** They look at each part by itself. */
    private static final Set<Proration> NINE_DECIMALS =
            Set.of(Proration.DAYS_9_DECIMALS, Proration.THIRTY_DAY_MONTH_9_DECIMALS);

    @Property(tries = 1_000)
    void the_whole_is_one(@ForAll At at, @ForAll Proration proration) {
        assertThat(proration.share(at.recurrence(), at.period())).isEqualTo(Ratio.ONE);
    }

    @Property(tries = 1_000)
    void parts_cut_anywhere_sum_to_one(
            @ForAll("additive") Proration proration,
            @ForAll At at,
            @ForAll @Size(max = 6) List<@DoubleRange(min = 0, max = 1) @Scale(9) Double> cuts) {
        assertThat(DomainArbitraries.sum(
                        pieces(at.period(), cuts).map(piece -> Fraction.of(proration.share(at.recurrence(), piece)))))
                .isEqualTo(Fraction.ONE);
    }

    @Property(tries = 1_000)
    void what_takes_the_place_of_another_makes_neither_cheaper_nor_dearer(
            @ForAll("summing") Proration proration,
            @ForAll At at,
            @ForAll @Size(max = 6) List<@DoubleRange(min = 0, max = 1) @Scale(9) Double> cuts) {
        Seq<Period> pieces = pieces(at.period(), cuts);
        Cycle cycle = Cycle.of(at.recurrence(), at.period());
        Instant end = pieces.last().end();
        Seq<Fraction> shares = pieces.init()
                .map(piece -> proration.shareUntil(piece.end(), cycle, Period.of(piece.start(), end)))
                .append(proration.share(cycle, pieces.last()))
                .map(Fraction::of);
        assertThat(DomainArbitraries.sum(shares)).isEqualTo(Fraction.ONE);
    }

    @Property(tries = 1_000)
    void what_is_not_used_is_the_rest_but_never_more_than_what_is_left_of_the_charge(
            @ForAll Proration proration,
            @ForAll At at,
            @ForAll @Size(value = 3) List<@DoubleRange(min = 0, max = 1) @Scale(9) Double> cuts) {
        Seq<Instant> edges = Array.ofAll(cuts).map(cut -> at(at.period(), cut)).sorted();
        Assume.that(edges.get(0).isBefore(edges.get(2)));
        Cycle cycle = Cycle.of(at.recurrence(), at.period());
        Fraction charged = share(proration, cycle, edges.get(0), edges.get(2));
        Fraction used = share(proration, cycle, edges.get(0), edges.get(1));
        Fraction rest = share(proration, cycle, edges.get(1), edges.get(2));
        Fraction left = Array.of(charged.minus(used), Fraction.ZERO).max().get();
        Fraction most = NINE_DECIMALS.contains(proration) ? charged : left;
        assertThat(Fraction.of(proration.unusedShare(edges.get(1), cycle, Period.of(edges.get(0), edges.get(2)))))
                .isEqualTo(Array.of(rest, most).min().get());
    }

    private static Fraction share(Proration proration, Cycle cycle, Instant from, Instant until) {
        return from.isBefore(until) ? Fraction.of(proration.share(cycle, Period.of(from, until))) : Fraction.ZERO;
    }

    @Property(tries = 50)
    void seconds_are_counted_one_by_one(
            @ForAll At moment,
            @ForAll @DoubleRange(min = 0, max = 1) double from,
            @ForAll @DoubleRange(min = 0, max = 1) double until,
            @ForAll @IntRange(max = 999) int millis,
            @ForAll @IntRange(max = 999) int others) {
        Recurrence daily = Recurrence.of(
                moment.recurrence().anchor(),
                moment.recurrence().time(),
                Interval.DAILY,
                moment.recurrence().zone());
        Period day = daily.periodAt(moment.instant());
        Instant first = at(day, Math.min(from, until)).plusMillis(millis);
        Instant last = at(day, Math.max(from, until)).plusMillis(others);
        Assume.that(first.isBefore(last) && day.encloses(Period.of(first, last)));
        long seconds = 0;
        long of = 0;
        for (Instant tick = day.start(); tick.isBefore(day.end()); tick = tick.plusSeconds(1)) {
            of++;
            // a second belongs to what is there when it ends
            Instant ends = tick.plusSeconds(1);
            seconds += ends.isAfter(first) && !ends.isAfter(last) ? 1 : 0;
        }
        assertThat(Proration.BY_SECOND.share(daily, Period.of(first, last))).isEqualTo(Ratio.of(seconds, of));
    }

    @Property(tries = 500)
    void days_are_counted_date_by_date(
            @ForAll At moment,
            @ForAll @DoubleRange(min = 0, max = 1) double from,
            @ForAll @DoubleRange(min = 0, max = 1) double until) {
        Period part = part(moment, from, until);
        LocalDays days = LocalDays.of(moment.recurrence().zone());
        assertThat(Proration.CALENDAR_DAYS.share(moment.recurrence(), part))
                .isEqualTo(Ratio.of(dates(days, part), dates(days, moment.period())));
    }

    @Property(tries = 500)
    void nine_decimals_are_days_of_the_period_that_begins_or_ends_with_the_part(
            @ForAll At moment,
            @ForAll @DoubleRange(min = 0, max = 1) double from,
            @ForAll @DoubleRange(min = 0, max = 1) double until) {
        Period part = part(moment, from, until);
        Assume.that(!part.equals(moment.period()));
        LocalDays days = LocalDays.of(moment.recurrence().zone());
        Interval interval = moment.recurrence().interval();
        boolean trailing = part.start().equals(moment.period().start());
        LocalDate edge = days.dateAt(trailing ? part.start() : part.end());
        int step = trailing ? interval.count() : -interval.count();
        LocalDate other = edge.plus(step, interval.unit() == Interval.Unit.DAYS ? ChronoUnit.DAYS : ChronoUnit.MONTHS);
        long of = Math.abs(other.toEpochDay() - edge.toEpochDay());
        BigDecimal exact = Fraction.of(dates(days, part), of).rounded(9, RoundingMode.HALF_UP);
        assertThat(Fraction.of(Proration.DAYS_9_DECIMALS.share(moment.recurrence(), part)))
                .isEqualTo(Fraction.of(exact));
    }

    @Property(tries = 500)
    void months_of_thirty_days_are_counted_day_by_day(
            @ForAll At moment,
            @ForAll @DoubleRange(min = 0, max = 1) double from,
            @ForAll @DoubleRange(min = 0, max = 1) double until) {
        Interval interval = moment.recurrence().interval();
        Assume.that(interval.unit() == Interval.Unit.MONTHS);
        Period part = part(moment, from, until);
        LocalDays days = LocalDays.of(moment.recurrence().zone());
        long counted = 0;
        LocalDate end = days.dateAt(part.end());
        for (LocalDate day = days.dateAt(part.start()); day.isBefore(end); day = day.plusDays(1)) {
            counted += daysOfThirty(day);
        }
        long of = 30L * interval.count();
        Ratio expected = part.equals(moment.period()) ? Ratio.ONE : Ratio.of(Math.min(of, counted), of);
        assertThat(Proration.THIRTY_DAY_MONTH.share(moment.recurrence(), part)).isEqualTo(expected);
        assertThat(Fraction.of(Proration.THIRTY_DAY_MONTH_9_DECIMALS.share(moment.recurrence(), part)))
                .isEqualTo(Fraction.of(Fraction.of(expected).rounded(9, RoundingMode.HALF_UP)));
    }

    @Property(tries = 500)
    void all_or_nothing_is_billed_for_a_part(
            @ForAll At moment,
            @ForAll @DoubleRange(min = 0, max = 1) double from,
            @ForAll @DoubleRange(min = 0, max = 1) double until) {
        Period part = part(moment, from, until);
        assertThat(Proration.WHOLE_PERIOD.share(moment.recurrence(), part)).isEqualTo(Ratio.ONE);
        assertThat(Proration.NONE.share(moment.recurrence(), part))
                .isEqualTo(part.equals(moment.period()) ? Ratio.ONE : Ratio.ZERO);
    }

    @Property(tries = 200)
    void a_part_of_several_periods_is_refused(@ForAll At moment, @ForAll Proration proration) {
        Period beyond = Period.of(moment.period().start(), moment.period().end().plusMillis(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proration.share(moment.recurrence(), beyond))
                .withMessageContaining(beyond.toString());
        Cycle cycle = Cycle.of(moment.recurrence(), moment.period());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proration.shareUntil(beyond.end(), cycle, cycle.period()))
                .withMessageContaining(beyond.end().toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cycle(moment.recurrence(), moment.period(), beyond, cycle.firstDay()))
                .withMessageContaining(beyond.toString());
    }

    /** Those whose shares of consecutive parts sum to the share of the whole. */
    @Provide
    Arbitrary<Proration> additive() {
        return Arbitraries.of(
                Proration.EXACT_TIME, Proration.ELAPSED_TIME, Proration.BY_SECOND, Proration.CALENDAR_DAYS);
    }

    @Provide
    Arbitrary<Proration> summing() {
        return Arbitraries.of(Proration.class).filter(proration -> !NINE_DECIMALS.contains(proration));
    }

    /** How many of the 30 days of its month a date stands for: none on the 30th of 31, the missing ones too on the last of February. */
    private static long daysOfThirty(LocalDate day) {
        if (day.getDayOfMonth() == 30 && day.lengthOfMonth() == 31) {
            return 0;
        }
        boolean inFebruary = day.plusDays(1).getDayOfMonth() == 1 && day.getDayOfMonth() < 30;
        return inFebruary ? 31 - day.getDayOfMonth() : 1;
    }

    private static long dates(LocalDays days, Period period) {
        long count = 0;
        LocalDate end = days.dateAt(period.end());
        for (LocalDate date = days.dateAt(period.start()); date.isBefore(end); date = date.plusDays(1)) {
            count++;
        }
        return count;
    }

    private static Period part(At moment, double from, double until) {
        Instant first = at(moment.period(), Math.min(from, until));
        Instant last = at(moment.period(), Math.max(from, until));
        Assume.that(first.isBefore(last));
        return Period.of(first, last);
    }

    private static Seq<Period> pieces(Period period, List<Double> cuts) {
        Seq<Instant> edges = Array.ofAll(cuts)
                .map(cut -> at(period, cut))
                .append(period.start())
                .append(period.end())
                .distinct()
                .sorted();
        return edges.init().zipWith(edges.tail(), Period::of);
    }

    private static Instant at(Period period, double part) {
        return period.start().plusMillis(Math.round(period.millis() * part));
    }
}

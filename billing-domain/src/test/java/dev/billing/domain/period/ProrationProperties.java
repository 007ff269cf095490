package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.DomainArbitraries.Moment;
import dev.billing.domain.money.Ratio;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class ProrationProperties {

    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @Property(tries = 1_000)
    void a_whole_period_is_one(@ForAll Moment moment, @ForAll Proration proration) {
        Period period = moment.period();
        Ratio share = share(moment, proration, Existence.since(period.start().minusSeconds(1)), LATER);
        assertThat(share).isEqualTo(Ratio.ONE);
        assertThat(share(moment, proration, Existence.since(period.start()), period.end()))
                .isEqualTo(Ratio.ONE);
    }

    @Property(tries = 1_000)
    void time_cut_anywhere_sums_to_the_share_of_the_whole(
            @ForAll Moment moment,
            @ForAll boolean toTheSecond,
            @ForAll @Size(max = 6) List<@DoubleRange(min = -0.2, max = 1.2) Double> parts,
            @ForAll @DoubleRange(min = 0, max = 1.5) double seenAt) {
        Proration proration = toTheSecond ? Proration.ELAPSED_TIME : Proration.EXACT_TIME;
        Instant asOf = at(moment.period(), seenAt);
        Seq<Instant> cuts = Array.ofAll(parts)
                .map(part -> at(moment.period(), part))
                .append(moment.instant())
                .filter(cut -> !cut.isAfter(asOf))
                .distinct()
                .sorted();
        Assume.that(!cuts.isEmpty());
        assertThat(total(moment, proration, pieces(cuts), asOf))
                .isEqualTo(share(moment, proration, Existence.since(cuts.head()), asOf));
    }

    @Property(tries = 1_000)
    void days_cut_at_midnights_sum_to_one(
            @ForAll Moment moment, @ForAll @Size(max = 6) List<@IntRange(min = 1, max = 32) Integer> days) {
        BillingCalendar calendar = moment.calendar();
        Period period = moment.period();
        Seq<Instant> cuts = Array.ofAll(days)
                .map(day -> calendar.startOf(calendar.dateAt(period.start()).plusDays(day)))
                .filter(period::contains)
                .append(period.start())
                .distinct()
                .sorted();
        assertThat(total(moment, Proration.CALENDAR_DAYS_INCLUSIVE, pieces(cuts), period.end()))
                .isEqualTo(Ratio.ONE);
    }

    @Property(tries = 1_000)
    void days_are_those_that_were_touched_counted_one_by_one(
            @ForAll Moment moment,
            @ForAll Moment other,
            @ForAll boolean ends,
            @ForAll @DoubleRange(min = 0, max = 1.5) double seenAt) {
        Period period = moment.period();
        Instant from = period.contains(other.instant()) ? other.instant() : moment.instant();
        Instant until = from.plusSeconds(Math.floorMod(other.instant().getEpochSecond(), 40 * 86_400));
        Instant asOf = at(period, seenAt);
        Option<Existence> seen = existence(from, until, ends).seenIn(period, asOf);
        Assume.that(seen.isDefined() && !skipsADay(moment));
        assertThat(moment.calendar().days(period)).isPositive();
        assertThat(Proration.CALENDAR_DAYS_INCLUSIVE.share(moment.calendar(), period, seen.get(), asOf))
                .isEqualTo(Ratio.of(
                        touched(moment.calendar(), period, seen.get(), asOf),
                        moment.calendar().days(period)));
    }

    @Property(tries = 1_000)
    void time_is_milliseconds_counted_from_the_instants(
            @ForAll Moment moment, @ForAll @DoubleRange(min = -0.3, max = 1.3) double begins, @ForAll Moment other) {
        Period period = moment.period();
        Instant from = at(period, begins);
        Instant until = from.plusSeconds(Math.floorMod(other.instant().getEpochSecond(), 40 * 86_400));
        Option<Existence> seen = existence(from, until, true).seenIn(period, LATER);
        Assume.that(seen.isDefined());
        Instant last = period.end().minusSeconds(1);
        assertThat(Proration.EXACT_TIME.share(moment.calendar(), period, seen.get(), LATER))
                .isEqualTo(Ratio.of(
                        between(period.start(), period.end(), from, until), millis(period.start(), period.end())));
        assertThat(Proration.ELAPSED_TIME.share(moment.calendar(), period, seen.get(), LATER))
                .isEqualTo(Ratio.of(between(period.start(), last, from, until), millis(period.start(), last)));
    }

    @Property(tries = 2_000)
    void no_share_is_above_one(
            @ForAll Moment moment,
            @ForAll Moment other,
            @ForAll("orderly") Proration proration,
            @ForAll boolean ends,
            @ForAll @DoubleRange(min = 0, max = 1.5) double seenAt) {
        Period period = moment.period();
        Instant from = period.contains(other.instant()) ? other.instant() : moment.instant();
        Instant until = from.plusSeconds(Math.floorMod(other.instant().getEpochSecond(), 40 * 86_400));
        Instant asOf = at(period, seenAt);
        existence(from, until, ends)
                .seenIn(period, asOf)
                .forEach(seen -> assertThat(proration.share(moment.calendar(), period, seen, asOf))
                        .isBetween(Ratio.ZERO, Ratio.ONE));
    }

    @Property(tries = 1_000)
    void what_is_still_there_never_costs_less_later(
            @ForAll Moment moment,
            @ForAll("orderly") Proration proration,
            @ForAll @DoubleRange(min = 0, max = 1.2) double seenAt,
            @ForAll @DoubleRange(min = 0, max = 1.2) double seenAgain) {
        Existence existence = Existence.since(moment.instant());
        Instant early = at(moment.period(), Math.min(seenAt, seenAgain));
        Instant late = at(moment.period(), Math.max(seenAt, seenAgain));
        Assume.that(!moment.instant().isAfter(early));
        assertThat(share(moment, proration, existence, late))
                .isGreaterThanOrEqualTo(share(moment, proration, existence, early));
    }

    /** All but the one that divides by the days of months which are not the period. */
    @Provide
    Arbitrary<Proration> orderly() {
        return Arbitraries.of(Proration.class).filter(proration -> proration != Proration.DAYS_9_DECIMALS);
    }

    private static Ratio share(Moment moment, Proration proration, Existence existence, Instant asOf) {
        return existence
                .seenIn(moment.period(), asOf)
                .map(seen -> proration.share(moment.calendar(), moment.period(), seen, asOf))
                .getOrElse(Ratio.ZERO);
    }

    private static Ratio total(Moment moment, Proration proration, Seq<Existence> pieces, Instant asOf) {
        return pieces.map(piece -> share(moment, proration, piece, asOf)).fold(Ratio.ZERO, Ratio::plus);
    }

    /** From each cut to the next; the last piece is still there. */
    private static Seq<Existence> pieces(Seq<Instant> cuts) {
        return cuts.zipWithIndex(
                (cut, i) -> i + 1 < cuts.size() ? Existence.between(cut, cuts.get(i + 1)) : Existence.since(cut));
    }

    private static Existence existence(Instant from, Instant until, boolean ends) {
        return ends ? Existence.between(from, until) : Existence.since(from);
    }

    private static Instant at(Period period, double part) {
        return period.start().plusMillis(Math.round(period.millis() * part));
    }

    private static long touched(BillingCalendar calendar, Period period, Existence seen, Instant asOf) {
        Instant first = seen.from().isAfter(period.start()) ? seen.from() : period.start();
        boolean running = seen.until().isEmpty() && asOf.isBefore(period.end());
        Instant end = running ? asOf : seen.until().getOrElse(period.end());
        long count = 0;
        for (LocalDate day = calendar.dateAt(period.start());
                calendar.startOf(day).isBefore(period.end());
                day = day.plusDays(1)) {
            boolean beginsInTime = calendar.startOf(day).isBefore(end)
                    || (running && calendar.startOf(day).equals(end));
            count += beginsInTime && calendar.startOf(day.plusDays(1)).isAfter(first) ? 1 : 0;
        }
        return count;
    }

    private static boolean skipsADay(Moment moment) {
        LocalDate first = moment.calendar().dateAt(moment.period().start());
        return Array.rangeClosed(-1, 32)
                .exists(n -> moment.calendar()
                        .startOf(first.plusDays(n))
                        .equals(moment.calendar().startOf(first.plusDays(n + 1))));
    }

    private static long between(Instant start, Instant end, Instant from, Instant until) {
        long last = Math.min(end.toEpochMilli(), until.toEpochMilli());
        return Math.max(0, last - Math.max(start.toEpochMilli(), from.toEpochMilli()));
    }

    private static long millis(Instant start, Instant end) {
        return Duration.between(start, end).toMillis();
    }
}

package dev.billing.domain.rating;

import static dev.billing.domain.DomainArbitraries.USD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Alignment;
import dev.billing.domain.period.Cycle;
import dev.billing.domain.period.Interval;
import dev.billing.domain.period.Period;
import dev.billing.domain.period.Proration;
import dev.billing.domain.period.Residence;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.pricing.Recurring;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Subscription;
import dev.billing.domain.usage.Subscription.Change;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Any history of a subscription, on documents that are cut anywhere. */
@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class SubscriptionRaterProperties {

    private static final Rounding CENTS = Rounding.toMinorUnit(RoundingMode.HALF_UP);
    private static final int MINUTE = 60;
    private static final int DAY = 86_400;
    private static final int LIFE_DAYS = 70;

    /** A subscription, its terms but for timing and proration, and where the customer lives. */
    record History(Recurring terms, Subscription subscription, Residence residence) {

        Instant paidFrom() {
            return terms.paidFrom(subscription.start(), residence);
        }

        Instant end() {
            return subscription.end().get();
        }

        Seq<Cycle> cycles() {
            return paidFrom().isBefore(end())
                    ? terms.schedule(paidFrom(), residence)
                            .cycles(Period.of(paidFrom(), end()))
                            .toArray()
                    : Array.empty();
        }

        Seq<LineItem> on(Seq<Period> documents, Recurring.Timing timing, Proration proration) {
            SubscriptionRater rater = new SubscriptionRater(with(timing, proration), CENTS);
            return documents.flatMap(document -> rater.rate(subscription, residence, document));
        }

        Recurring with(Recurring.Timing timing, Proration proration) {
            return new Recurring(
                    terms.interval(),
                    terms.alignment(),
                    timing,
                    proration,
                    terms.trial(),
                    terms.free(),
                    terms.onChange(),
                    terms.onEnd(),
                    terms.zeroLines());
        }
    }

    @Property(tries = 150)
    void all_lines_of_a_life_are_the_price_of_each_minute_of_it(
            @ForAll("histories") History history,
            @ForAll Recurring.Timing timing,
            @ForAll("byTime") Proration proration,
            @ForAll @Size(max = 5) List<@IntRange(max = LIFE_DAYS * 24 * 60) Integer> cuts) {
        Fraction minutes =
                history.cycles().map(cycle -> minuteByMinute(history, cycle)).fold(Fraction.ZERO, Fraction::plus);
        assertThat(exact(history.on(documents(history, cuts), timing, proration)))
                .isEqualTo(minutes);
    }

    @Property(tries = 500)
    void all_lines_of_a_life_are_the_price_of_each_day_of_it_and_the_last_change_has_the_day(
            @ForAll("histories") History history,
            @ForAll Recurring.Timing timing,
            @ForAll @Size(max = 5) List<@IntRange(max = LIFE_DAYS * 24 * 60) Integer> cuts) {
        Fraction days = history.cycles().map(cycle -> dayByDay(history, cycle)).fold(Fraction.ZERO, Fraction::plus);
        assertThat(exact(history.on(documents(history, cuts), timing, Proration.CALENDAR_DAYS)))
                .isEqualTo(days);
    }

    @Property(tries = 300)
    void whole_periods_begin_where_counting_days_or_months_from_the_start_ends_and_cost_the_price(
            @ForAll @IntRange(max = 10_000) int day,
            @ForAll boolean monthEnd,
            @ForAll @IntRange(min = 1, max = 30) int count,
            @ForAll boolean months,
            @ForAll @IntRange(min = 1, max = 6) int periods,
            @ForAll Recurring.Timing timing,
            @ForAll Proration proration) {
        LocalDate drawn = LocalDate.of(2000, 1, 1).plusDays(day);
        LocalDate start = monthEnd ? drawn.with(TemporalAdjusters.lastDayOfMonth()) : drawn;
        Array<LocalDate> dates = Array.rangeClosed(0, periods)
                .map(n -> months ? countedMonths(start, n * count) : counted(start, n * count));
        Subscription subscription = new Subscription(
                new FactId("s"),
                new AccountId("a"),
                "",
                HashMap.empty(),
                Array.of(new Change(utc(start), rate("plan", 999), BigDecimal.ONE)),
                Option.some(utc(dates.last())));
        Recurring terms = Recurring.of(months ? Interval.ofMonths(count) : Interval.ofDays(count), timing)
                .aligned(Alignment.ANNIVERSARY)
                .prorated(proration);
        Seq<LineItem> lines = new SubscriptionRater(terms, CENTS)
                .rate(
                        subscription,
                        Residence.in(ZoneOffset.UTC),
                        Period.of(utc(start), utc(dates.last().plusDays(1))));
        assertThat(lines.map(SubscriptionRaterProperties::service))
                .isEqualTo(dates.zip(dates.tail()).map(dated -> Period.of(utc(dated._1), utc(dated._2))));
        assertThat(lines.map(line -> line.net().get())).containsOnly(Money.ofMinor(USD, 999));
    }

    private static Instant utc(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Goes on a day at a time. */
    private static LocalDate counted(LocalDate start, int days) {
        LocalDate date = start;
        for (int i = 0; i < days; i++) {
            date = date.plusDays(1);
        }
        return date;
    }

    /** Turns the pages of a calendar; a day that the last page lacks is its last one. */
    private static LocalDate countedMonths(LocalDate start, int months) {
        LocalDate first = start.withDayOfMonth(1);
        for (int i = 0; i < months; i++) {
            LocalDate page = first;
            while (page.getMonth() == first.getMonth()) {
                page = page.plusDays(1);
            }
            first = page;
        }
        LocalDate date = first;
        while (date.getDayOfMonth() < start.getDayOfMonth() && date.plusDays(1).getMonth() == first.getMonth()) {
            date = date.plusDays(1);
        }
        return date;
    }

    @Property(tries = 500)
    void it_does_not_matter_where_documents_are_cut(
            @ForAll("histories") History history,
            @ForAll Recurring.Timing timing,
            @ForAll Proration proration,
            @ForAll boolean zeroLines,
            @ForAll @Size(max = 5) List<@IntRange(max = LIFE_DAYS * 24 * 60) Integer> cuts) {
        History shown = zeroLines
                ? new History(history.terms().showingZero(), history.subscription(), history.residence())
                : history;
        assertThat(shown.on(documents(shown, cuts), timing, proration)
                        .sortBy(line -> line.id().value()))
                .isEqualTo(shown.on(documents(shown, List.of()), timing, proration)
                        .sortBy(line -> line.id().value()));
    }

    @Property(tries = 500)
    void charged_time_less_credited_time_is_the_paid_life_without_gap_or_overlap(
            @ForAll("histories") History history, @ForAll Recurring.Timing timing) {
        Seq<LineItem> lines = history.on(documents(history, List.of()), timing, Proration.EXACT_TIME);
        Seq<Instant> edges = lines.map(SubscriptionRaterProperties::service)
                .flatMap(service -> Array.of(service.start(), service.end()))
                .append(history.subscription().start())
                .append(history.paidFrom())
                .append(history.end())
                .distinct()
                .sorted();
        edges.zip(edges.tail()).forEach(piece -> {
            boolean paid = !piece._1.isBefore(history.paidFrom()) && piece._1.isBefore(history.end());
            assertThat(lines.filter(line -> service(line).contains(piece._1))
                            .map(line -> why(line).credited() ? -1 : 1)
                            .sum()
                            .intValue())
                    .as("at %s", piece._1)
                    .isEqualTo(paid ? 1 : 0);
        });
    }

    @Property(tries = 1_000)
    void nothing_is_credited_that_was_not_charged(
            @ForAll("histories") History history,
            @ForAll Proration proration,
            @ForAll @Size(max = 5) List<@IntRange(max = LIFE_DAYS * 24 * 60) Integer> cuts) {
        HashMap<String, Money> balances = HashMap.empty();
        for (LineItem line : history.on(documents(history, cuts), Recurring.Timing.IN_ADVANCE, proration)) {
            Money before = balances.get(line.sku()).getOrElse(Money.zero(USD));
            balances = balances.put(line.sku(), before.plus(line.net().get()));
            assertThat(balances.get(line.sku()).get().isNegative())
                    .as("%s after %s", balances, line)
                    .isFalse();
        }
    }

    @Property(tries = 500)
    void a_document_has_a_line_for_each_period_and_two_for_each_change_at_most(
            @ForAll("histories") History history,
            @ForAll Recurring.Timing timing,
            @ForAll Proration proration,
            @ForAll @Size(max = 5) List<@IntRange(max = LIFE_DAYS * 24 * 60) Integer> cuts) {
        SubscriptionRater rater = new SubscriptionRater(history.with(timing, proration), CENTS);
        documents(history, cuts).forEach(document -> {
            int cycles = history.cycles().count(cycle -> cycle.period().overlaps(document));
            int changes = history.subscription().changes().tail().size();
            assertThat(rater.rate(history.subscription(), history.residence(), document))
                    .hasSizeLessThanOrEqualTo(cycles + 2 * changes + 1);
        });
    }

    @Property(tries = 500)
    void a_net_change_is_the_credit_and_the_charge_rounded_once(
            @ForAll("histories") History history, @ForAll("byTime") Proration proration) {
        Recurring terms = history.terms().changing(Recurring.OnChange.NET);
        History netted = new History(terms, history.subscription(), history.residence());
        Seq<LineItem> lines = netted.on(documents(history, List.of()), Recurring.Timing.IN_ADVANCE, proration);
        assertThat(exact(lines))
                .isEqualTo(exact(history.on(documents(history, List.of()), Recurring.Timing.IN_ADVANCE, proration)));
        lines.forEach(line -> assertThat(Fraction.of(line.net().get()))
                .isEqualTo(Fraction.of(exact(Array.of(line)).rounded(2, RoundingMode.HALF_UP))));
    }

    @Property(tries = 500)
    void what_is_kept_at_the_end_is_what_would_have_been_credited(
            @ForAll("histories") History history, @ForAll Proration proration) {
        History keeping =
                new History(history.terms().ending(Recurring.OnEnd.KEEP), history.subscription(), history.residence());
        Seq<LineItem> kept = keeping.on(documents(history, List.of()), Recurring.Timing.IN_ADVANCE, proration);
        Seq<LineItem> credited = history.on(documents(history, List.of()), Recurring.Timing.IN_ADVANCE, proration);
        assertThat(credited.take(kept.size())).isEqualTo(kept);
        assertThat(credited.drop(kept.size())).allSatisfy(line -> {
            assertThat(why(line).credited()).isTrue();
            assertThat(service(line).start()).isEqualTo(history.end());
        });
    }

    @Property(tries = 300)
    void trial_and_free_phases_are_shown_as_zero_if_asked(
            @ForAll("histories") History history, @ForAll Recurring.Timing timing, @ForAll Proration proration) {
        Recurring terms = history.terms().showingZero();
        History shown = new History(terms, history.subscription(), history.residence());
        Seq<LineItem> all = shown.on(documents(history, List.of()), timing, proration);
        Seq<LineItem> phases =
                all.filter(line -> Array.of("TRIAL", "FREE").contains(why(line).policy()));
        assertThat(all.removeAll(phases)).isEqualTo(history.on(documents(history, List.of()), timing, proration));
        assertThat(phases.map(line -> line.net().get())).allMatch(Money::isZero);
        assertThat(phases.map(SubscriptionRaterProperties::service).map(Period::start))
                .isEqualTo(phaseStarts(history).filter(start -> start.isBefore(history.end())));
    }

    private static Seq<Instant> phaseStarts(History history) {
        Instant start = history.subscription().start();
        Instant trialEnd = history.terms().trialEnd(start, history.residence());
        return Array.of(
                        Option.when(start.isBefore(trialEnd), start),
                        Option.when(trialEnd.isBefore(history.paidFrom()), trialEnd))
                .flatMap(phase -> phase);
    }

    /** Everything in a cycle falls on whole minutes here. */
    private static Fraction minuteByMinute(History history, Cycle cycle) {
        long[] minutes = new long[history.subscription().changes().size()];
        for (Instant tick = cycle.period().start();
                tick.isBefore(cycle.period().end());
                tick = tick.plusSeconds(MINUTE)) {
            if (!tick.isBefore(history.paidFrom()) && tick.isBefore(history.end())) {
                minutes[lastChangeBy(history, tick)]++;
            }
        }
        long of = Duration.between(cycle.whole().start(), cycle.whole().end()).toMinutes();
        return history.subscription()
                .changes()
                .zipWithIndex((change, i) -> Fraction.of(change.price()).times(Fraction.of(minutes[i], of)))
                .fold(Fraction.ZERO, Fraction::plus);
    }

    private static int lastChangeBy(History history, Instant tick) {
        int last = 0;
        for (int i = 0; i < history.subscription().changes().size(); i++) {
            last = history.subscription().changes().get(i).from().isAfter(tick) ? last : i;
        }
        return last;
    }

    private static Fraction dayByDay(History history, Cycle cycle) {
        Instant from = cycle.period().start().isBefore(history.paidFrom())
                ? history.paidFrom()
                : cycle.period().start();
        Instant until = history.end().isBefore(cycle.period().end())
                ? history.end()
                : cycle.period().end();
        Fraction sum = Fraction.ZERO;
        for (LocalDate day = date(cycle, from); day.isBefore(date(cycle, until)); day = day.plusDays(1)) {
            sum = sum.plus(Fraction.of(lastOfDay(history, cycle, day, until).price()));
        }
        return sum.times(Fraction.of(1, wholeDays(cycle)));
    }

    private static Change lastOfDay(History history, Cycle cycle, LocalDate day, Instant until) {
        Instant from = cycle.period().start().isBefore(history.paidFrom())
                ? history.paidFrom()
                : cycle.period().start();
        return history.subscription()
                .changes()
                .filter(change -> change.from().isBefore(until)
                        && (!change.from().isAfter(from)
                                || !date(cycle, change.from()).isAfter(day)))
                .lastOption()
                .getOrElse(history.subscription().changes().head());
    }

    private static long wholeDays(Cycle cycle) {
        long days = 0;
        ZoneId zone = cycle.recurrence().zone();
        LocalDate end = date(zone, cycle.whole().end());
        for (LocalDate day = date(zone, cycle.whole().start()); day.isBefore(end); day = day.plusDays(1)) {
            days++;
        }
        return days;
    }

    /** The date that had been reached: never one before the cycle's first. */
    private static LocalDate date(Cycle cycle, Instant instant) {
        LocalDate date = date(cycle.recurrence().zone(), instant);
        boolean first = !instant.isAfter(cycle.period().start()) || date.isBefore(cycle.firstDay());
        return first ? cycle.firstDay() : date;
    }

    /** The last date that has begun by an instant. */
    private static LocalDate date(ZoneId zone, Instant instant) {
        LocalDate date = instant.atZone(zone).toLocalDate().plusDays(2);
        while (date.atStartOfDay(zone).toInstant().isAfter(instant)) {
            date = date.minusDays(1);
        }
        return date;
    }

    private static Fraction exact(Seq<LineItem> lines) {
        return DomainArbitraries.sum(lines.map(SubscriptionRaterProperties::why).map(why -> {
            Fraction amount = Fraction.of(why.whole()).times(Fraction.of(why.share()));
            return why.credited() ? amount.negated() : amount;
        }));
    }

    private static Derivation why(LineItem line) {
        return ((Origin.Rated) line.origin()).why();
    }

    private static Period service(LineItem line) {
        return line.period().get();
    }

    /** From before the start until after the end, cut at minutes of its life. */
    private static Seq<Period> documents(History history, List<Integer> cuts) {
        Instant start = history.subscription().start();
        Instant end = history.end().plusSeconds(DAY);
        Seq<Instant> edges = Array.ofAll(cuts)
                .map(cut -> start.plusSeconds((long) MINUTE * cut))
                .filter(end::isAfter)
                .append(start.minusSeconds(1))
                .append(end)
                .distinct()
                .sorted();
        return edges.zip(edges.tail()).map(edge -> Period.of(edge._1, edge._2));
    }

    @Provide
    Arbitrary<Proration> byTime() {
        return Arbitraries.of(Proration.EXACT_TIME, Proration.BY_SECOND);
    }

    @Provide
    Arbitrary<History> histories() {
        return Combinators.combine(
                        terms(),
                        residences(),
                        starts(),
                        changes(),
                        Arbitraries.integers().between(1, LIFE_DAYS * 24 * 60))
                .as(SubscriptionRaterProperties::history)
                .withoutEdgeCases();
    }

    private static History history(
            Recurring terms, List<Move> moves, Instant start, List<Agreed> changes, int lifeInMinutes) {
        List<Change> agreed = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Instant from = i == 0
                    ? start
                    : start.plusSeconds((long) MINUTE * changes.get(i).minute());
            agreed.add(new Change(
                    from,
                    rate("plan " + i, changes.get(i).cents()),
                    BigDecimal.valueOf(changes.get(i).seats())));
        }
        Residence residence = Residence.in(moves.get(0).to());
        Seq<Move> later = Array.ofAll(moves).tail().sortBy(Move::minute).distinctBy(Move::minute);
        for (Move move : later) {
            residence = residence.movedTo(move.to(), start.plusSeconds((long) MINUTE * move.minute()));
        }
        Subscription subscription = new Subscription(
                new FactId("s"),
                new AccountId("a"),
                "team",
                HashMap.empty(),
                Array.ofAll(agreed),
                Option.some(start.plusSeconds((long) MINUTE * lifeInMinutes)));
        return new History(terms, subscription, residence);
    }

    private record Agreed(int minute, int cents, int seats) {}

    private record Move(int minute, ZoneId to) {}

    private static Rate rate(String sku, int cents) {
        return new Rate(new PriceBookVersion("main", 1), sku, "plan", "seat", new PerUnit(Money.ofMinor(USD, cents)));
    }

    private static Arbitrary<List<Agreed>> changes() {
        Arbitrary<Integer> minutes = Arbitraries.integers().between(0, LIFE_DAYS * 24 * 60);
        return Combinators.combine(
                        minutes,
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.integers().between(0, 5))
                .as(Agreed::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    /** The first zone, and moves to others. */
    private static Arbitrary<List<Move>> residences() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, LIFE_DAYS * 24 * 60), new DomainArbitraries().zones())
                .as(Move::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Arbitrary<Instant> starts() {
        return Arbitraries.longs()
                .between(0, 36L * 366 * 24 * 60)
                .map(minute -> Instant.parse("2000-01-01T00:00:00Z").plusSeconds(MINUTE * minute));
    }

    private static Arbitrary<Recurring> terms() {
        Arbitrary<Interval> intervals = Arbitraries.of(
                Interval.DAILY,
                Interval.WEEKLY,
                Interval.ofWeeks(3),
                Interval.ofDays(10),
                Interval.MONTHLY,
                Interval.MONTHLY,
                Interval.ofMonths(2),
                Interval.QUARTERLY,
                Interval.ofMonths(5),
                Interval.YEARLY,
                Interval.ofYears(2));
        Arbitrary<Alignment> alignments = Arbitraries.of(
                Alignment.CALENDAR,
                Alignment.ANNIVERSARY,
                Alignment.ANNIVERSARY_TO_THE_INSTANT,
                Alignment.dayOfMonth(31),
                Alignment.dayOfMonth(15));
        Arbitrary<Option<Interval>> phases = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(Option.none())),
                Tuple.of(1, Arbitraries.of(Interval.ofDays(3), Interval.MONTHLY).map(Option::some)));
        return Combinators.combine(intervals, alignments, phases, phases)
                .as((interval, alignment, trial, free) -> new Recurring(
                        interval,
                        alignment,
                        Recurring.Timing.IN_ADVANCE,
                        Proration.EXACT_TIME,
                        trial,
                        free,
                        Recurring.OnChange.CREDIT_AND_CHARGE,
                        Recurring.OnEnd.CREDIT,
                        false));
    }
}

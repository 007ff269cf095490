package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.DomainArbitraries.Moment;
import io.vavr.collection.Seq;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class BillingCalendarProperties {

    @Property(tries = 1_000)
    void periods_tile_time_without_gap(@ForAll BillingCalendar calendar, @ForAll YearMonth month) {
        assertThat(calendar.period(month).end())
                .isEqualTo(calendar.period(month.plusMonths(1)).start());
    }

    @Property(tries = 3_000)
    void every_instant_lies_in_the_period_around_it(@ForAll Moment moment) {
        assertThat(moment.period().contains(moment.instant()))
                .as("%s", moment.period())
                .isTrue();
        assertThat(moment.calendar().period(moment.calendar().monthAt(moment.instant())))
                .isEqualTo(moment.period());
    }

    @Property(tries = 1_000)
    void a_period_begins_with_the_first_instant_of_the_anchor_day_or_of_the_months_last(
            @ForAll BillingCalendar calendar, @ForAll YearMonth month) {
        LocalDate day = month.atDay(Math.min(calendar.anchorDay(), month.lengthOfMonth()));
        Instant start = calendar.period(month).start();
        assertThat(start.atZone(calendar.zone()).toLocalDate()).isAfterOrEqualTo(day);
        assertThat(start.minusMillis(1).atZone(calendar.zone()).toLocalDate()).isBefore(day);
    }

    @Property(tries = 3_000)
    void dates_never_go_back(@ForAll Moment moment, @ForAll @IntRange(max = 7_200_000) int millis) {
        BillingCalendar calendar = moment.calendar();
        LocalDate date = calendar.dateAt(moment.instant());
        assertThat(calendar.dateAt(moment.instant().plusMillis(millis))).isAfterOrEqualTo(date);
        assertThat(moment.instant())
                .isAfterOrEqualTo(calendar.startOf(date))
                .isBefore(calendar.startOf(date.plusDays(1)));
    }

    @Property(tries = 500)
    void the_days_of_a_period_are_its_dates_counted_one_by_one(
            @ForAll BillingCalendar calendar, @ForAll YearMonth month) {
        Period period = calendar.period(month);
        long counted = 0;
        LocalDate end = calendar.dateAt(period.end());
        for (LocalDate date = calendar.dateAt(period.start()); date.isBefore(end); date = date.plusDays(1)) {
            counted++;
        }
        assertThat(calendar.days(period)).isEqualTo(counted).isBetween(27L, 32L);
    }

    @Property(tries = 500)
    void periods_from_first_to_last_are_all_there_in_order(
            @ForAll Moment first, @ForAll @IntRange(min = -900, max = 900) int days) {
        BillingCalendar calendar = first.calendar();
        Instant last = first.instant().plusSeconds(86_400L * days);
        Seq<Period> periods = calendar.periods(first.instant(), last).toArray();
        if (calendar.monthAt(last).isBefore(calendar.monthAt(first.instant()))) {
            assertThat(periods).isEmpty();
            return;
        }
        assertThat(periods.head()).isEqualTo(calendar.periodAt(first.instant()));
        assertThat(periods.last()).isEqualTo(calendar.periodAt(last));
        assertThat(periods.tail().map(Period::start)).isEqualTo(periods.init().map(Period::end));
    }
}

package dev.billing.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.period.Alignment;
import dev.billing.domain.period.Interval;
import dev.billing.domain.period.Period;
import dev.billing.domain.period.Proration;
import dev.billing.domain.period.Residence;
import dev.billing.domain.pricing.Recurring.OnChange;
import dev.billing.domain.pricing.Recurring.OnEnd;
import dev.billing.domain.pricing.Recurring.Timing;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RecurringTest {

    private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
    private static final Residence UTC = Residence.in(ZoneOffset.UTC);

    @Test
    void each_term_can_be_changed_alone() {
        assertThat(Recurring.inAdvance(Interval.MONTHLY)
                        .aligned(Alignment.ANNIVERSARY)
                        .prorated(Proration.BY_SECOND)
                        .afterTrial(Interval.ofDays(14))
                        .afterFree(Interval.MONTHLY)
                        .changing(OnChange.NET)
                        .ending(OnEnd.KEEP)
                        .showingZero())
                .isEqualTo(new Recurring(
                        Interval.MONTHLY,
                        Alignment.ANNIVERSARY,
                        Timing.IN_ADVANCE,
                        Proration.BY_SECOND,
                        Option.some(Interval.ofDays(14)),
                        Option.some(Interval.MONTHLY),
                        OnChange.NET,
                        OnEnd.KEEP,
                        true));
        assertThat(Recurring.inArrear(Interval.YEARLY))
                .isEqualTo(new Recurring(
                        Interval.YEARLY,
                        Alignment.CALENDAR,
                        Timing.IN_ARREAR,
                        Proration.EXACT_TIME,
                        Option.none(),
                        Option.none(),
                        OnChange.CREDIT_AND_CHARGE,
                        OnEnd.CREDIT,
                        false));
    }

    @Test
    void what_is_tried_and_then_free_is_paid_after_both() {
        Recurring terms = Recurring.inAdvance(Interval.MONTHLY);
        assertThat(terms.paidFrom(START, UTC)).isEqualTo(START);
        Recurring tried = terms.afterTrial(Interval.ofDays(14));
        assertThat(tried.trialEnd(START, UTC)).isEqualTo("2026-01-29T10:00:00Z");
        assertThat(tried.paidFrom(START, UTC)).isEqualTo("2026-01-29T10:00:00Z");
        Recurring free = tried.afterFree(Interval.MONTHLY);
        assertThat(free.trialEnd(START, UTC)).isEqualTo("2026-01-29T10:00:00Z");
        assertThat(free.paidFrom(START, UTC)).isEqualTo("2026-02-28T10:00:00Z");
    }

    @Test
    void phases_and_periods_are_those_of_where_the_customer_lives() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Residence moved = UTC.movedTo(berlin, START);
        Instant summer = Instant.parse("2026-04-15T09:00:00Z");
        Recurring terms = Recurring.inAdvance(Interval.MONTHLY).afterTrial(Interval.QUARTERLY);
        assertThat(terms.paidFrom(START, moved)).isEqualTo(summer);
        assertThat(terms.schedule(summer, moved).cycleAt(summer).period())
                .isEqualTo(Period.of(Instant.parse("2026-03-31T22:00:00Z"), Instant.parse("2026-04-30T22:00:00Z")));
        assertThat(terms.aligned(Alignment.ANNIVERSARY)
                        .schedule(summer, moved)
                        .cycleAt(summer)
                        .period())
                .isEqualTo(Period.of(Instant.parse("2026-04-14T22:00:00Z"), Instant.parse("2026-05-14T22:00:00Z")));
    }
}

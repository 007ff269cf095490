package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidenceTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Instant MARCH = Instant.parse("2026-03-10T00:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-10T00:00:00Z");

    private static final Residence MOVING =
            Residence.in(ZoneOffset.UTC).movedTo(BERLIN, MARCH).movedTo(TOKYO, MAY);

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, Z",
        "2026-03-09T23:59:59.999Z, Z",
        "2026-03-10T00:00:00Z, Europe/Berlin",
        "2026-05-09T23:59:59.999Z, Europe/Berlin",
        "2026-05-10T00:00:00Z, Asia/Tokyo",
        "2030-01-01T00:00:00Z, Asia/Tokyo"
    })
    void the_zone_is_that_of_the_last_move_so_far(Instant instant, ZoneId zone) {
        assertThat(MOVING.at(instant)).isEqualTo(zone);
    }

    @Test
    void moves_follow_each_other() {
        Residence once = Residence.in(ZoneOffset.UTC).movedTo(BERLIN, MAY);
        assertThatIllegalArgumentException().isThrownBy(() -> once.movedTo(TOKYO, MAY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> once.movedTo(TOKYO, MARCH))
                .withMessageContaining("Moves must follow each other")
                .withMessageContaining("2026-03-10");
    }

    /** The period of 15 June: who came from Berlin in May has paid until Berlin's midnight. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, Z, 2026-05-31T22:00:00Z, 2026-06-30T15:00:00Z",
        "2026-03-10T00:00:00Z, Europe/Berlin, 2026-05-31T22:00:00Z, 2026-06-30T15:00:00Z",
        "2026-05-10T00:00:00Z, Asia/Tokyo, 2026-05-31T15:00:00Z, 2026-06-30T15:00:00Z"
    })
    void months_are_those_of_where_the_customer_lives(Instant since, ZoneId zone, Instant start, Instant end) {
        Schedule schedule = MOVING.schedule(Recurrence.calendar(Interval.MONTHLY, zone), since);
        assertThat(schedule.cycleAt(Instant.parse("2026-06-15T00:00:00Z")).period())
                .isEqualTo(Period.of(start, end));
    }

    @Test
    void a_move_before_anything_was_billed_changes_no_period() {
        Recurrence berlin = Recurrence.calendar(Interval.MONTHLY, BERLIN);
        Period march = Period.of(Instant.parse("2026-02-28T23:00:00Z"), Instant.parse("2026-03-31T22:00:00Z"));
        assertThat(MOVING.schedule(berlin, MARCH).cycleAt(MARCH).period()).isEqualTo(march);
        Recurrence utc = Recurrence.calendar(Interval.MONTHLY, ZoneOffset.UTC);
        assertThat(MOVING.schedule(utc, MARCH.minusMillis(1)).cycleAt(MARCH).period())
                .isEqualTo(Period.of(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z")));
    }

    /** Billing dates of what begins at 18:30 on 31 January in Berlin, a Saturday. */
    @Test
    void an_alignment_says_what_billing_dates_are_counted_from() {
        Instant start = Instant.parse("2026-01-31T17:30:00Z");
        assertThat(Alignment.CALENDAR.recurrence(start, Interval.MONTHLY, BERLIN))
                .isEqualTo(Recurrence.of(LocalDate.of(2000, 1, 1), Interval.MONTHLY, BERLIN));
        assertThat(next(Alignment.CALENDAR, start)).isEqualTo("2026-01-31T23:00:00Z");
        assertThat(next(Alignment.ANNIVERSARY, start)).isEqualTo("2026-02-27T23:00:00Z");
        assertThat(next(Alignment.ANNIVERSARY_TO_THE_INSTANT, start)).isEqualTo("2026-02-28T17:30:00Z");
        assertThat(next(Alignment.dayOfMonth(30), start)).isEqualTo("2026-02-27T23:00:00Z");
        assertThat(next(Alignment.dayOfMonth(15), start)).isEqualTo("2026-02-14T23:00:00Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Alignment.dayOfMonth(32))
                .withMessageContaining("1 to 31");
    }

    private static Instant next(Alignment alignment, Instant start) {
        return alignment.recurrence(start, Interval.MONTHLY, BERLIN).next(start);
    }

    /** The clocks of Berlin went forward at 01:00 on 29 March 2026. */
    @ParameterizedTest
    @CsvSource({
        "P1D, 2026-03-28T12:00:00Z, 2026-03-29T11:00:00Z",
        "P1D, 2026-03-28T01:30:00Z, 2026-03-29T01:00:00Z",
        "P1M, 2026-01-31T12:00:00Z, 2026-02-28T12:00:00Z",
        "P1Y, 2026-07-01T00:00:00Z, 2027-07-01T00:00:00Z"
    })
    void one_interval_later_the_local_time_is_the_same(String interval, Instant instant, Instant later) {
        assertThat(Interval.parse(interval).after(instant, BERLIN)).isEqualTo(later);
    }
}

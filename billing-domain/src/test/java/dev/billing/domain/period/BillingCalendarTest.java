package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vavr.collection.Array;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillingCalendarTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            America/New_York,    2026-03, 743
            America/New_York,    2026-11, 721
            America/New_York,    2006-10, 745
            America/New_York,    2026-10, 744
            Europe/Berlin,       2026-03, 743
            Europe/Berlin,       2026-10, 745
            Australia/Lord_Howe, 2026-04, 720
            UTC,                 2024-02, 696
            UTC,                 2026-02, 672
            """)
    void months_have_the_hours_their_zone_gives_them(ZoneId zone, YearMonth month, long hours) {
        assertThat(Duration.ofMillis(Period.ofMonth(month, zone).millis()).toHours())
                .isEqualTo(hours);
    }

    @ParameterizedTest
    @CsvSource({
        "31, 2026, 01-31 02-28 03-31 04-30 05-31",
        "30, 2026, 01-30 02-28 03-30 04-30 05-30",
        "29, 2026, 01-29 02-28 03-29 04-29 05-29",
        "31, 2024, 01-31 02-29 03-31 04-30 05-31",
        "28, 2026, 01-28 02-28 03-28 04-28 05-28"
    })
    void an_anchor_is_clamped_from_itself_and_never_from_the_month_before(int anchor, int year, String starts) {
        BillingCalendar calendar = BillingCalendar.monthly(ZoneOffset.UTC, anchor);
        assertThat(Array.rangeClosed(1, 5)
                        .map(month -> calendar.period(YearMonth.of(year, month))
                                .start()
                                .toString()))
                .containsExactlyElementsOf(Array.of(starts.split(" ", -1)).map(day -> year + "-" + day + "T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "America/Sao_Paulo, 2018-11-04, 2018-11-04T03:00:00Z",
        "Africa/Cairo, 2025-04-25, 2025-04-24T22:00:00Z",
        "Asia/Beirut, 2026-03-29, 2026-03-28T22:00:00Z",
        "Pacific/Apia, 2011-12-30, 2011-12-30T10:00:00Z",
        "America/Havana, 2025-11-02, 2025-11-02T04:00:00Z",
        "America/New_York, 2026-03-08, 2026-03-08T05:00:00Z"
    })
    void a_day_begins_at_its_first_instant_even_without_midnight(ZoneId zone, LocalDate date, Instant start) {
        assertThat(BillingCalendar.monthly(zone).startOf(date)).isEqualTo(start);
    }

    @Test
    void an_hour_that_the_clocks_return_to_the_day_before_stays_on_its_day() {
        // At 00:01 on 1 November 2009 the clocks of Newfoundland went back to 23:01 on 31 October.
        BillingCalendar calendar = BillingCalendar.monthly(ZoneId.of("America/St_Johns"));
        Instant repeated = Instant.parse("2009-11-01T03:00:00Z");
        assertThat(repeated.atZone(calendar.zone()).toLocalDate()).isEqualTo("2009-10-31");
        assertThat(calendar.dateAt(repeated)).isEqualTo("2009-11-01");
        assertThat(calendar.periodAt(repeated)).isEqualTo(calendar.period(YearMonth.of(2009, 11)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, -1})
    void an_anchor_is_a_day_of_a_month(int anchor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BillingCalendar.monthly(ZoneOffset.UTC, anchor))
                .withMessageContaining("1 to 31");
    }
}

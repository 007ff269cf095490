package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostDateTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "2020-05-08T15:00:08Z, 2020-05-08T14:59:59Z",
        "2020-05-08T15:00:00Z, 2020-05-08T14:59:59Z",
        "2020-05-08T14:59:59Z, 2020-05-08T13:59:59Z"
    })
    void metering_knows_the_hours_that_are_over(Instant now, Instant costDate) {
        assertThat(CostDate.hourly(now)).isEqualTo(costDate);
    }

    @ParameterizedTest
    @CsvSource({
        "2020-05-08T15:00:08Z, 2020-05-08T03:59:59Z",
        "2020-05-08T03:59:59Z, 2020-05-07T03:59:59Z",
        "2020-11-02T05:00:00Z, 2020-11-02T04:59:59Z"
    })
    void a_daily_report_knows_the_days_that_are_over_in_its_zone(Instant now, Instant costDate) {
        assertThat(CostDate.daily(now, NEW_YORK)).isEqualTo(costDate);
    }

    @ParameterizedTest
    @CsvSource({
        "in the running month,      2020-05-03T12:00:00Z, 2020-05-04T03:59:59Z",
        "at the start of a day,     2020-05-03T04:00:00Z, 2020-05-04T03:59:59Z",
        "today,                     2020-05-08T04:00:00Z, 2020-05-08T14:59:59Z",
        "the running month's end,   2020-06-01T03:59:59Z, 2020-05-08T14:59:59Z",
        "in a month that is over,   2020-04-03T12:00:00Z, 2020-05-01T03:59:59Z",
        "the month before its name, 2020-05-01T03:59:59Z, 2020-05-01T03:59:59Z"
    })
    void a_date_that_is_asked_for_never_goes_beyond_what_is_known(String what, Instant asked, Instant costDate) {
        assertThat(CostDate.asked(asked, Instant.parse("2020-05-08T14:59:59Z"), NEW_YORK))
                .as(what)
                .isEqualTo(costDate);
    }
}

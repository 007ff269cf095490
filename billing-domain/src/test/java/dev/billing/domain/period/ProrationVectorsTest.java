package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.billing.domain.Fraction;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares of periods as other systems compute them. */
class ProrationVectorsTest {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "days-of-days.csv", numLinesToSkip = 1)
    void kill_bill_divides_days_by_days(
            String id, LocalDate start, LocalDate end, int daysInPeriod, int fixedDays, BigDecimal fraction) {
        assertThat(Proration.nineDecimals(ChronoUnit.DAYS.between(start, end), daysInPeriod))
                .isEqualTo(nineDecimals(fraction));
        Recurrence recurrence = Recurrence.of(start, Interval.ofDays(daysInPeriod), ZoneOffset.UTC);
        if (recurrence.period(0).encloses(between(start, end))) {
            assertThat(killBill(fixedDays).share(recurrence, between(start, end)))
                    .isEqualTo(nineDecimals(fraction));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "leading.csv", numLinesToSkip = 1)
    void kill_bill_measures_a_leading_part_by_the_period_that_ends_with_it(
            String id, LocalDate start, LocalDate next, Interval interval, int fixedDays, BigDecimal fraction) {
        Recurrence recurrence = Recurrence.of(next, interval, ZoneOffset.UTC);
        assertThat(killBill(fixedDays).share(recurrence, between(start, next))).isEqualTo(nineDecimals(fraction));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "trailing.csv", numLinesToSkip = 1)
    void kill_bill_measures_a_trailing_part_by_the_period_that_begins_with_it(
            String id, LocalDate previous, LocalDate end, Interval interval, int fixedDays, BigDecimal fraction) {
        Recurrence recurrence = Recurrence.of(previous, interval, ZoneOffset.UTC);
        assertThat(killBill(fixedDays).share(recurrence, between(previous, end)))
                .isEqualTo(nineDecimals(fraction));
    }

    @ParameterizedTest
    @CsvSource({
        // a month before a billing date on the 28th of February is 28 January, whatever day is meant
        "2023-02-14, 2023-02-28, 14, 31",
        // and a month after it is 28 March
        "2023-02-28, 2023-03-30, 30, 28",
        "2023-02-28, 2023-03-31, 1, 1"
    })
    void kill_bill_measures_by_plain_months_where_an_anchor_is_clamped(
            LocalDate start, LocalDate end, long days, long of) {
        Recurrence recurrence = Recurrence.of(LocalDate.of(2023, 1, 31), Interval.MONTHLY, ZoneOffset.UTC);
        assertThat(Proration.DAYS_9_DECIMALS.share(recurrence, between(start, end)))
                .isEqualTo(nineDecimals(Fraction.of(days, of).rounded(9, RoundingMode.HALF_UP)));
    }

    @Test
    void nine_decimals_are_rounded_half_up() {
        LocalDate start = LocalDate.of(2024, 1, 1);
        Recurrence recurrence = Recurrence.of(start, Interval.ofDays(1024), ZoneOffset.UTC);
        // 1/1024 is 0.0009765625
        assertThat(Proration.DAYS_9_DECIMALS.share(recurrence, between(start, start.plusDays(1))))
                .isEqualTo(nineDecimals(new BigDecimal("0.000976563")));
    }

    @ParameterizedTest
    @CsvSource({"2023-05-23, 2023-06-15, 15, 22, 0.733333333", "2023-05-15, 2023-05-23, 15, 8, 0.266666667"})
    void kill_bill_counts_thirty_days_in_every_month(
            LocalDate start, LocalDate end, int billCycleDay, long days, BigDecimal coefficient) {
        Recurrence recurrence = Recurrence.onDayOfMonth(billCycleDay, start, Interval.MONTHLY, ZoneOffset.UTC);
        assertThat(Proration.THIRTY_DAY_MONTH.share(recurrence, between(start, end)))
                .isEqualTo(Ratio.of(days, 30))
                .hasToString(days + "/30");
        assertThat(Proration.THIRTY_DAY_MONTH_9_DECIMALS.share(recurrence, between(start, end)))
                .isEqualTo(nineDecimals(coefficient));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-31, 2024-03-31, P2M, 2024-01-31, 60, 60",
        "2023-02-28, 2023-03-01, P1M, 2023-02-01, 3, 30",
        "2024-03-30, 2024-03-31, P1M, 2024-03-01, 0, 30",
        "2024-01-01, 2024-03-16, P3M, 2024-01-01, 75, 90",
        "2024-01-01, 2025-01-01, P1Y, 2024-01-01, 360, 360",
        "2024-01-31, 2024-02-03, P1W, 2024-01-29, 3, 7"
    })
    void months_of_thirty_days_make_quarters_of_ninety(
            LocalDate start, LocalDate end, Interval interval, LocalDate anchor, long days, long of) {
        assertThat(Proration.THIRTY_DAY_MONTH.share(
                        Recurrence.of(anchor, interval, ZoneOffset.UTC), between(start, end)))
                .hasToString(days + "/" + of);
    }

    @Test
    void lago_counts_both_ends() {
        Recurrence months = Recurrence.calendar(Interval.MONTHLY, ZoneOffset.UTC);
        Ratio share = Proration.CALENDAR_DAYS_INCLUSIVE.share(
                months, Period.of(at(LocalDate.of(2024, 1, 15)), Instant.parse("2024-01-31T23:59:59Z")));
        assertThat(share).hasToString("17/31");
        assertThat(Fraction.of(share).rounded(20, RoundingMode.HALF_UP))
                .isCloseTo(new BigDecimal("0.5483870967741935"), within(new BigDecimal("1E-15")));
    }

    @Test
    void meteroid_counts_days_without_the_last() {
        Recurrence years = Recurrence.of(LocalDate.of(2025, 4, 1), Interval.YEARLY, ZoneOffset.UTC);
        assertThat(Proration.CALENDAR_DAYS.share(years, between(LocalDate.of(2025, 4, 15), LocalDate.of(2026, 4, 1))))
                .hasToString("351/365");
        Instant noTime = at(LocalDate.of(2025, 1, 15));
        BillingCalendar months = BillingCalendar.UTC_MONTHS;
        assertThat(Proration.CALENDAR_DAYS.share(
                        months, months.periodAt(noTime), Existence.between(noTime, noTime), Instant.MAX))
                .isEqualTo(Ratio.of(0, 31));
    }

    @Test
    void kill_bill_prorates_what_stops_in_a_month_that_begins_on_the_23rd() {
        Recurrence recurrence =
                Recurrence.onDayOfMonth(23, LocalDate.of(2023, 2, 23), Interval.MONTHLY, ZoneOffset.UTC);
        assertThat(Proration.DAYS_9_DECIMALS.share(
                        recurrence, between(LocalDate.of(2023, 2, 23), LocalDate.of(2023, 3, 15))))
                .isEqualTo(nineDecimals(new BigDecimal("0.714285714")));
    }

    @ParameterizedTest
    @CsvSource({
        // price, interval, anchor, from, to (counted), days, of, precise, amount
        "100, P1M, 2024-01-01, 2024-01-04, 2024-01-31, 28, 31, 90.32258064516128, 90",
        "100, P1W, 2024-01-01, 2024-01-06, 2024-01-07, 2, 7, 28.57142857142857, 29",
        "91000, P3M, 2024-04-15, 2024-05-20, 2024-06-20, 32, 91, 32000, 32000",
        "12000, P1Y, 2023-06-29, 2023-09-28, 2024-06-28, 275, 366, , 9016",
        "1500, P1M, 2024-01-01, 2024-01-19, 2024-01-31, 13, 31, , 629"
    })
    void lago_prorates_a_price_by_days(
            BigDecimal minor,
            Interval interval,
            LocalDate anchor,
            LocalDate from,
            LocalDate last,
            long days,
            long of,
            BigDecimal precise,
            BigDecimal amount) {
        Recurrence recurrence = Recurrence.of(anchor, interval, ZoneOffset.UTC);
        Ratio share = Proration.CALENDAR_DAYS_INCLUSIVE.share(recurrence, Period.of(at(from), at(last).plusSeconds(1)));
        assertThat(share).hasToString(days + "/" + of);
        Fraction exact = Fraction.of(minor).times(Fraction.of(share));
        assertThat(exact.rounded(0, RoundingMode.HALF_UP)).isEqualByComparingTo(amount);
        if (precise != null) {
            assertThat(exact.rounded(20, RoundingMode.HALF_UP)).isCloseTo(precise, within(new BigDecimal("1E-11")));
        }
    }

    @Test
    void flexprice_prorates_a_credit_by_the_second() {
        Recurrence months = Recurrence.calendar(Interval.MONTHLY, ZoneOffset.UTC);
        Ratio share = Proration.BY_SECOND.share(months, between(LocalDate.of(2025, 1, 20), LocalDate.of(2025, 2, 1)));
        assertThat(share).hasToString("1036800/2678400");
        assertThat(Fraction.of(share).rounded(20, RoundingMode.HALF_UP))
                .isCloseTo(new BigDecimal("0.3870967741935484"), within(new BigDecimal("1E-15")));
        assertThat(Money.of("USD", "100").times(share, Rounding.toDecimals(8, RoundingMode.HALF_UP)))
                .isEqualTo(Money.of("USD", "38.70967742"));
    }

    private static Proration killBill(int fixedDays) {
        return fixedDays == 30 ? Proration.THIRTY_DAY_MONTH_9_DECIMALS : Proration.DAYS_9_DECIMALS;
    }

    private static Ratio nineDecimals(BigDecimal fraction) {
        return Ratio.of(fraction.movePointRight(9).longValueExact(), 1_000_000_000);
    }

    private static Period between(LocalDate start, LocalDate end) {
        return Period.of(at(start), at(end));
    }

    private static Instant at(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

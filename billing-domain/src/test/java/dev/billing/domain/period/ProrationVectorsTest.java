package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.billing.domain.Fraction;
import dev.billing.domain.Vectors;
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

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "proration_30_day_month-001, 2023-05-23, 2023-06-15, 15, 22, 0.733333333",
        "proration_30_day_month-004, 2023-05-15, 2023-05-23, 15, 8, 0.266666667"
    })
    void kill_bill_counts_thirty_days_in_every_month(
            String id, LocalDate start, LocalDate end, int billCycleDay, long days, BigDecimal coefficient) {
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
    @Vectors("proration_coefficient-001")
    void lago_counts_both_ends() {
        Recurrence months = Recurrence.calendar(Interval.MONTHLY, ZoneOffset.UTC);
        Ratio share = Proration.CALENDAR_DAYS_INCLUSIVE.share(
                months, Period.of(at(LocalDate.of(2024, 1, 15)), Instant.parse("2024-01-31T23:59:59Z")));
        assertThat(share).hasToString("17/31");
        assertThat(Fraction.of(share).rounded(20, RoundingMode.HALF_UP))
                .isCloseTo(new BigDecimal("0.5483870967741935"), within(new BigDecimal("1E-15")));
    }

    @Test
    @Vectors({"proration_coefficient-004", "proration_coefficient-007"})
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
    @Vectors("proration_coefficient-010")
    void kill_bill_prorates_what_stops_in_a_month_that_begins_on_the_23rd() {
        Recurrence recurrence =
                Recurrence.onDayOfMonth(23, LocalDate.of(2023, 2, 23), Interval.MONTHLY, ZoneOffset.UTC);
        assertThat(Proration.DAYS_9_DECIMALS.share(
                        recurrence, between(LocalDate.of(2023, 2, 23), LocalDate.of(2023, 3, 15))))
                .isEqualTo(nineDecimals(new BigDecimal("0.714285714")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // id, price, interval, anchor, from, to (counted), days, of, precise, amount
        "proration_days-001, 100, P1M, 2024-01-01, 2024-01-04, 2024-01-31, 28, 31, 90.32258064516128, 90",
        "proration_days-004, 100, P1W, 2024-01-01, 2024-01-06, 2024-01-07, 2, 7, 28.57142857142857, 29",
        "proration_days-007, 91000, P3M, 2024-04-15, 2024-05-20, 2024-06-20, 32, 91, 32000, 32000",
        "proration_days-010, 12000, P1Y, 2023-06-29, 2023-09-28, 2024-06-28, 275, 366, , 9016",
        "proration_days-013, 1500, P1M, 2024-01-01, 2024-01-19, 2024-01-31, 13, 31, , 629"
    })
    void lago_prorates_a_price_by_days(
            String id,
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
    @Vectors("proration_seconds-001")
    void flexprice_prorates_a_credit_by_the_second() {
        Recurrence months = Recurrence.calendar(Interval.MONTHLY, ZoneOffset.UTC);
        Ratio share = Proration.BY_SECOND.share(months, between(LocalDate.of(2025, 1, 20), LocalDate.of(2025, 2, 1)));
        assertThat(share).hasToString("1036800/2678400");
        assertThat(Fraction.of(share).rounded(20, RoundingMode.HALF_UP))
                .isCloseTo(new BigDecimal("0.3870967741935484"), within(new BigDecimal("1E-15")));
        assertThat(Money.of("USD", "100").times(share, Rounding.toDecimals(8, RoundingMode.HALF_UP)))
                .isEqualTo(Money.of("USD", "38.70967742"));
    }

    /** What others publish, and what their published formula gives: time there of time in all, and the cents of a price that it costs. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            # an invoice of Stripe: 10 days 4:45:12 of 28 days, in seconds; whole days would be 3.57 or 3.93
            policy_stripe-001,    BY_SECOND,        P1M, 2017-02-14T00:00:00Z, 2017-03-03T19:14:48Z, 2017-03-14T00:00:00Z, 881112,     2419200,    10.00,     3.64
            policy_stripe-002,    EXACT_TIME,       P1M, 2017-02-14T00:00:00Z, 2017-03-03T19:14:48Z, 2017-03-14T00:00:00Z, 881112,     2419200,    10.00,     3.64
            # another one: all of 31 days but 1:14:24
            policy_stripe-003,    BY_SECOND,        P1M, 2018-05-16T14:56:59Z, 2018-05-16T16:11:23Z, 2018-06-16T14:56:59Z, 2673936,    2678400,    10.00,     9.98
            policy_stripe-004,    EXACT_TIME,       P1M, 2018-05-16T14:56:59Z, 2018-05-16T16:11:23Z, 2018-06-16T14:56:59Z, 2673936,    2678400,    10.00,     9.98
            # the timestamps of Stripe have no milliseconds: 14.5 days of 30, as if the change were 0.4 seconds earlier
            policy_stripe-005,    BY_SECOND,        P1M, 2024-04-01T00:00:00Z, 2024-04-16T12:00:00.400Z, 2024-05-01T00:00:00Z, 1252800, 2592000,   259200.00, 125280.00
            # those of Chargebee have, unless it bills by day; a millisecond of this price is 0.0001
            policy_chargebee-001, EXACT_TIME,       P1M, 2024-04-01T00:00:00Z, 2024-04-16T12:00:00.400Z, 2024-05-01T00:00:00Z, 1252799600, 2592000000, 259200.00, 125279.96
            # Chargebee by day: price ÷ days of the term × days that are left, whatever the time of the day: 15 to 31 January
            policy_chargebee-002, CALENDAR_DAYS,    P1M, 2024-01-01T00:00:00Z, 2024-01-15T18:30:00Z, 2024-02-01T00:00:00Z, 17,         31,         50.00,     27.42
            # Zuora by actual days: 15 to 31 January
            policy_zuora-001,     CALENDAR_DAYS,    P1M, 2023-01-01T00:00:00Z, 2023-01-15T00:00:00Z, 2023-02-01T00:00:00Z, 17,         31,         31.00,     17.00
            # Oracle by actual days: 15 March to 10 April, which it prints as 0.871 of a month
            policy_oracle-001,    CALENDAR_DAYS,    P1M, 2019-03-15T00:00:00Z, 2019-03-15T00:00:00Z, 2019-04-11T00:00:00Z, 27,         31,         100.00,    87.10
            # Zuora by strict 30/360: 27 to 30 January, 27 to 30 February, all of February, 21 to 29 April
            policy_zuora-002,     THIRTY_DAY_MONTH, P1M, 2021-01-01T00:00:00Z, 2021-01-27T00:00:00Z, 2021-02-01T00:00:00Z, 4,          30,         100.00,    13.33
            policy_zuora-003,     THIRTY_DAY_MONTH, P1M, 2021-02-01T00:00:00Z, 2021-02-27T00:00:00Z, 2021-03-01T00:00:00Z, 4,          30,         100.00,    13.33
            policy_zuora-004,     THIRTY_DAY_MONTH, P1M, 2020-02-01T00:00:00Z, 2020-02-01T00:00:00Z, 2020-03-01T00:00:00Z, 30,         30,         100.00,    100.00
            policy_zuora-005,     THIRTY_DAY_MONTH, P1M, 2021-04-01T00:00:00Z, 2021-04-21T00:00:00Z, 2021-04-30T00:00:00Z, 9,          30,         100.00,    30.00
            # Certinia, assuming 30 days a month: 6 to 30 February, 1 to 23 March
            policy_certinia-001,  THIRTY_DAY_MONTH, P1M, 2017-02-01T00:00:00Z, 2017-02-06T00:00:00Z, 2017-03-01T00:00:00Z, 25,         30,         100.00,    83.33
            policy_certinia-002,  THIRTY_DAY_MONTH, P1M, 2017-03-01T00:00:00Z, 2017-03-01T00:00:00Z, 2017-03-24T00:00:00Z, 23,         30,         100.00,    76.67
            # a fully billed charge of Lago: a seat that was there for 22 days
            policy_lago-001,      WHOLE_PERIOD,     P1M, 2024-07-01T00:00:00Z, 2024-07-10T00:00:00Z, 2024-08-01T00:00:00Z, 1,          1,          10.00,     10.00
            # prorations of Stripe set to none: what begins in mid-period is not charged before the next one
            policy_stripe-006,    NONE,             P1M, 2024-04-01T00:00:00Z, 2024-04-16T00:00:00Z, 2024-05-01T00:00:00Z, 0,          1,          20.00,     0.00
            policy_stripe-007,    NONE,             P1M, 2024-04-01T00:00:00Z, 2024-04-01T00:00:00Z, 2024-05-01T00:00:00Z, 1,          1,          20.00,     20.00
            """)
    void others_charge_this_for_a_part_of_a_period(
            String id,
            Proration policy,
            Interval interval,
            Instant anchor,
            Instant from,
            Instant until,
            long there,
            long of,
            String price,
            String amount) {
        Ratio share = policy.share(
                Recurrence.anniversaryToTheInstant(anchor, interval, ZoneOffset.UTC), Period.of(from, until));
        assertThat(Fraction.of(share)).isEqualTo(Fraction.of(there, of));
        assertThat(Money.of("USD", price).times(share, Rounding.toMinorUnit(RoundingMode.HALF_UP)))
                .hasToString("USD " + amount);
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

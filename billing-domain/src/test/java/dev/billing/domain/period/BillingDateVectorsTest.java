package dev.billing.domain.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Fraction;
import dev.billing.domain.Vectors;
import dev.billing.domain.money.Ratio;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Billing dates as other systems compute them. */
class BillingDateVectorsTest {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "billed-periods.csv", numLinesToSkip = 1)
    void kill_bill_bills_these_periods(
            String id,
            LocalDate start,
            LocalDate end,
            LocalDate target,
            int billCycleDay,
            Interval interval,
            String timing,
            String items,
            BigDecimal totalCycles,
            LocalDate nextBillingDate) {
        Recurrence recurrence = Recurrence.onDayOfMonth(billCycleDay, start, interval, ZoneOffset.UTC);
        Instant until = billedUntil(recurrence, at(target), Option.of(end).map(BillingDateVectorsTest::at));
        Seq<Billed> billed = at(start).isBefore(until) && timing.equals("IN_ADVANCE")
                ? billed(recurrence, Period.of(at(start), until))
                : Array.empty();
        assertThat(billed.mkString(" ")).isEqualTo(Option.of(items).getOrElse(""));
        assertThat(billed.map(Billed::cycles).fold(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(totalCycles);
        assertThat(recurrence.next(billed.isEmpty() ? at(start) : until)).isEqualTo(at(nextBillingDate));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "whole-periods.csv", numLinesToSkip = 1)
    void kill_bill_counts_whole_periods(String id, LocalDate start, LocalDate end, Interval interval, long count) {
        Recurrence recurrence = Recurrence.of(start, interval, ZoneOffset.UTC);
        assertThat(recurrence.elapsed(at(start), at(end))).isEqualTo(count);
        if (start.isBefore(end)) {
            assertThat(recurrence.wholePeriods(Period.of(at(start), at(end)))).isEqualTo(count);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "elapsed_cycles-001, P1M, 2024-01-01, 2024-01-15, 1, 0",
        "elapsed_cycles-004, P1M, 2021-01-01, 2024-01-15, 1, 36",
        "elapsed_cycles-007, P1M, 2024-01-01, 2024-03-15, 10, 3",
        "elapsed_cycles-010, P1M, 2024-01-31, 2024-02-29, 31, 1"
    })
    void meteroid_counts_elapsed_cycles(
            String id, Interval interval, LocalDate start, LocalDate date, int billingDay, long cycles) {
        assertThat(Recurrence.onDayOfMonth(billingDay, start, interval, ZoneOffset.UTC)
                        .elapsed(at(start), at(date)))
                .isEqualTo(cycles);
    }

    @Test
    @Vectors("anniversary_dates-001")
    void lago_bills_on_the_anniversary_of_the_last_of_december() {
        Recurrence recurrence = Recurrence.of(LocalDate.of(2022, 12, 31), Interval.MONTHLY, ZoneOffset.UTC);
        assertThat(Array.rangeClosed(1, 15).map(n -> recurrence.date(n).toString()))
                .containsExactlyElementsOf(
                        Array.of(("2023-01-31 2023-02-28 2023-03-31 2023-04-30 2023-05-31 2023-06-30 2023-07-31"
                                        + " 2023-08-31 2023-09-30 2023-10-31 2023-11-30 2023-12-31 2024-01-31 2024-02-29 2024-03-31")
                                .split(" ", -1)));
    }

    @Test
    @Vectors("time_zones-001")
    void lago_bills_a_calendar_month_on_the_local_first() {
        ZoneId kolkata = ZoneId.of("Asia/Kolkata");
        Recurrence recurrence = Recurrence.calendar(Interval.MONTHLY, kolkata);
        Instant due = recurrence.next(Instant.parse("2023-02-01T00:00:00Z"));
        assertThat(Instant.parse("2023-02-28T18:00:00Z")).isBefore(due);
        Array.of("2023-02-28T19:00:00Z", "2023-03-01T18:00:00Z")
                .map(Instant::parse)
                .forEach(instant -> {
                    assertThat(instant).isAfter(due);
                    assertThat(LocalDays.of(kolkata).dateAt(instant))
                            .isEqualTo(LocalDays.of(kolkata).dateAt(due));
                });
    }

    @Test
    @Vectors("time_zones-004")
    void lago_ends_the_period_before_the_clamped_anniversary_on_the_day_before() {
        Recurrence recurrence = Recurrence.of(LocalDate.of(2022, 1, 31), Interval.MONTHLY, ZoneOffset.UTC);
        Instant billingAt = Instant.parse("2022-02-28T00:00:00Z");
        Period before = recurrence.periodAt(billingAt.minusMillis(1));
        assertThat(before.end().minusSeconds(1)).isEqualTo("2022-02-27T23:59:59Z");
        assertThat(recurrence.periodAt(billingAt).start()).isEqualTo(billingAt);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "next_billing_date-001, P1D, 2024-03-10T08:00:00Z, 2024-01-01T14:30:00Z, 2024-03-11T14:30:00Z",
        "next_billing_date-004, P3M, 2024-02-15T00:00:00Z, 2024-04-01T00:00:00Z, 2024-04-01T00:00:00Z"
    })
    void flexprice_bills_next_on_a_later_day(
            String id, Interval interval, Instant currentStart, Instant anchor, Instant next) {
        assertThat(Recurrence.anniversaryToTheInstant(anchor, interval, ZoneOffset.UTC)
                        .nextOnLaterDay(currentStart))
                .isEqualTo(next);
    }

    /** To the end, or to the first billing date after the target. */
    private static Instant billedUntil(Recurrence recurrence, Instant target, Option<Instant> end) {
        Instant next = recurrence.next(target);
        return end.filter(next::isAfter).getOrElse(next);
    }

    private static Seq<Billed> billed(Recurrence recurrence, Period span) {
        return recurrence
                .periods(span)
                .flatMap(period -> period.intersection(span))
                .map(part -> new Billed(part, Proration.DAYS_9_DECIMALS.share(recurrence, part)))
                .toArray();
    }

    private static Instant at(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private record Billed(Period part, Ratio share) {

        BigDecimal cycles() {
            return Fraction.of(share)
                    .rounded(9, java.math.RoundingMode.UNNECESSARY)
                    .stripTrailingZeros();
        }

        @Override
        public String toString() {
            return date(part.start()) + "/" + date(part.end()) + "=" + cycles().toPlainString();
        }

        private static LocalDate date(Instant instant) {
            return instant.atZone(ZoneOffset.UTC).toLocalDate();
        }
    }
}

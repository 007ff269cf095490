package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MorpheusArithmeticTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            1,      4,              0.25
            1,      2048,           0.00048828125
            2,      3,              0.6666666667
            100000, 7,              14285.7142857143
            1,      720,            0.0013888889
            1,      732,            0.0013661202
            1,      729.6,          0.0013706140
            1,      3.000000000000, 0.333333333333
            0,      7,              0
            -2,     3,              -0.6666666667
            """)
    void a_quotient_is_exact_or_cut_to_its_operands(BigDecimal dividend, BigDecimal divisor, BigDecimal ratio) {
        assertThat(MorpheusArithmetic.ratio(dividend, divisor)).isEqualByComparingTo(ratio);
    }

    @Test
    void nothing_is_divided_by_zero() {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> MorpheusArithmetic.ratio(1, 0));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> MorpheusArithmetic.ratio(0, 0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            still there,                  2020-06-01T03:59:59Z, 0,       0.281798567,  2.81798567,  6.608309665999999, 2.93130911575
            off for one and a half hours, 2020-06-01T03:59:59Z, 5400250, 0.2797823439, 2.797823439, 6.608309665999999, 2.93130911575
            deleted on 15 May,            2020-05-15T02:30:00Z, 0,       0.1104279086, 1.104279086, 1.104279086,       1.25
            """)
    void a_machine_created_in_the_month(
            String what,
            Instant end,
            long offTime,
            BigDecimal multiplier,
            BigDecimal estimatedRunning,
            BigDecimal estimatedTotal,
            BigDecimal actualTotal) {
        Instant costDate = Instant.parse("2020-05-20T09:59:59Z");
        Instant start = Instant.parse("2020-05-11T16:20:30Z");
        long month = 2_678_399_000L;
        long span = millis(start, costDate.isBefore(end) ? costDate : end);
        long life = millis(start, end);
        BigDecimal interval = new BigDecimal("10.0");
        BigDecimal running = new BigDecimal("1.25");
        BigDecimal uptime = MorpheusArithmetic.ratio(span - offTime, month);
        assertThat(uptime).isEqualByComparingTo(multiplier);
        assertThat(MorpheusArithmetic.apply(interval, uptime)).isEqualByComparingTo(estimatedRunning);
        assertThat(MorpheusArithmetic.apply(interval, MorpheusArithmetic.ratio(life, month)))
                .isEqualByComparingTo(estimatedTotal);
        assertThat(MorpheusArithmetic.apply(running, MorpheusArithmetic.ratio(life, span)))
                .isEqualByComparingTo(actualTotal);
    }

    @Test
    void a_machine_that_is_ten_minutes_old() {
        BigDecimal multiplier = MorpheusArithmetic.ratio(600_000, 2_678_399_000L);
        assertThat(multiplier).isEqualByComparingTo("0.0002240144");
        assertThat(MorpheusArithmetic.apply(new BigDecimal("6.250800024"), multiplier))
                .isEqualByComparingTo("0.0014002692168963457");
    }

    @ParameterizedTest
    @CsvSource({
        "0.000292968, 4096, 0.0016666624133332992, 0.2049994768399958",
        "9.72, 1, 0.013500000108, 1.660500013284"
    })
    void a_metered_line_is_its_hours_times_an_exact_hourly_rate(
            BigDecimal monthly, BigDecimal units, BigDecimal rate, BigDecimal cost) {
        BigDecimal hourly = MorpheusArithmetic.applyExact(monthly.multiply(units), MorpheusArithmetic.ratio(1, 720));
        assertThat(hourly).isEqualByComparingTo(rate);
        assertThat(MorpheusArithmetic.apply(new BigDecimal("123.0"), hourly)).isEqualByComparingTo(cost);
    }

    @Test
    void the_price_of_an_interval_is_720_hours_of_a_rate_of_ten_decimals() {
        BigDecimal hourly = new BigDecimal("0.0086816667");
        assertThat(MorpheusArithmetic.applyExact(hourly, BigDecimal.valueOf(720)))
                .isEqualByComparingTo("6.250800024");
        assertThat(MorpheusArithmetic.ratio(new BigDecimal("6.25080"), BigDecimal.valueOf(720)))
                .isEqualByComparingTo(hourly);
    }

    @Test
    void a_usage_record_is_priced_by_the_exact_product() {
        BigDecimal perGigabyteAndHour =
                MorpheusArithmetic.applyExact(new BigDecimal("0.12"), MorpheusArithmetic.ratio(1, 732));
        assertThat(perGigabyteAndHour).isEqualByComparingTo("0.000163934424");
        BigDecimal hourly = new BigDecimal("0.0069")
                .add(MorpheusArithmetic.applyExact(perGigabyteAndHour, BigDecimal.TEN))
                .setScale(9, RoundingMode.HALF_UP);
        assertThat(hourly).isEqualByComparingTo("0.008539344");
        BigDecimal hours = new BigDecimal("0.195410555555");
        assertThat(MorpheusArithmetic.applyExact(hourly, hours).doubleValue()).isEqualTo(0.001668677955115256);
        assertThat(MorpheusArithmetic.apply(hourly, hours))
                .as("doubles give another last digit")
                .isEqualByComparingTo("0.0016686779551152561");
    }

    private static long millis(Instant start, Instant end) {
        return Duration.between(start, end).toMillis();
    }
}

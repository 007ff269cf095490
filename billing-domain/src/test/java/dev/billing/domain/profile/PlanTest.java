package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.Instant;
import javax.money.CurrencyUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    private static final CurrencyUnit USD = Morpheus.profile().currency();
    private static final Instant FROM = Instant.parse("2022-05-17T23:13:35Z");
    private static final Instant COST_DATE = Instant.parse("2022-05-23T01:30:01Z");
    private static final Period MAY = Period.parse("2022-05-01T00:00:00Z/2022-06-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0.000292968, 4096, 0.0016666624133332992, 0.2049994768399958",
        "9.72,        1,    0.013500000108,        1.660500013284"
    })
    void a_metered_line_is_started_hours_at_an_exact_hourly_rate(
            BigDecimal unit, BigDecimal quantity, String rate, String cost) {
        LineItem line = lines(part(unit, quantity, false)).head();
        assertThat(line.quantity()).isEqualByComparingTo("123");
        assertThat(line.unitCost()).contains(Money.of("USD", rate));
        assertThat(line.unitPrice()).contains(Money.of("USD", rate));
        assertThat(line.cost()).contains(Money.of("USD", cost));
        assertThat(line.net()).contains(Money.of("USD", cost));
        assertThat(line.period()).contains(Period.of(FROM, COST_DATE));
        assertThat(line.basis()).isEqualTo(Basis.ESTIMATED);
        assertThat(((Origin.Provided) line.origin()).text().get(Origin.Provided.UNIT_COST))
                .contains("hour");
    }

    @Test
    void metered_lines_have_numbers_that_stay_the_same_and_external_ids_that_tell_no_cost() {
        Seq<LineItem> lines =
                lines(part(BigDecimal.ONE, BigDecimal.ONE, false), part(BigDecimal.TEN, BigDecimal.ONE, false));
        assertThat(lines.map(line -> ((Origin.Provided) line.origin()).externalId()))
                .containsExactly("7/metered/0", "7/metered/1");
        assertThat(lines.map(LineItem::id).distinct()).hasSize(2);
        assertThat(lines.map(line -> Morpheus.requireNumber(line.id().value(), "Line id")))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "3600000, 1", "3600001, 2", "440186000, 123", "7199999, 2", "7200000, 2"})
    void hours_count_as_soon_as_they_are_started(long millis, long hours) {
        assertThat(Morpheus.startedHours(millis)).isEqualTo(hours);
    }

    @Test
    void what_was_there_for_no_time_has_no_lines() {
        Metering times = new Metering(MAY, COST_DATE, Metering.lastSecond(MAY), COST_DATE, 0);
        assertThat(Morpheus.meteredLines(
                        plan(part(BigDecimal.ONE, BigDecimal.ONE, false)), times, new InvoiceId("7"), COST_DATE))
                .isEmpty();
    }

    @Test
    void a_monthly_charge_is_spread_over_720_hours_of_ten_decimals_on_every_cloud() {
        Plan.Part spread = part(new BigDecimal("6.25080"), BigDecimal.ONE, true);
        assertThat(spread.interval(Side.PRICE)).isEqualTo(Money.of("USD", "6.250800024"));
        Plan onAws = new Plan(USD, Plan.AWS_HOURS, Array.of(spread));
        assertThat(onAws.interval(Side.COST, onAws.parts())).isEqualTo(Money.of("USD", "6.250800024"));
        assertThat(part(new BigDecimal("6.25080"), BigDecimal.ONE, false).interval(Side.PRICE))
                .as("it may be given as it is")
                .isEqualTo(Money.of("USD", "6.2508"));
    }

    @Test
    void spreading_divides_each_component_and_does_not_multiply_by_a_rate_of_one() {
        Plan.Part third = part(BigDecimal.ONE, BigDecimal.ONE, true);
        Plan plan = plan(third, third);
        assertThat(plan.interval(Side.PRICE, plan.parts())).isEqualTo(Money.of("USD", "2.000000016"));
        Plan.Part hundred = part(BigDecimal.valueOf(100), BigDecimal.ONE, true);
        assertThat(hundred.interval(Side.PRICE))
                .isEqualTo(Money.of("USD", "100.000000008"))
                .isNotEqualTo(Money.of("USD", "100.0000008"));
    }

    @ParameterizedTest
    @CsvSource({"720, 0.00166666668, 0.864", "732, 0.00163934424, 0.8784", "729.6, 0.0016447368, 0.87552"})
    void hours_per_month_are_those_of_the_provider(BigDecimal hours, String hourly, String monthly) {
        Plan plan = new Plan(USD, hours, Array.empty());
        Money rate = plan.hourlyRate(part(new BigDecimal("1.2"), BigDecimal.ONE, false), Side.COST);
        assertThat(rate).isEqualTo(Money.of("USD", hourly));
        assertThat(Plan.monthly(Money.of("USD", "0.0012"), hours)).isEqualTo(Money.of("USD", monthly));
        assertThat(Array.of(Plan.HOURS, Plan.AWS_HOURS, Plan.AZURE_HOURS)).contains(hours);
    }

    @Test
    void the_hourly_price_of_a_usage_record_is_rounded_once() {
        BigDecimal perGigabyte = MorpheusArithmetic.applyExact(
                new BigDecimal("0.12"), MorpheusArithmetic.ratio(BigDecimal.ONE, Plan.AWS_HOURS));
        BigDecimal hourly = Plan.hourlyPrice(Array.of(new BigDecimal("0.0069"), perGigabyte.multiply(BigDecimal.TEN)));
        assertThat(hourly).isEqualTo(new BigDecimal("0.008539344"));
        BigDecimal price = MorpheusArithmetic.applyExact(hourly, new BigDecimal("0.195410555555"));
        assertThat(price.doubleValue()).isEqualTo(0.001668677955115256).isNotEqualTo(0.0016686779551152561);
        assertThat(Plan.hourlyPrice(Array.of(new BigDecimal("0.0000000004"), new BigDecimal("0.0000000001"))))
                .as("half up, and not part by part")
                .isEqualByComparingTo("0.000000001");
        assertThat(Plan.hourlyPrice(Array.empty())).isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @CsvSource({"3600000, 1", "1800000, 0.5", "703478, 0.1954105556"})
    void units_of_a_usage_record_are_hours(long millis, BigDecimal hours) {
        assertThat(MorpheusArithmetic.ratio(millis, 3_600_000)).isEqualByComparingTo(hours);
    }

    @Test
    void a_plan_is_of_one_currency_and_known_components() {
        Plan.Part part = part(BigDecimal.ONE, BigDecimal.ONE, false);
        assertThatThrownBy(() -> new Plan(Money.of("EUR", "1").currency(), Plan.HOURS, Array.of(part)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A plan must have hours and be in EUR");
        assertThatThrownBy(() -> new Plan(USD, BigDecimal.ZERO, Array.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Plan.Part(
                        "cpu", "", BigDecimal.ONE, Money.zero(USD), Money.zero(USD), Plan.Incurs.ALWAYS, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'cpu'");
    }

    private static Seq<LineItem> lines(Plan.Part... parts) {
        Metering times = new Metering(MAY, FROM, Metering.lastSecond(MAY), COST_DATE, 0);
        return Morpheus.meteredLines(plan(parts), times, new InvoiceId("7"), COST_DATE);
    }

    private static Plan plan(Plan.Part... parts) {
        return new Plan(USD, Plan.HOURS, Array.of(parts));
    }

    private static Plan.Part part(BigDecimal unit, BigDecimal quantity, boolean spread) {
        Money money = Money.of(USD, unit);
        return new Plan.Part("compute", "", quantity, money, money, Plan.Incurs.WHILE_RUNNING, spread);
    }
}

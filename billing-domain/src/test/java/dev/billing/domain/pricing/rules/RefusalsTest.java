package dev.billing.domain.pricing.rules;

import static dev.billing.domain.DomainArbitraries.JPY;
import static dev.billing.domain.DomainArbitraries.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Blocks;
import dev.billing.domain.pricing.Capacity;
import dev.billing.domain.pricing.Conversion;
import dev.billing.domain.pricing.Converted;
import dev.billing.domain.pricing.CostPlus;
import dev.billing.domain.pricing.Dynamic;
import dev.billing.domain.pricing.FreeUnits;
import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.GraduatedPercentage;
import dev.billing.domain.pricing.InvalidPricing;
import dev.billing.domain.pricing.Markup;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.Packaged;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PriceTier;
import dev.billing.domain.pricing.PricingError;
import dev.billing.domain.pricing.StairStep;
import dev.billing.domain.pricing.Tiers;
import dev.billing.domain.pricing.Volume;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What rules refuse, and that they tell all of it at once. */
class RefusalsTest {

    private static final Money ONE = Money.of("USD", "1");
    private static final Money LESS = Money.of("USD", "-1");
    private static final Money YEN = Money.of("JPY", "1");
    private static final BigDecimal NEGATIVE = new BigDecimal("-0.5");

    private static PriceTier tier(String upTo, Money unit, Money fee) {
        return new PriceTier(bound(upTo), unit, fee);
    }

    private static Option<BigDecimal> bound(String upTo) {
        return Option.when(!upTo.isEmpty(), () -> new BigDecimal(upTo));
    }

    private static Seq<String> problems(Supplier<?> constructor) {
        return InvalidPricing.gather(constructor).getError().map(PricingError.InvalidRule::message);
    }

    @Test
    void good_tiers_are_gathered_as_they_are() {
        Seq<PriceTier> tiers = Array.of(tier("0.5", ONE, ONE), tier("", ONE, ONE));
        assertThat(InvalidPricing.gather(() -> new Graduated(tiers, false)).get())
                .isEqualTo(new Graduated(tiers, false));
    }

    @Test
    void tiers_tell_all_that_is_wrong_with_them() {
        Seq<PriceTier> tiers = Array.of(
                tier("0", ONE, LESS),
                tier("20", LESS, YEN),
                tier("20", ONE, ONE),
                tier("", ONE, ONE),
                tier("15.50", ONE, ONE),
                tier("30", YEN, ONE));
        Array<String> expected = Array.of(
                "tiers[0].upTo must be above 0, but was 0",
                "tiers[2].upTo must be above 20, but was 20",
                "tiers[3].upTo must have a bound, because only the last one is open",
                "tiers[4].upTo must be above 20, but was 15.5",
                "tiers[5].upTo must be open, because it is the last one, but was 30",
                "tiers[0].flatFee must not be negative, but was USD -1",
                "tiers[1].unitPrice must not be negative, but was USD -1",
                "tiers[1].flatFee must be in USD as the rest, but was in JPY",
                "tiers[5].unitPrice must be in USD as the rest, but was in JPY");
        assertThat(problems(() -> new Graduated(tiers, false))).containsExactlyElementsOf(expected);
        assertThat(problems(() -> new Volume(tiers, true))).containsExactlyElementsOf(expected);
        assertThatExceptionOfType(InvalidPricing.class)
                .isThrownBy(() -> new Graduated(tiers, false))
                .withMessage("Graduated prices: " + expected.mkString("; "))
                .satisfies(refused -> assertThat(refused.problems()).hasSize(9));
    }

    @Test
    void a_rule_without_tiers_prices_nothing() {
        assertThat(problems(() -> new Graduated(Array.empty(), false))).containsExactly("tiers must not be empty");
        assertThat(problems(() -> new Volume(Array.empty(), false))).containsExactly("tiers must not be empty");
        assertThat(problems(() -> new StairStep(Array.empty()))).containsExactly("steps must not be empty");
        assertThat(problems(() -> new Blocks(Array.empty(), Blocks.Policy.ALL_TIERS)))
                .containsExactly("tiers must not be empty");
        assertThat(problems(() -> new GraduatedPercentage(USD, Array.empty())))
                .containsExactly("tiers must not be empty");
        assertThat(problems(() -> new Capacity(Array.empty()))).containsExactly("tiers must not be empty");
        assertThat(problems(() -> new Matrix(Array.empty(), HashMap.empty(), Option.none())))
                .containsExactly(
                        "dimensions must not be empty", "cells must not be empty where there is no other rule");
    }

    @Test
    void ranges_have_neither_gaps_nor_overlaps() {
        assertThat(rangeProblems("1", "10", "11", "20", "21", "")).isEmpty();
        assertThat(rangeProblems("0", "10", "10", "20", "20", "")).isEmpty();
        assertThat(rangeProblems("0", "0.5", "0.5", "")).isEmpty();
        assertThat(rangeProblems("2", "10", "12", "20", "19", "", "30", "40"))
                .containsExactly(
                        "tiers[2].upTo must have a bound, because only the last one is open",
                        "tiers[3].upTo must be open, because it is the last one, but was 40",
                        "tiers[0].from must begin where the tier before it ends, at 0, but was 2, which leaves a gap",
                        "tiers[1].from must begin where the tier before it ends, at 10, but was 12, which leaves a gap",
                        "tiers[2].from must begin where the tier before it ends, at 20, but was 19, which leaves an overlap");
        assertThat(rangeProblems("0", "0.5", "1.5", ""))
                .containsExactly(
                        "tiers[1].from must begin where the tier before it ends, at 0.5, but was 1.5, which leaves a gap");
        assertThat(rangeProblems()).containsExactly("tiers must not be empty");
    }

    private static Seq<String> rangeProblems(String... bounds) {
        Seq<Tiers.Range> ranges = Array.of(bounds)
                .grouped(2)
                .map(both -> new Tiers.Range(new BigDecimal(both.get(0)), bound(both.get(1)), ONE, ONE))
                .toArray();
        return Tiers.of(ranges)
                .fold(problems -> problems.map(PricingError.InvalidRule::message), good -> Array.empty());
    }

    @Test
    void steps_tell_all_that_is_wrong_with_them() {
        assertThat(problems(() -> new StairStep(Array.of(
                        new StairStep.Step(bound("-1"), LESS),
                        new StairStep.Step(bound("-1"), YEN),
                        new StairStep.Step(bound("7"), ONE)))))
                .containsExactly(
                        "steps[1].upTo must be above -1, but was -1",
                        "steps[2].upTo must be open, because it is the last one, but was 7",
                        "steps[0].price must not be negative, but was USD -1",
                        "steps[0].upTo must not be negative, but was -1",
                        "steps[1].price must be in USD as the rest, but was in JPY");
    }

    @Test
    void packages_blocks_and_free_units_have_sizes() {
        assertThat(problems(() -> new Packaged(BigDecimal.ZERO, LESS, NEGATIVE, false)))
                .containsExactly(
                        "size must be above 0, but was 0",
                        "price must not be negative, but was USD -1",
                        "included must not be negative, but was -0.5");
        assertThat(problems(() -> new Blocks(
                        Array.of(
                                new Blocks.BlockTier(BigDecimal.ZERO, Option.some(0L), LESS, false),
                                new Blocks.BlockTier(BigDecimal.ONE, Option.none(), ONE, false),
                                new Blocks.BlockTier(BigDecimal.ONE, Option.none(), YEN, false)),
                        Blocks.Policy.TOP_TIER)))
                .containsExactly(
                        "tiers[0].size must be above 0, but was 0",
                        "tiers[0].maxBlocks must be above 0, but was 0",
                        "tiers[0].price must not be negative, but was USD -1",
                        "tiers[1].maxBlocks must have a maximum, because only the last one is open",
                        "tiers[2].price must be in USD as the rest, but was in JPY");
        assertThat(problems(() -> new FreeUnits(NEGATIVE, new PerUnit(ONE))))
                .containsExactly("units must not be negative, but was -0.5");
    }

    @Test
    void percentages_tell_all_that_is_wrong_with_them() {
        assertThat(problems(() -> new Percentage(
                        USD, NEGATIVE, Option.some(YEN), -1, NEGATIVE, Option.some(LESS), Option.some(LESS.times(2)))))
                .containsExactly(
                        "percent must not be negative, but was -0.5",
                        "fee must be in USD as the rest, but was in JPY",
                        "freeEvents must not be negative, but was -1",
                        "freeAmount must not be negative, but was -0.5",
                        "minimum must not be negative, but was USD -1",
                        "maximum must not be negative, but was USD -2",
                        "maximum must not be below the minimum of USD -1, but was USD -2");
        assertThat(problems(() -> new GraduatedPercentage(
                        USD,
                        Array.of(
                                new GraduatedPercentage.PercentTier(bound("-1"), NEGATIVE, YEN),
                                new GraduatedPercentage.PercentTier(bound("1"), BigDecimal.ONE, LESS)))))
                .containsExactly(
                        "tiers[0].upTo must be above 0, but was -1",
                        "tiers[1].upTo must be open, because it is the last one, but was 1",
                        "tiers[0].percent must not be negative, but was -0.5",
                        "tiers[0].flatFee must be in USD as the rest, but was in JPY",
                        "tiers[1].flatFee must not be negative, but was USD -1");
        assertThat(problems(() -> new Dynamic(USD, NEGATIVE)))
                .containsExactly("multiplier must not be negative, but was -0.5");
    }

    @Test
    void a_minimum_may_be_the_maximum() {
        Percentage rule = new Percentage(
                USD, BigDecimal.ONE, Option.none(), 0, BigDecimal.ZERO, Option.some(ONE), Option.some(ONE));
        assertThat(rule.price(BigDecimal.valueOf(1_000))).isEqualTo(ONE);
    }

    @Test
    void events_below_zero_are_refused() {
        Percentage rule = Percentage.of(USD, BigDecimal.ONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.measure(List.of(BigDecimal.ONE, NEGATIVE)))
                .withMessage("An event's amount must not be negative, but was -0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Measure.Events(BigDecimal.ONE, 0, -1, 0))
                .withMessageContaining("-1 raised");
    }

    @Test
    void a_matrix_tells_all_that_is_wrong_with_it() {
        assertThat(problems(() -> new Matrix(
                        Array.of("region", "region"),
                        HashMap.of(Array.of("eu"), new PerUnit(ONE)),
                        Option.some(new PerUnit(YEN)))))
                .containsExactly(
                        "dimensions must differ, but were (region, region)",
                        "cells(eu) must have a value for each of (region, region)",
                        "otherwise must be in USD as the rest, but was in JPY");
        assertThat(problems(() -> new Matrix(
                        Array.of("region"),
                        HashMap.<Seq<String>, dev.billing.domain.pricing.PricingRule>of(
                                Array.of("eu"), new PerUnit(YEN)),
                        Option.some(new PerUnit(ONE)))))
                .containsExactly("otherwise must be in JPY as the rest, but was in USD");
    }

    @Test
    void capacities_tell_all_that_is_wrong_with_them() {
        assertThat(problems(() -> new Capacity(Array.of(
                        limits("10", "100", ONE),
                        limits("9", "100", LESS),
                        limits("", "100", YEN),
                        limits("20", "", ONE),
                        new Capacity.Limits(HashMap.of("GB", Option.none(), "TB", Option.none()), ONE),
                        new Capacity.Limits(HashMap.empty(), ONE)))))
                .containsExactly(
                        "tiers[1].price must not be negative, but was USD -1",
                        "tiers[1].byUnit.members must not be below that of the tier before, but was 9",
                        "tiers[1].byUnit must have a limit above that of the tier before",
                        "tiers[2].price must be in USD as the rest, but was in JPY",
                        "tiers[3].byUnit.members must not be below that of the tier before, but was 20",
                        "tiers[4].byUnit must limit the units of the first tier, GB, members, but had GB, TB",
                        "tiers[4].byUnit must have a limit above that of the tier before",
                        "tiers[5].byUnit must not be empty",
                        "tiers[5].byUnit must limit the units of the first tier, GB, members, but had ",
                        "tiers[5].byUnit must have a limit above that of the tier before");
        assertThat(problems(() -> new Capacity(Array.of(limits("-1", "0", ONE)))))
                .containsExactly("tiers[0].byUnit.members must not be negative, but was -1");
    }

    private static Capacity.Limits limits(String members, String gigabytes, Money price) {
        return new Capacity.Limits(HashMap.of("members", bound(members), "GB", bound(gigabytes)), price);
    }

    @Test
    void peaks_without_a_price_are_refused() {
        Capacity rule = new Capacity(Array.of(limits("10", "100", ONE)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.price(peaks("members", "10.1")))
                .withMessageContaining("10.1 of members");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.price(peaks("TB", "0")))
                .withMessageContaining("0 of TB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.price(peaks("members", "-1")))
                .withMessage("A peak must not be negative, but was -1");
    }

    private static Measure peaks(String unit, String peak) {
        return new Measure.Several(HashMap.of(unit, new BigDecimal(peak)));
    }

    @Test
    void conversions_that_may_not_end_need_a_rounding() {
        assertThat(problems(() -> Conversion.dividedBy(new BigDecimal("0.3"))))
                .containsExactly("factor must be made of twos and fives to divide without a rounding, but was 0.3");
        assertThat(problems(() -> Conversion.dividedBy(BigDecimal.ZERO)))
                .containsExactly("factor must be above 0, but was 0");
        assertThat(problems(() -> Conversion.times(NEGATIVE))).containsExactly("factor must be above 0, but was -0.5");
    }

    @Test
    void a_price_from_a_cost_is_never_negative() {
        assertThat(problems(() -> new CostPlus(USD, new Markup.Fixed(LESS))))
                .containsExactly("markup.amount must not be negative, but was USD -1");
        assertThat(problems(() -> new CostPlus(JPY, new Markup.Custom(LESS))))
                .containsExactly(
                        "markup.price must be in JPY as the rest, but was in USD",
                        "markup.price must not be negative, but was USD -1");
        assertThat(problems(() -> new CostPlus(USD, new Markup.Percent(new BigDecimal("-100.1")))))
                .containsExactly("markup.percent must not be below -100, but was -100.1");
        assertThat(new CostPlus(USD, new Markup.Percent(BigDecimal.valueOf(-100)))
                        .price(BigDecimal.TEN)
                        .isZero())
                .isTrue();
    }

    @Test
    void a_quantity_is_changed_only_for_rules_that_price_one() {
        Matrix matrix = new Matrix(Array.of("region"), HashMap.empty(), Option.some(new PerUnit(ONE)));
        Capacity capacity = new Capacity(Array.of(limits("10", "100", ONE)));
        Conversion same = Conversion.times(BigDecimal.ONE);
        assertThat(problems(() -> new FreeUnits(NEGATIVE, matrix)))
                .containsExactly(
                        "units must not be negative, but was -0.5", "rule must price one quantity, but was " + matrix);
        assertThat(problems(() -> new Converted(same, capacity)))
                .containsExactly("rule must price one quantity, but was " + capacity);
        Array.of(
                        Written.percentage("1", "1", 0, "0", "-", "-"),
                        Written.percentage("1", "-", 1, "0", "-", "-"),
                        Written.percentage("1", "-", 0, "0", "1", "-"),
                        Written.percentage("1", "-", 0, "0", "-", "1"))
                .forEach(rule -> assertThat(problems(() -> new Converted(same, rule)))
                        .containsExactly("rule must price one quantity, but was " + rule));
        Percentage whole = Written.percentage("1", "-", 0, "5", "-", "-");
        assertThat(new Converted(same, whole).price(BigDecimal.TEN)).isEqualTo(Money.of("USD", "0.05"));
    }

    @Test
    void cells_of_another_currency_are_refused() {
        assertThat(problems(() -> new Matrix(
                        Array.of("region"),
                        LinkedHashMap.of(Array.of("eu"), new PerUnit(ONE), Array.of("jp"), new PerUnit(YEN)),
                        Option.none())))
                .hasSize(1)
                .first()
                .asString()
                .contains("jp")
                .contains("JPY");
    }

    @Test
    void what_prices_more_than_one_quantity_has_no_unit_price() {
        assertThat(new Matrix(Array.of("region"), HashMap.empty(), Option.some(new PerUnit(ONE))).unitPrice())
                .isEmpty();
        assertThat(new Capacity(Array.of(limits("10", "100", ONE))).unitPrice()).isEmpty();
        assertThat(new Dynamic(USD, BigDecimal.ONE).unitPrice()).isEmpty();
    }

    @Test
    void values_without_a_price_are_told_by_their_names() {
        assertThat(new PricingError.UnpricedCell(
                                "traffic",
                                Array.of("region", "tier"),
                                Array.of("eu", ""),
                                new PriceBookVersion("main", 3))
                        .message())
                .isEqualTo("A price matrix must price all values, but that of 'traffic' in main@3 has no cell for"
                        + " region 'eu', tier ''");
    }

    @Test
    void rules_refuse_what_they_do_not_price() {
        Matrix matrix = new Matrix(Array.of("region"), HashMap.empty(), Option.some(new PerUnit(ONE)));
        Capacity capacity = new Capacity(Array.of(limits("10", "100", ONE)));
        Measure several = peaks("members", "1");
        Measure events = new Measure.Events(BigDecimal.ONE, 1, 0, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> matrix.price(BigDecimal.ONE))
                .withMessageContaining("(region)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> matrix.parts(BigDecimal.ONE))
                .withMessageContaining("(region)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> capacity.price(BigDecimal.ONE))
                .withMessageContaining("peaks of its units");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> capacity.parts(Measure.of(BigDecimal.ONE)))
                .withMessageContaining("peaks of its units");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> capacity.parts(BigDecimal.ONE))
                .withMessageContaining("peaks of its units");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PerUnit(ONE).price(several))
                .withMessageContaining("A rule must be given what it prices");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Converted(Conversion.times(BigDecimal.ONE), new PerUnit(ONE)).parts(events))
                .withMessageContaining("A rule must be given what it prices");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Volume(Array.of(tier("", ONE, ONE)), false).prorated(BigDecimal.ONE, NEGATIVE))
                .withMessage("A prorated quantity must not be negative, but was -0.5");
    }
}

package dev.billing.domain.pricing.rules;

import static dev.billing.domain.pricing.rules.RuleArbitraries.MOST;
import static dev.billing.domain.pricing.rules.RuleArbitraries.tenths;
import static dev.billing.domain.pricing.rules.RuleArbitraries.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.Fraction;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Blocks;
import dev.billing.domain.pricing.Capacity;
import dev.billing.domain.pricing.Conversion;
import dev.billing.domain.pricing.Converted;
import dev.billing.domain.pricing.CostPlus;
import dev.billing.domain.pricing.Dynamic;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.FreeUnits;
import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.GraduatedPercentage;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.Packaged;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PriceTier;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.StairStep;
import dev.billing.domain.pricing.Volume;
import dev.billing.domain.rating.Metered;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Every rule against somebody who counts: a step at a time, putting each where it belongs. */
@Domain(DomainContext.Global.class)
@Domain(RuleArbitraries.class)
class OracleProperties {

    private static final int BEYOND = MOST + 100;
    private static final Money NOTHING = usd(BigDecimal.ZERO);
    private static final SlowPrice IN_TENTHS = new SlowPrice(tenths(1));

    /** Tenths as ever, and steps that make bounds of many digits. */
    @Provide
    Arbitrary<SlowPrice> steps() {
        return Arbitraries.of(
                        "0.1",
                        "0.1",
                        "0.0037",
                        "0.000000000000000001",
                        "0.123456789012345678901234567",
                        "7",
                        "1234567.891")
                .map(BigDecimal::new)
                .map(SlowPrice::new);
    }

    @Property
    void graduated_tiers_cost_what_each_step_costs_in_its_tier_and_the_fees_of_tiers_entered(
            @ForAll Graduated rule, @ForAll @IntRange(max = BEYOND) int quantity, @ForAll("steps") SlowPrice slow) {
        assertPrice(rule, quantity, slow);
    }

    @Property
    void volume_prices_cost_the_price_of_the_tier_in_which_the_last_step_lies(
            @ForAll Volume rule, @ForAll @IntRange(max = BEYOND) int quantity, @ForAll("steps") SlowPrice slow) {
        assertPrice(rule, quantity, slow);
    }

    @Property
    void stairs_cost_the_price_of_the_step_that_is_climbed_to(
            @ForAll StairStep rule, @ForAll @IntRange(max = BEYOND) int quantity, @ForAll("steps") SlowPrice slow) {
        assertPrice(rule, quantity, slow);
    }

    @Property
    void packages_cost_what_opening_one_after_another_costs(
            @ForAll Packaged rule, @ForAll @IntRange(max = BEYOND) int quantity, @ForAll("steps") SlowPrice slow) {
        assertPrice(rule, quantity, slow);
        Packaged fine = (Packaged) slow.inSteps(rule);
        assertThat(fine.packages(slow.steps(quantity)))
                .isEqualByComparingTo(BigDecimal.valueOf(slow.packages(fine, quantity)));
    }

    @Property
    void blocks_cost_what_filling_tier_after_tier_costs(
            @ForAll Blocks rule, @ForAll @IntRange(max = BEYOND) int quantity, @ForAll("steps") SlowPrice slow) {
        assertPrice(rule, quantity, slow);
        int bound = 0;
        for (Blocks.BlockTier tier :
                rule.tiers().filter(limited -> limited.maxBlocks().isDefined())) {
            bound += IN_TENTHS.room(tier);
            assertPrice(rule, bound, slow);
            assertPrice(rule, bound + 1, slow);
        }
    }

    /** A rule with bounds and sizes of tenths is priced with steps in their place, finer or larger, by itself and by counting. */
    private static void assertPrice(PricingRule rule, int quantity, SlowPrice slow) {
        PricingRule inSteps = slow.inSteps(rule);
        assertThat(Fraction.of(inSteps.price(slow.steps(quantity)))).isEqualTo(slow.of(inSteps, quantity));
    }

    @Property
    void percentages_cost_what_asking_each_event_in_turn_costs(
            @ForAll Percentage rule,
            @ForAll @Size(max = 6) List<@IntRange(max = 200) Integer> events,
            @ForAll("steps") SlowPrice slow) {
        Percentage inSteps = slow.inSteps(rule);
        Measure.Events measure = measure(inSteps, events, slow);
        assertThat(Fraction.of(inSteps.price(measure))).isEqualTo(slow.events(inSteps, events, 0));
        assertThat(inSteps.parts(measure).map(part -> part.amount()).fold(NOTHING, Money::plus))
                .isEqualTo(inSteps.price(measure));
    }

    private static Measure.Events measure(Percentage rule, List<Integer> events, SlowPrice slow) {
        return rule.measure(events.stream().map(slow::steps).toList());
    }

    @Property
    void a_later_line_of_a_percentage_costs_what_its_events_pay_after_those_of_earlier_lines(
            @ForAll Percentage rule,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 200) Integer> events,
            @ForAll @IntRange(max = 8) int cut,
            @ForAll("steps") SlowPrice slow) {
        Percentage inSteps = slow.inSteps(rule);
        List<Integer> before = events.subList(0, Math.min(cut, events.size()));
        Money later =
                inSteps.price(measure(inSteps, events, slow)).minus(inSteps.price(measure(inSteps, before, slow)));
        assertThat(Fraction.of(later)).isEqualTo(slow.events(inSteps, events, before.size()));
    }

    @Property
    void graduated_percentages_cost_what_each_step_of_the_amount_costs_in_its_tier(
            @ForAll GraduatedPercentage rule,
            @ForAll @IntRange(max = BEYOND) int amount,
            @ForAll("steps") SlowPrice slow) {
        assertPrice(rule, amount, slow);
    }

    @Property
    void a_dynamic_price_is_the_multiplier_for_each_step_of_value(
            @ForAll Dynamic rule, @ForAll @IntRange(max = BEYOND) int value, @ForAll("steps") SlowPrice slow) {
        assertPrice(rule, value, slow);
    }

    @Property
    void free_units_are_taken_off_one_by_one(@ForAll FreeUnits rule, @ForAll @IntRange(max = BEYOND) int quantity) {
        BigDecimal free = rule.units();
        int left = 0;
        for (int tenth = 0; tenth < quantity; tenth++) {
            left += free.signum() == 0 ? 1 : 0;
            free = free.subtract(tenths(1)).max(BigDecimal.ZERO);
        }
        assertThat(rule.billable(tenths(quantity))).isEqualByComparingTo(tenths(left));
        assertThat(rule.price(tenths(quantity))).isEqualTo(rule.rule().price(tenths(left)));
    }

    @Property
    void conversions_are_exact_or_beside_the_exact_value_by_less_than_a_digit_on_the_right_side(
            @ForAll Conversion conversion, @ForAll @IntRange(max = 100_000) int quantity) {
        Fraction exact = converted(conversion, tenths(quantity));
        Fraction got = Fraction.of(conversion.convert(tenths(quantity)));
        if (conversion.rounding().isEmpty()) {
            assertThat(got).isEqualTo(exact);
        } else {
            QuantityRounding rounding = conversion.rounding().get();
            Fraction step = Fraction.of(BigDecimal.ONE.movePointLeft(rounding.decimals()));
            assertThat(got.minus(exact).abs()).isLessThan(step);
            assertRounded(rounding.mode(), got, exact, step);
            BigDecimal digits = conversion.convert(tenths(quantity)).movePointRight(rounding.decimals());
            assertThat(digits.remainder(BigDecimal.ONE)).isEqualByComparingTo(BigDecimal.ZERO);
        }
    }

    private static void assertRounded(RoundingMode mode, Fraction got, Fraction exact, Fraction step) {
        Fraction twice = got.minus(exact).plus(got.minus(exact));
        switch (mode) {
            case UP, CEILING -> assertThat(got).isGreaterThanOrEqualTo(exact);
            case DOWN, FLOOR -> assertThat(got).isLessThanOrEqualTo(exact);
            case HALF_UP -> assertThat(twice).isGreaterThan(step.negated()).isLessThanOrEqualTo(step);
            case HALF_DOWN ->
                assertThat(twice).isGreaterThanOrEqualTo(step.negated()).isLessThan(step);
            default -> assertThat(twice.abs()).isLessThanOrEqualTo(step);
        }
    }

    /** The result as a fraction, which always ends. */
    private static Fraction converted(Conversion conversion, BigDecimal quantity) {
        Fraction factor = Fraction.of(conversion.factor());
        return conversion.operation() == Conversion.Operation.MULTIPLY
                ? new Fraction(
                        Fraction.of(quantity).numerator().multiply(factor.numerator()),
                        Fraction.of(quantity).denominator().multiply(factor.denominator()))
                : new Fraction(
                        Fraction.of(quantity).numerator().multiply(factor.denominator()),
                        Fraction.of(quantity).denominator().multiply(factor.numerator()));
    }

    @Property
    void a_converted_rule_prices_what_the_conversion_gives(
            @ForAll Converted rule, @ForAll @IntRange(max = BEYOND) int quantity) {
        BigDecimal converted = rule.conversion().convert(tenths(quantity));
        assertThat(rule.price(tenths(quantity))).isEqualTo(rule.rule().price(converted));
        assertThat(new Converted(rule.conversion(), new PerUnit(usd(BigDecimal.ONE))).price(tenths(quantity)))
                .isEqualTo(usd(converted));
    }

    @Property
    void a_capacity_costs_the_price_of_the_lowest_tier_that_no_unit_exceeds(
            @ForAll Capacity rule,
            @ForAll @IntRange(max = 120) int members,
            @ForAll @IntRange(max = 120) int gigabytes) {
        assertCapacity(rule, members, gigabytes);
        assertCapacity(rule, 0, 0);
    }

    private static void assertCapacity(Capacity rule, int members, int gigabytes) {
        Map<String, BigDecimal> peaks = HashMap.of("members", tenths(members), "GB", tenths(gigabytes));
        Measure.Several measure = new Measure.Several(peaks);
        Option<Capacity.Limits> fits = Option.none();
        for (int tier = rule.tiers().size() - 1; tier >= 0; tier--) {
            fits = exceeded(rule.tiers().get(tier), peaks)
                    ? fits
                    : Option.some(rule.tiers().get(tier));
        }
        if (fits.isEmpty()) {
            assertThatIllegalArgumentException().isThrownBy(() -> rule.price(measure));
        } else {
            assertThat(rule.price(measure))
                    .isEqualTo(members + gigabytes == 0 ? NOTHING : fits.get().price());
            assertThat(rule.parts(measure).map(part -> part.amount()).fold(NOTHING, Money::plus))
                    .isEqualTo(rule.price(measure));
            assertThat(rule.tiers().get(rule.tierOfUnit(measure).values().max().get() - 1))
                    .isEqualTo(fits.get());
        }
    }

    private static boolean exceeded(Capacity.Limits tier, Map<String, BigDecimal> peaks) {
        boolean exceeded = false;
        for (Tuple2<String, Option<BigDecimal>> limit : tier.byUnit()) {
            exceeded |= limit._2.exists(
                    most -> peaks.get(limit._1).get().subtract(most).signum() > 0);
        }
        return exceeded;
    }

    @Property
    void a_matrix_gives_the_rule_of_the_cell_that_has_all_the_values(
            @ForAll Matrix rule, @ForAll @IntRange(max = 2) int one, @ForAll @IntRange(max = 2) int other) {
        Seq<String> values = Array.of("value " + one, "value " + other);
        assertThat(rule.at(values)).isEqualTo(found(rule, values));
        assertThat(rule.at(values.toList())).isEqualTo(found(rule, values));
    }

    /** Reports of so many steps by the values of two properties, one after the other. */
    record Report(int one, int other, int steps) {

        Seq<String> values() {
            return Array.of("value " + one, "value " + other);
        }
    }

    @Provide
    Arbitrary<List<Report>> reports() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 120))
                .as(Report::new)
                .list()
                .ofMaxSize(8);
    }

    @Property(tries = 300)
    void a_matrix_bills_each_combination_of_values_what_counting_by_its_rule_costs(
            @ForAll Matrix rule, @ForAll("reports") List<Report> reports, @ForAll("steps") SlowPrice slow) {
        Matrix inSteps = new Matrix(
                rule.dimensions(),
                rule.cells().mapValues(slow::inSteps),
                rule.otherwise().map(slow::inSteps));
        Map<String, Money> expected = Array.ofAll(reports)
                .groupBy(Report::values)
                .toArray()
                .flatMap(group -> found(inSteps, group._1)
                        .map(cell -> new Tuple2<>(
                                "sku · " + group._1.mkString(" · "),
                                billed(cell, group._2.map(Report::steps).toJavaList(), slow))))
                .filter(cell -> !cell._2.isZero())
                .toMap(cell -> cell);
        Seq<LineItem> lines = Metered.lines(
                inSteps,
                Array.ofAll(reports)
                        .map(report -> new Metered.Report(
                                slow.steps(report.steps()),
                                HashMap.ofEntries(rule.dimensions().zip(report.values())))));
        assertThat(lines.toMap(LineItem::description, line -> line.net().get()).filterValues(net -> !net.isZero()))
                .isEqualTo(expected);
    }

    /** The last cell in a list of which all values are these. */
    private static Option<PricingRule> found(Matrix rule, Seq<String> values) {
        Option<PricingRule> found = rule.otherwise();
        for (Tuple2<Seq<String>, PricingRule> cell : rule.cells()) {
            boolean same =
                    cell._1.get(0).equals(values.get(0)) && cell._1.get(1).equals(values.get(1));
            found = same ? Option.some(cell._2) : found;
        }
        return found;
    }

    /** What a line for these reports is billed: a percentage by each of them, anything else by what they come to. */
    private static Money billed(PricingRule rule, List<Integer> reports, SlowPrice slow) {
        int sum = reports.stream().mapToInt(Integer::intValue).sum();
        Fraction exact =
                rule instanceof Percentage percentage ? slow.events(percentage, reports, 0) : slow.of(rule, sum);
        return usd(exact.rounded(2, RoundingMode.HALF_UP));
    }

    @Property
    void the_lines_of_a_cell_add_up_to_what_counting_all_of_it_costs(
            @ForAll Matrix rule,
            @ForAll @IntRange(max = 2) int one,
            @ForAll @IntRange(max = 2) int other,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 120) Integer> lines) {
        for (PricingRule cell : rule.at(Array.of("value " + one, "value " + other))) {
            Money sum = NOTHING;
            int billed = 0;
            for (int i = 0; i < lines.size(); i++) {
                int before = billed;
                sum = sum.plus(
                        cell.price(Measure.after(Option.when(i > 0, () -> tenths(before)), tenths(lines.get(i)))));
                billed += lines.get(i);
            }
            assertThat(Fraction.of(sum)).isEqualTo(IN_TENTHS.of(cell, billed));
        }
    }

    @Property
    void a_later_line_of_a_capacity_costs_the_difference_of_the_tiers_that_the_peaks_have_reached(
            @ForAll Capacity rule, @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 60) Integer> peaks) {
        Array<Integer> reached = Array.ofAll(peaks).scanLeft(0, Math::max).tail();
        Money sum = NOTHING;
        Money before = NOTHING;
        for (int peak : reached) {
            Map<String, BigDecimal> soFar = HashMap.of("members", tenths(peak), "GB", tenths(peak));
            Option<Capacity.Limits> tier = rule.tiers().find(limits -> !exceeded(limits, soFar));
            if (tier.isEmpty()) {
                return;
            }
            Money now = rule.price(new Measure.Several(soFar));
            assertThat(now.minus(before))
                    .isEqualTo((peak == 0 ? NOTHING : tier.get().price()).minus(before));
            sum = sum.plus(now.minus(before));
            before = peak == 0 ? NOTHING : tier.get().price();
        }
        assertThat(sum).isEqualTo(before);
    }

    @Property
    void a_price_from_a_cost_is_the_cost_and_what_the_markup_adds(
            @ForAll CostPlus rule, @ForAll @IntRange(max = BEYOND) int cost, @ForAll("steps") SlowPrice slow) {
        assertPrice(rule, cost, slow);
    }

    @Property
    void a_price_per_unit_and_a_flat_price_cost_what_counting_costs(
            @ForAll PerUnit unit,
            @ForAll Flat flat,
            @ForAll @IntRange(max = BEYOND) int quantity,
            @ForAll("steps") SlowPrice slow) {
        assertPrice(unit, quantity, slow);
        assertPrice(flat, quantity, slow);
    }

    @Property
    void prorated_graduated_tiers_cost_what_each_tenth_that_comes_or_goes_costs_for_its_time(
            @ForAll Graduated rule, @ForAll @Size(max = 6) List<RuleArbitraries.Come> changes) {
        Fraction sum = Fraction.ZERO;
        int level = 0;
        int peak = 0;
        for (RuleArbitraries.Come change : changes) {
            for (int i = 0; i < Math.abs(change.units()); i++) {
                int top = change.units() > 0 ? level + 1 : level;
                Fraction price = Fraction.of(
                        IN_TENTHS.tierOf(rule.tiers(), top).unitPrice().amount().movePointLeft(3));
                Fraction share = Fraction.of(change.prorated(), Math.abs(change.units()));
                sum = sum.plus(new Fraction(
                        price.numerator().multiply(share.numerator()),
                        price.denominator().multiply(share.denominator())));
                level += Integer.signum(change.units());
            }
            peak = Math.max(peak, level);
        }
        Fraction counted = sum.numerator().signum() < 0 ? Fraction.ZERO : sum;
        counted = counted.plus(Fraction.of(feesOf(rule, peak)));
        Rounding rounding = Rounding.toDecimals(20, RoundingMode.HALF_UP);
        Money expected = level < 0
                ? NOTHING
                : usd(new BigDecimal(counted.numerator())
                        .divide(new BigDecimal(counted.denominator()), 20, RoundingMode.HALF_UP));
        List<Graduated.Change> asked = new ArrayList<>();
        changes.forEach(change ->
                asked.add(new Graduated.Change(tenths(change.units()), BigDecimal.valueOf(change.prorated(), 3))));
        assertThat(rule.prorated(asked, rounding)).isEqualTo(expected);
    }

    private static Money feesOf(Graduated rule, int peak) {
        if (peak == 0) {
            return rule.freeAtZero() ? NOTHING : rule.tiers().head().flatFee();
        }
        Array<PriceTier> entered = Array.empty();
        for (int tenth = 1; tenth <= peak; tenth++) {
            PriceTier tier = IN_TENTHS.tierOf(rule.tiers(), tenth);
            entered = entered.contains(tier) ? entered : entered.append(tier);
        }
        return entered.map(PriceTier::flatFee).fold(NOTHING, Money::plus);
    }

    @Property
    void a_prorated_volume_is_the_price_of_the_full_units_tier_for_each_prorated_tenth(
            @ForAll Volume rule,
            @ForAll @IntRange(min = 1, max = BEYOND) int full,
            @ForAll @IntRange(max = 100) int part) {
        PriceTier tier = IN_TENTHS.tierOf(rule.tiers(), full);
        Money counted = tier.flatFee();
        for (int tenth = 0; tenth < part; tenth++) {
            counted = counted.plus(tier.unitPrice().times(tenths(1)));
        }
        assertThat(rule.prorated(tenths(full), tenths(part))).isEqualTo(counted);
    }
}

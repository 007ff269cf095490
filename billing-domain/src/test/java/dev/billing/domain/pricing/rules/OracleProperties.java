package dev.billing.domain.pricing.rules;

import static dev.billing.domain.pricing.rules.RuleArbitraries.MOST;
import static dev.billing.domain.pricing.rules.RuleArbitraries.tenths;
import static dev.billing.domain.pricing.rules.RuleArbitraries.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.Fraction;
import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Blocks;
import dev.billing.domain.pricing.Capacity;
import dev.billing.domain.pricing.Conversion;
import dev.billing.domain.pricing.Converted;
import dev.billing.domain.pricing.CostPlus;
import dev.billing.domain.pricing.Dynamic;
import dev.billing.domain.pricing.FreeUnits;
import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.GraduatedPercentage;
import dev.billing.domain.pricing.Markup;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.Packaged;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PriceTier;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.StairStep;
import dev.billing.domain.pricing.Volume;
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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Every rule against somebody who counts: a tenth of a unit at a time, putting each where it belongs. */
@Domain(DomainContext.Global.class)
@Domain(RuleArbitraries.class)
class OracleProperties {

    private static final int BEYOND = MOST + 100;
    private static final Money NOTHING = usd(BigDecimal.ZERO);

    @Property
    void graduated_tiers_cost_what_each_tenth_of_a_unit_costs_in_its_tier_and_the_fees_of_tiers_entered(
            @ForAll Graduated rule, @ForAll @IntRange(max = BEYOND) int quantity) {
        Money counted = rule.freeAtZero() && quantity == 0
                ? NOTHING
                : rule.tiers().head().flatFee();
        PriceTier tier = rule.tiers().head();
        for (int tenth = 1; tenth <= quantity; tenth++) {
            PriceTier of = tierOf(rule.tiers(), tenth);
            counted = of.equals(tier) ? counted : counted.plus(of.flatFee());
            tier = of;
            counted = counted.plus(aTenth(of.unitPrice()));
        }
        // tiers that are skipped by no tenth do not exist: their bounds are tenths too
        assertThat(rule.price(tenths(quantity))).isEqualTo(counted);
    }

    private static PriceTier tierOf(Seq<PriceTier> tiers, int tenth) {
        for (PriceTier tier : tiers) {
            if (tier.upTo().isEmpty() || tier.upTo().get().movePointRight(1).intValueExact() >= tenth) {
                return tier;
            }
        }
        throw new AssertionError("The last tier must be open, but was not in " + tiers);
    }

    private static Money aTenth(Money price) {
        return Money.of(price.currency(), price.amount().movePointLeft(1));
    }

    @Property
    void volume_prices_cost_the_price_of_the_tier_in_which_the_last_tenth_lies(
            @ForAll Volume rule, @ForAll @IntRange(max = BEYOND) int quantity) {
        PriceTier reached = tierOf(rule.tiers(), quantity);
        Money counted = rule.freeAtZero() && quantity == 0 ? NOTHING : reached.flatFee();
        for (int tenth = 1; tenth <= quantity; tenth++) {
            counted = counted.plus(aTenth(reached.unitPrice()));
        }
        assertThat(rule.price(tenths(quantity))).isEqualTo(counted);
    }

    @Property
    void stairs_cost_the_price_of_the_step_that_is_climbed_to(
            @ForAll StairStep rule, @ForAll @IntRange(max = BEYOND) int quantity) {
        int step = 0;
        for (int tenth = 0; tenth <= quantity; tenth++) {
            BigDecimal height = tenths(tenth);
            step += rule.steps().get(step).upTo().exists(bound -> height.compareTo(bound) > 0) ? 1 : 0;
        }
        assertThat(rule.price(tenths(quantity)))
                .isEqualTo(rule.steps().get(step).price());
    }

    @Property
    void packages_cost_what_opening_one_after_another_costs(
            @ForAll Packaged rule, @ForAll @IntRange(max = BEYOND) int quantity) {
        int included = rule.included().movePointRight(1).intValueExact();
        int packages = boxes(Math.max(0, quantity - included), rule.size(), rule.roundDown());
        Money counted = NOTHING;
        for (int box = 0; box < packages; box++) {
            counted = counted.plus(rule.price());
        }
        assertThat(rule.price(tenths(quantity))).isEqualTo(counted);
        assertThat(rule.packages(tenths(quantity))).isEqualByComparingTo(BigDecimal.valueOf(packages));
    }

    /** Puts tenths into boxes, one at a time. */
    private static int boxes(int quantity, BigDecimal size, boolean fullOnly) {
        int room = size.movePointRight(1).intValueExact();
        int begun = 0;
        int full = 0;
        int inBox = 0;
        for (int tenth = 0; tenth < quantity; tenth++) {
            begun += inBox == 0 ? 1 : 0;
            inBox++;
            if (inBox == room) {
                full++;
                inBox = 0;
            }
        }
        return fullOnly ? full : begun;
    }

    @Property
    void blocks_cost_what_filling_tier_after_tier_costs(
            @ForAll Blocks rule, @ForAll @IntRange(max = BEYOND) int quantity) {
        assertBlocks(rule, quantity);
        int bound = 0;
        for (Blocks.BlockTier tier :
                rule.tiers().filter(limited -> limited.maxBlocks().isDefined())) {
            bound += capacity(tier);
            assertBlocks(rule, bound);
            assertBlocks(rule, bound + 1);
        }
    }

    private static void assertBlocks(Blocks rule, int quantity) {
        int[] inTier = new int[rule.tiers().size()];
        int tier = 0;
        int lost = 0;
        for (int tenth = 0; tenth < quantity; tenth++) {
            while (tier < inTier.length && inTier[tier] == capacity(rule.tiers().get(tier))) {
                tier++;
            }
            if (tier < inTier.length) {
                inTier[tier]++;
            } else {
                lost++;
            }
        }
        int reached = Math.min(tier, inTier.length - 1);
        Money counted = NOTHING;
        if (rule.policy() == Blocks.Policy.TOP_TIER) {
            counted = inBlocks(rule.tiers().get(reached), quantity);
        } else {
            for (int i = 0; i < inTier.length; i++) {
                counted = counted.plus(inBlocks(rule.tiers().get(i), inTier[i]));
            }
        }
        assertThat(rule.price(tenths(quantity))).isEqualTo(counted);
        assertThat(lost == 0 || rule.tiers().last().maxBlocks().isDefined()).isTrue();
    }

    private static int capacity(Blocks.BlockTier tier) {
        return tier.maxBlocks()
                .map(max -> Math.toIntExact(max) * tier.size().movePointRight(1).intValueExact())
                .getOrElse(Integer.MAX_VALUE);
    }

    private static Money inBlocks(Blocks.BlockTier tier, int quantity) {
        return tier.price().times(boxes(quantity, tier.size(), tier.roundDown()));
    }

    @Property
    void percentages_cost_what_asking_each_event_in_turn_costs(
            @ForAll Percentage rule, @ForAll @Size(max = 6) List<@IntRange(max = 200) Integer> events) {
        Money counted = NOTHING;
        int used = 0;
        for (int i = 0; i < events.size(); i++) {
            int charged = 0;
            for (int tenth = 0; tenth < events.get(i); tenth++) {
                charged += tenths(used).compareTo(rule.freeAmount()) < 0 ? 0 : 1;
                used++;
            }
            counted = counted.plus(isFree(rule, i, used) ? NOTHING : event(rule, charged));
        }
        Measure.Events measure =
                rule.measure(events.stream().map(RuleArbitraries::tenths).toList());
        assertThat(rule.price(measure)).isEqualTo(counted);
        assertThat(rule.parts(measure).map(part -> part.amount()).fold(NOTHING, Money::plus))
                .isEqualTo(rule.price(measure));
    }

    private static boolean isFree(Percentage rule, int earlier, int usedAfter) {
        boolean wholly = tenths(usedAfter).compareTo(rule.freeAmount()) < 0;
        boolean early = earlier < rule.freeEvents();
        if (rule.freeAmount().signum() == 0) {
            return early;
        }
        return rule.freeEvents() == 0 ? wholly : wholly && early;
    }

    private static Money event(Percentage rule, int charged) {
        Money due = usd(tenths(charged).multiply(rule.percent()).divide(BigDecimal.valueOf(100)))
                .plus(rule.fee().getOrElse(NOTHING));
        if (rule.minimum().exists(least -> due.compareTo(least) < 0)) {
            return rule.minimum().get();
        }
        return rule.maximum().exists(most -> due.compareTo(most) > 0)
                ? rule.maximum().get()
                : due;
    }

    @Property
    void graduated_percentages_cost_what_each_tenth_of_the_amount_costs_in_its_tier(
            @ForAll GraduatedPercentage rule, @ForAll @IntRange(max = BEYOND) int amount) {
        Fraction counted = Fraction.of(rule.tiers().head().flatFee());
        int tier = 0;
        for (int tenth = 1; tenth <= amount; tenth++) {
            BigDecimal so = tenths(tenth);
            if (rule.tiers().get(tier).upTo().exists(bound -> so.compareTo(bound) > 0)) {
                tier++;
                counted = counted.plus(Fraction.of(rule.tiers().get(tier).flatFee()));
            }
            counted = counted.plus(Fraction.of(rule.tiers().get(tier).percent().movePointLeft(3)));
        }
        assertThat(Fraction.of(rule.price(tenths(amount)))).isEqualTo(counted);
    }

    @Property
    void a_dynamic_price_is_the_multiplier_for_each_unit_of_value(
            @ForAll Dynamic rule, @ForAll @IntRange(max = BEYOND) int value) {
        Money counted = NOTHING;
        for (int tenth = 0; tenth < value; tenth++) {
            counted = counted.plus(usd(rule.multiplier().movePointLeft(1)));
        }
        assertThat(rule.price(tenths(value))).isEqualTo(counted);
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
        Option<PricingRule> found = rule.otherwise();
        for (Tuple2<Seq<String>, PricingRule> cell : rule.cells()) {
            boolean same =
                    cell._1.get(0).equals(values.get(0)) && cell._1.get(1).equals(values.get(1));
            found = same ? Option.some(cell._2) : found;
        }
        assertThat(rule.at(values)).isEqualTo(found);
        assertThat(rule.at(values.toList())).isEqualTo(found);
    }

    @Property
    void a_price_from_a_cost_is_the_cost_and_what_the_markup_adds(
            @ForAll CostPlus rule, @ForAll @IntRange(max = BEYOND) int cost) {
        Fraction expected;
        if (rule.markup() instanceof Markup.Custom custom) {
            expected = Fraction.of(custom.price());
        } else if (rule.markup() instanceof Markup.Fixed fixed) {
            expected = Fraction.of(tenths(cost)).plus(Fraction.of(fixed.amount()));
        } else {
            expected = Fraction.of(tenths(cost));
            Fraction aTenth =
                    Fraction.of(((Markup.Percent) rule.markup()).percent().movePointLeft(3));
            for (int tenth = 0; tenth < cost; tenth++) {
                expected = expected.plus(aTenth);
            }
        }
        assertThat(Fraction.of(rule.price(tenths(cost)))).isEqualTo(expected);
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
                        tierOf(rule.tiers(), top).unitPrice().amount().movePointLeft(3));
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
            PriceTier tier = tierOf(rule.tiers(), tenth);
            entered = entered.contains(tier) ? entered : entered.append(tier);
        }
        return entered.map(PriceTier::flatFee).fold(NOTHING, Money::plus);
    }

    @Property
    void a_prorated_volume_is_the_price_of_the_full_units_tier_for_each_prorated_tenth(
            @ForAll Volume rule,
            @ForAll @IntRange(min = 1, max = BEYOND) int full,
            @ForAll @IntRange(max = 100) int part) {
        PriceTier tier = tierOf(rule.tiers(), full);
        Money counted = tier.flatFee();
        for (int tenth = 0; tenth < part; tenth++) {
            counted = counted.plus(aTenth(tier.unitPrice()));
        }
        assertThat(rule.prorated(tenths(full), tenths(part))).isEqualTo(counted);
    }
}

package dev.billing.domain.pricing.rules;

import static dev.billing.domain.pricing.rules.RuleArbitraries.tenths;
import static dev.billing.domain.pricing.rules.RuleArbitraries.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.GraduatedPercentage;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.Part;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PriceTier;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Tiers;
import dev.billing.domain.pricing.Volume;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(RuleArbitraries.class)
class RuleLawsProperties {

    private static final Money NOTHING = usd(BigDecimal.ZERO);

    @Property
    void the_lines_of_a_period_add_up_to_the_price_of_all_of_it(
            @ForAll(supplier = RuleArbitraries.Any.class) PricingRule rule,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 120) Integer> lines) {
        Option<BigDecimal> billed = Option.none();
        Money sum = NOTHING;
        for (int line : lines) {
            Measure measure = Measure.after(billed, tenths(line));
            sum = sum.plus(rule.price(measure));
            assertThat(sumOf(rule.parts(measure))).isEqualTo(rule.price(measure));
            billed = Option.some(billed.getOrElse(BigDecimal.ZERO).add(tenths(line)));
        }
        assertThat(sum).isEqualTo(rule.price(billed.get()));
    }

    @Property
    void what_is_taken_back_later_costs_the_difference(
            @ForAll(supplier = RuleArbitraries.Any.class) PricingRule rule,
            @ForAll @IntRange(max = 400) int before,
            @ForAll @IntRange(max = 400) int after) {
        Measure more = Measure.after(Option.some(tenths(before)), tenths(after - before));
        assertThat(rule.price(tenths(before)).plus(rule.price(more))).isEqualTo(rule.price(tenths(after)));
        assertThat(sumOf(rule.parts(more))).isEqualTo(rule.price(more));
    }

    @Property
    void parts_add_up_to_the_price(
            @ForAll(supplier = RuleArbitraries.Any.class) PricingRule rule,
            @ForAll @IntRange(max = 50_000) int thousandths) {
        BigDecimal quantity = BigDecimal.valueOf(thousandths, 3);
        assertThat(sumOf(rule.parts(quantity))).isEqualTo(rule.price(quantity));
        assertThat(rule.price(Measure.of(quantity))).isEqualTo(rule.price(quantity));
    }

    private static Money sumOf(Seq<Part> parts) {
        return parts.map(Part::amount).fold(NOTHING, Money::plus);
    }

    @Property
    void a_price_is_in_the_rules_currency_and_never_below_zero(
            @ForAll(supplier = RuleArbitraries.Any.class) PricingRule rule, @ForAll @IntRange(max = 500) int quantity) {
        assertThat(rule.price(tenths(quantity)).currency()).isEqualTo(rule.currency());
        assertThat(rule.price(tenths(quantity)).isNegative()).isFalse();
        rule.unitPrice()
                .forEach(unit -> assertThat(unit.times(tenths(quantity))).isEqualTo(rule.price(tenths(quantity))));
    }

    @Property
    void the_digits_a_quantity_is_written_with_do_not_matter(
            @ForAll(supplier = RuleArbitraries.Any.class) PricingRule rule,
            @ForAll @IntRange(max = 50) int tens,
            @ForAll @IntRange(max = 9) int zeros) {
        BigDecimal quantity = BigDecimal.valueOf(tens, -1);
        assertThat(rule.price(quantity.setScale(zeros))).isEqualTo(rule.price(quantity));
    }

    @Property
    void negative_quantities_are_refused(
            @ForAll(supplier = RuleArbitraries.Any.class) PricingRule rule,
            @ForAll @IntRange(min = 1, max = 500) int quantity) {
        BigDecimal negative = tenths(-quantity);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.price(negative))
                .withMessageContaining("negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.parts(negative))
                .withMessageContaining("negative");
    }

    @Property
    void the_price_of_a_unit_that_is_shown_times_the_quantity_is_the_price_but_for_its_rounding(
            @ForAll(supplier = RuleArbitraries.Any.class) PricingRule rule,
            @ForAll @IntRange(min = 1, max = 500) int quantity) {
        Measure measure = Measure.of(tenths(quantity));
        Money shown = rule.effectiveUnitPrice(measure, Rounding.toDecimals(40, RoundingMode.HALF_UP))
                .get();
        Money again = shown.times(tenths(quantity));
        assertThat(again.minus(rule.price(measure)).amount().abs()).isLessThan(new BigDecimal("1E-38"));
    }

    @Property
    void rules_that_read_the_same_are_the_same(
            @ForAll(supplier = RuleArbitraries.Any.class) PricingRule rule,
            @ForAll(supplier = RuleArbitraries.Any.class) PricingRule other) {
        boolean readTheSame = rule.toString().equals(other.toString());
        assertThat(rule.equals(other) || !readTheSame)
                .as("%s and %s", rule, other)
                .isTrue();
    }

    @Property
    void tiered_rules_of_equal_tiers_are_equal(
            @ForAll Graduated rule, @ForAll Volume volume, @ForAll GraduatedPercentage percent) {
        Graduated same = new Graduated(rule.tiers().toList(), rule.freeAtZero());
        assertThat(same).isEqualTo(rule).hasSameHashCodeAs(rule).hasToString(rule.toString());
        assertThat(new Graduated(rule.tiers(), !rule.freeAtZero())).isNotEqualTo(rule);
        assertThat(new Volume(volume.tiers().toList(), volume.freeAtZero()))
                .isEqualTo(volume)
                .hasSameHashCodeAs(volume);
        GraduatedPercentage again =
                new GraduatedPercentage(percent.currency(), percent.tiers().toList());
        assertThat(again).isEqualTo(percent).hasSameHashCodeAs(percent).hasToString(percent.toString());
    }

    @Property
    void all_units_at_once_or_tier_by_tier_cost_the_same_within_the_first_tier(
            @ForAll Graduated rule, @ForAll @IntRange(max = 400) int quantity) {
        BigDecimal within = tenths(quantity).min(rule.tiers().head().upTo().getOrElse(tenths(quantity)));
        assertThat(new Volume(rule.tiers(), rule.freeAtZero()).price(within)).isEqualTo(rule.price(within));
    }

    @Property
    void a_percentage_of_the_whole_is_that_of_its_events_when_nothing_is_counted_by_event(
            @ForAll @IntRange(max = 10_000) int hundredths,
            @ForAll @Size(max = 8) List<@IntRange(max = 500) Integer> events) {
        Percentage rule = Percentage.of(DomainArbitraries.USD, BigDecimal.valueOf(hundredths, 2));
        BigDecimal whole = tenths(events.stream().mapToInt(Integer::intValue).sum());
        Measure measure =
                rule.measure(events.stream().map(RuleArbitraries::tenths).toList());
        assertThat(rule.price(measure)).isEqualTo(rule.price(whole));
        assertThat(measure.quantity()).isEqualByComparingTo(whole);
    }

    @Property
    void an_event_costs_the_same_alone_and_counted(
            @ForAll Percentage rule, @ForAll @IntRange(min = 1, max = 500) int amount) {
        assertThat(rule.price(rule.measure(List.of(tenths(amount))))).isEqualTo(rule.price(tenths(amount)));
    }

    @Property
    void tiers_may_be_given_by_both_bounds(@ForAll Graduated rule) {
        Array<BigDecimal> lower =
                Array.of(BigDecimal.ZERO).appendAll(rule.tiers().flatMap(PriceTier::upTo));
        Seq<Tiers.Range> ranges = rule.tiers()
                .zipWith(lower, (tier, from) -> new Tiers.Range(from, tier.upTo(), tier.unitPrice(), tier.flatFee()));
        assertThat(Tiers.of(ranges).get()).isEqualTo(rule.tiers());
    }
}

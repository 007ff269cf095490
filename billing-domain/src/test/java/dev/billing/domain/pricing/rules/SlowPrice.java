package dev.billing.domain.pricing.rules;

import dev.billing.domain.Fraction;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Blocks;
import dev.billing.domain.pricing.CostPlus;
import dev.billing.domain.pricing.Dynamic;
import dev.billing.domain.pricing.Flat;
import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.GraduatedPercentage;
import dev.billing.domain.pricing.Markup;
import dev.billing.domain.pricing.Packaged;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PriceTier;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.StairStep;
import dev.billing.domain.pricing.Volume;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.List;

/**
 * Prices as somebody finds them who counts: one step of a quantity after the other, putting each where it belongs. A step is a tenth of a
 * unit, or anything else of which all bounds and sizes of a rule are multiples.
 */
record SlowPrice(BigDecimal step) {

    /** So many steps. */
    BigDecimal steps(int count) {
        return step.multiply(BigDecimal.valueOf(count));
    }

    /** The same rule, with bounds and sizes of as many steps as it has tenths. */
    PricingRule inSteps(PricingRule rule) {
        if (rule instanceof Graduated graduated) {
            return new Graduated(graduated.tiers().map(this::inSteps), graduated.freeAtZero());
        }
        if (rule instanceof Volume volume) {
            return new Volume(volume.tiers().map(this::inSteps), volume.freeAtZero());
        }
        if (rule instanceof StairStep stairs) {
            return new StairStep(stairs.steps().map(one -> new StairStep.Step(inSteps(one.upTo()), one.price())));
        }
        if (rule instanceof Packaged packaged) {
            return new Packaged(
                    inSteps(packaged.size()), packaged.price(), inSteps(packaged.included()), packaged.roundDown());
        }
        if (rule instanceof Blocks blocks) {
            return new Blocks(
                    blocks.tiers()
                            .map(tier -> new Blocks.BlockTier(
                                    inSteps(tier.size()), tier.maxBlocks(), tier.price(), tier.roundDown())),
                    blocks.policy());
        }
        if (rule instanceof Percentage percentage) {
            return inSteps(percentage);
        }
        if (rule instanceof GraduatedPercentage graduated) {
            return new GraduatedPercentage(
                    graduated.currency(),
                    graduated
                            .tiers()
                            .map(tier -> new GraduatedPercentage.PercentTier(
                                    inSteps(tier.upTo()), tier.percent(), tier.flatFee())));
        }
        return rule;
    }

    /** The same for a percentage. */
    Percentage inSteps(Percentage rule) {
        return new Percentage(
                rule.currency(),
                rule.percent(),
                rule.fee(),
                rule.freeEvents(),
                inSteps(rule.freeAmount()),
                rule.minimum(),
                rule.maximum());
    }

    private PriceTier inSteps(PriceTier tier) {
        return new PriceTier(inSteps(tier.upTo()), tier.unitPrice(), tier.flatFee());
    }

    private Option<BigDecimal> inSteps(Option<BigDecimal> tenths) {
        return tenths.map(this::inSteps);
    }

    /** As many steps as these are tenths. */
    BigDecimal inSteps(BigDecimal tenths) {
        return steps(tenths.movePointRight(1).intValueExact());
    }

    /** What so many steps cost. */
    Fraction of(PricingRule rule, int steps) {
        if (rule instanceof Flat flat) {
            return Fraction.of(flat.price());
        }
        if (rule instanceof PerUnit perUnit) {
            return each(Fraction.of(perUnit.price()), steps);
        }
        if (rule instanceof Graduated graduated) {
            return graduated(graduated, steps);
        }
        if (rule instanceof Volume volume) {
            return volume(volume, steps);
        }
        if (rule instanceof StairStep stairs) {
            return climbed(stairs, steps);
        }
        if (rule instanceof Packaged packaged) {
            return times(packaged.price(), packages(packaged, steps));
        }
        if (rule instanceof Blocks blocks) {
            return blocks(blocks, steps);
        }
        if (rule instanceof Percentage percentage) {
            return events(percentage, steps == 0 ? List.of() : List.of(steps), 0);
        }
        if (rule instanceof GraduatedPercentage graduated) {
            return percentages(graduated, steps);
        }
        if (rule instanceof Dynamic dynamic) {
            return each(Fraction.of(dynamic.multiplier()), steps);
        }
        return cost((CostPlus) rule, steps);
    }

    private Fraction each(Fraction unitPrice, int steps) {
        Fraction aStep = unitPrice.times(Fraction.of(step));
        Fraction counted = Fraction.ZERO;
        for (int i = 0; i < steps; i++) {
            counted = counted.plus(aStep);
        }
        return counted;
    }

    private static Fraction times(Money price, int count) {
        Fraction counted = Fraction.ZERO;
        for (int i = 0; i < count; i++) {
            counted = counted.plus(Fraction.of(price));
        }
        return counted;
    }

    private Fraction graduated(Graduated rule, int steps) {
        PriceTier tier = rule.tiers().head();
        Fraction counted = rule.freeAtZero() && steps == 0 ? Fraction.ZERO : Fraction.of(tier.flatFee());
        for (int i = 1; i <= steps; i++) {
            PriceTier of = tierOf(rule.tiers(), i);
            counted = of.equals(tier) ? counted : counted.plus(Fraction.of(of.flatFee()));
            tier = of;
            counted = counted.plus(Fraction.of(of.unitPrice()).times(Fraction.of(step)));
        }
        // no tier is skipped: all bounds are steps
        return counted;
    }

    /** The tier in which a step lies. */
    PriceTier tierOf(Seq<PriceTier> tiers, int number) {
        for (PriceTier tier : tiers) {
            if (tier.upTo().isEmpty() || steps(number).compareTo(tier.upTo().get()) <= 0) {
                return tier;
            }
        }
        throw new AssertionError("The last tier must be open, but was not in " + tiers);
    }

    private Fraction volume(Volume rule, int steps) {
        PriceTier reached = tierOf(rule.tiers(), steps);
        Fraction fee = rule.freeAtZero() && steps == 0 ? Fraction.ZERO : Fraction.of(reached.flatFee());
        return each(Fraction.of(reached.unitPrice()), steps).plus(fee);
    }

    private Fraction climbed(StairStep rule, int steps) {
        int reached = 0;
        for (int i = 0; i <= steps; i++) {
            BigDecimal height = steps(i);
            reached += rule.steps().get(reached).upTo().exists(bound -> height.compareTo(bound) > 0) ? 1 : 0;
        }
        return Fraction.of(rule.steps().get(reached).price());
    }

    /** How many packages so many steps open, or fill. */
    int packages(Packaged rule, int steps) {
        int beyond = 0;
        for (int i = 1; i <= steps; i++) {
            beyond += steps(i).compareTo(rule.included()) > 0 ? 1 : 0;
        }
        return boxes(beyond, rule.size(), rule.roundDown());
    }

    /** Puts steps into boxes, one at a time. */
    private int boxes(int steps, BigDecimal size, boolean fullOnly) {
        int begun = 0;
        int full = 0;
        BigDecimal inBox = BigDecimal.ZERO;
        for (int i = 0; i < steps; i++) {
            begun += inBox.signum() == 0 ? 1 : 0;
            inBox = inBox.add(step);
            if (inBox.compareTo(size) == 0) {
                full++;
                inBox = BigDecimal.ZERO;
            }
        }
        return fullOnly ? full : begun;
    }

    private Fraction blocks(Blocks rule, int steps) {
        int[] inTier = new int[rule.tiers().size()];
        int tier = 0;
        for (int i = 0; i < steps; i++) {
            while (tier < inTier.length && inTier[tier] == room(rule.tiers().get(tier))) {
                tier++;
            }
            if (tier < inTier.length) {
                inTier[tier]++;
            }
        }
        if (rule.policy() == Blocks.Policy.TOP_TIER) {
            return inBlocks(rule.tiers().get(Math.min(tier, inTier.length - 1)), steps);
        }
        Fraction counted = Fraction.ZERO;
        for (int i = 0; i < inTier.length; i++) {
            counted = counted.plus(inBlocks(rule.tiers().get(i), inTier[i]));
        }
        return counted;
    }

    /** How many steps a tier of blocks holds. */
    int room(Blocks.BlockTier tier) {
        return tier.maxBlocks()
                .map(max -> Math.toIntExact(max) * tier.size().divide(step).intValueExact())
                .getOrElse(Integer.MAX_VALUE);
    }

    private Fraction inBlocks(Blocks.BlockTier tier, int steps) {
        return times(tier.price(), boxes(steps, tier.size(), tier.roundDown()));
    }

    /**
     * What events pay, each in its turn.
     *
     * @param events of so many steps
     * @param after how many of them are on earlier lines, and only count
     */
    Fraction events(Percentage rule, List<Integer> events, int after) {
        Fraction counted = Fraction.ZERO;
        int used = 0;
        for (int i = 0; i < events.size(); i++) {
            int charged = 0;
            for (int s = 0; s < events.get(i); s++) {
                charged += steps(used).compareTo(rule.freeAmount()) < 0 ? 0 : 1;
                used++;
            }
            counted = i < after || isFree(rule, i, used) ? counted : counted.plus(event(rule, charged));
        }
        return counted;
    }

    private boolean isFree(Percentage rule, int earlier, int usedAfter) {
        boolean wholly = steps(usedAfter).compareTo(rule.freeAmount()) < 0;
        boolean early = earlier < rule.freeEvents();
        if (rule.freeAmount().signum() == 0) {
            return early;
        }
        return rule.freeEvents() == 0 ? wholly : wholly && early;
    }

    private Fraction event(Percentage rule, int charged) {
        Fraction due = each(Fraction.of(rule.percent().movePointLeft(2)), charged)
                .plus(rule.fee().map(Fraction::of).getOrElse(Fraction.ZERO));
        Array<Fraction> least =
                rule.minimum().toArray().map(Fraction::of).filter(minimum -> due.compareTo(minimum) < 0);
        Array<Fraction> most = rule.maximum().toArray().map(Fraction::of).filter(maximum -> due.compareTo(maximum) > 0);
        return least.appendAll(most).headOption().getOrElse(due);
    }

    private Fraction percentages(GraduatedPercentage rule, int steps) {
        Fraction counted = Fraction.of(rule.tiers().head().flatFee());
        int tier = 0;
        for (int i = 1; i <= steps; i++) {
            BigDecimal so = steps(i);
            if (rule.tiers().get(tier).upTo().exists(bound -> so.compareTo(bound) > 0)) {
                tier++;
                counted = counted.plus(Fraction.of(rule.tiers().get(tier).flatFee()));
            }
            Fraction percent = Fraction.of(rule.tiers().get(tier).percent().movePointLeft(2));
            counted = counted.plus(percent.times(Fraction.of(step)));
        }
        return counted;
    }

    private Fraction cost(CostPlus rule, int steps) {
        if (rule.markup() instanceof Markup.Custom custom) {
            return Fraction.of(custom.price());
        }
        if (rule.markup() instanceof Markup.Fixed fixed) {
            return each(Fraction.ONE, steps).plus(Fraction.of(fixed.amount()));
        }
        BigDecimal percent = ((Markup.Percent) rule.markup()).percent();
        return each(Fraction.ONE.plus(Fraction.of(percent.movePointLeft(2))), steps);
    }
}

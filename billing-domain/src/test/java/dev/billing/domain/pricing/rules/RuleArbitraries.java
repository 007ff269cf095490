package dev.billing.domain.pricing.rules;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.money.Money;
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
import dev.billing.domain.pricing.Markup;
import dev.billing.domain.pricing.Matrix;
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
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Rules of every kind. Bounds and sizes are small multiples of 0.1, so that an oracle can count them; prices have up to 34 digits. */
public final class RuleArbitraries extends DomainContextBase {

    static final int MOST = 300;

    /** So many tenths of a unit. */
    static BigDecimal tenths(long count) {
        return BigDecimal.valueOf(count, 1);
    }

    static Money usd(BigDecimal amount) {
        return Money.of(DomainArbitraries.USD, amount);
    }

    private static Arbitrary<Integer> upTo(int most) {
        return Arbitraries.integers().between(0, most);
    }

    private static Arbitrary<BigDecimal> amounts() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(BigDecimal.ZERO)),
                Tuple.of(4, upTo(10_000).map(cents -> BigDecimal.valueOf(cents, 2))),
                Tuple.of(
                        2,
                        Arbitraries.bigIntegers()
                                .between(BigInteger.ZERO, BigInteger.TEN.pow(34).subtract(BigInteger.ONE))
                                .map(digits -> new BigDecimal(digits, 33))));
    }

    @Provide
    Arbitrary<Money> prices() {
        return amounts().map(RuleArbitraries::usd).withoutEdgeCases();
    }

    private static Arbitrary<Seq<Option<BigDecimal>>> bounds(int lowest) {
        return Arbitraries.integers()
                .between(lowest, MOST)
                .set()
                .ofMaxSize(5)
                .map(set -> Array.ofAll(set)
                        .sorted()
                        .map(bound -> Option.some(tenths(bound)))
                        .append(Option.none()));
    }

    private Arbitrary<Seq<PriceTier>> priceTiers() {
        return bounds(1)
                .flatMap(bounds -> Combinators.combine(
                                prices().list().ofSize(bounds.size()),
                                prices().list().ofSize(bounds.size()))
                        .as((units, fees) ->
                                bounds.zipWithIndex((bound, i) -> new PriceTier(bound, units.get(i), fees.get(i)))));
    }

    @Provide
    Arbitrary<PerUnit> perUnit() {
        return prices().map(PerUnit::new);
    }

    @Provide
    Arbitrary<Flat> flat() {
        return prices().map(Flat::new);
    }

    @Provide
    Arbitrary<Graduated> graduated() {
        return Combinators.combine(priceTiers(), Arbitraries.of(true, false))
                .as(Graduated::new)
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Volume> volume() {
        return Combinators.combine(priceTiers(), Arbitraries.of(true, false))
                .as(Volume::new)
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<StairStep> stairStep() {
        return bounds(0)
                .flatMap(bounds -> prices().list()
                        .ofSize(bounds.size())
                        .map(prices -> new StairStep(
                                bounds.zipWithIndex((bound, i) -> new StairStep.Step(bound, prices.get(i))))))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Packaged> packaged() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 60), prices(), upTo(50), Arbitraries.of(true, false))
                .as((size, price, included, down) -> new Packaged(tenths(size), price, tenths(included), down))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Blocks> blocks() {
        Arbitrary<Blocks.BlockTier> tiers = Combinators.combine(
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.longs().between(1, 5),
                        prices(),
                        Arbitraries.of(true, false))
                .as((size, max, price, down) -> new Blocks.BlockTier(tenths(size), Option.some(max), price, down));
        return Combinators.combine(
                        tiers.list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Blocks.Policy.class))
                .as((list, open, policy) -> new Blocks(open ? openAtEnd(list) : Array.ofAll(list), policy))
                .withoutEdgeCases();
    }

    private static Seq<Blocks.BlockTier> openAtEnd(List<Blocks.BlockTier> list) {
        Array<Blocks.BlockTier> tiers = Array.ofAll(list);
        Blocks.BlockTier last = tiers.last();
        return tiers.init().append(new Blocks.BlockTier(last.size(), Option.none(), last.price(), last.roundDown()));
    }

    @Provide
    Arbitrary<Percentage> percentage() {
        Arbitrary<Option<Money>> some = upTo(300)
                .map(cents -> Option.some(usd(BigDecimal.valueOf(cents, 2))))
                .injectNull(0.4)
                .map(money -> money == null ? Option.none() : money);
        Arbitrary<Option<Money>> more = some.map(money -> money.map(least -> least.plus(usd(BigDecimal.valueOf(3)))));
        return Combinators.combine(
                        upTo(10_000).map(hundredths -> BigDecimal.valueOf(hundredths, 2)),
                        some,
                        Arbitraries.longs().between(0, 3),
                        Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(0)), Tuple.of(2, upTo(MOST))),
                        some,
                        more)
                .as((percent, fee, events, free, least, most) ->
                        new Percentage(DomainArbitraries.USD, percent, fee, events, tenths(free), least, most))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<GraduatedPercentage> graduatedPercentage() {
        return bounds(1)
                .flatMap(bounds -> Combinators.combine(
                                amounts().list().ofSize(bounds.size()),
                                prices().list().ofSize(bounds.size()))
                        .as((percents, fees) -> new GraduatedPercentage(
                                DomainArbitraries.USD,
                                bounds.zipWithIndex((bound, i) ->
                                        new GraduatedPercentage.PercentTier(bound, percents.get(i), fees.get(i))))))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Dynamic> dynamic() {
        return amounts()
                .map(multiplier -> new Dynamic(DomainArbitraries.USD, multiplier))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Capacity> capacity() {
        Arbitrary<Capacity.Limits> steps = Combinators.combine(upTo(40), upTo(40), prices())
                .as((one, other, price) -> limits(tenths(1 + one), tenths(other), price));
        return Combinators.combine(steps.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of(true, false))
                .as((list, open) -> new Capacity(open ? ascending(list).append(NO_LIMITS) : ascending(list)))
                .withoutEdgeCases();
    }

    private static final Capacity.Limits NO_LIMITS =
            new Capacity.Limits(HashMap.of("GB", Option.none(), "members", Option.none()), usd(BigDecimal.valueOf(99)));

    private static Capacity.Limits limits(BigDecimal members, BigDecimal gigabytes, Money price) {
        return new Capacity.Limits(HashMap.of("members", Option.some(members), "GB", Option.some(gigabytes)), price);
    }

    /** Each tier has the limits of the one before, and more. */
    private static Array<Capacity.Limits> ascending(List<Capacity.Limits> steps) {
        return Array.ofAll(steps)
                .tail()
                .foldLeft(
                        Array.of(steps.get(0)),
                        (tiers, step) -> tiers.append(new Capacity.Limits(
                                step.byUnit()
                                        .map((unit, limit) -> new Tuple2<>(
                                                unit,
                                                limit.map(tiers.last()
                                                        .byUnit()
                                                        .get(unit)
                                                        .get()
                                                        .get()::add))),
                                step.price())));
    }

    @Provide
    Arbitrary<Conversion> conversions() {
        Arbitrary<RoundingMode> modes =
                Arbitraries.of(RoundingMode.class).filter(mode -> mode != RoundingMode.UNNECESSARY);
        Arbitrary<Conversion> rounded = Combinators.combine(
                        Arbitraries.of(Conversion.Operation.class),
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(1, 5_000),
                                Arbitraries.integers().between(100_000_000, 1_000_000_000)),
                        Arbitraries.integers().between(-1, 3),
                        modes)
                .as((operation, factor, digits, mode) -> new Conversion(
                        operation, BigDecimal.valueOf(factor, 2), Option.some(new QuantityRounding(digits, mode))));
        Arbitrary<Conversion> exact = Combinators.combine(upTo(12), upTo(6), upTo(4))
                .as((twos, fives, digits) -> Conversion.dividedBy(BigDecimal.valueOf(2)
                        .pow(twos)
                        .multiply(BigDecimal.valueOf(5).pow(fives))
                        .movePointLeft(digits)));
        return Arbitraries.oneOf(
                        rounded,
                        exact,
                        amounts().filter(factor -> factor.signum() > 0).map(Conversion::times))
                .withoutEdgeCases();
    }

    /** By two dimensions with few values. */
    @Provide
    Arbitrary<Matrix> matrix() {
        Arbitrary<Tuple2<Seq<String>, PricingRule>> cells = Combinators.combine(upTo(2), upTo(2), simple())
                .as((one, other, rule) -> new Tuple2<>(Array.of("value " + one, "value " + other), rule));
        return Combinators.combine(cells.list().ofMinSize(1).ofMaxSize(6), simple(), Arbitraries.of(true, false))
                .as((list, rule, closed) -> new Matrix(
                        Array.of("one", "other"), HashMap.ofEntries(list), closed ? Option.none() : Option.some(rule)))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<FreeUnits> freeUnits() {
        return Combinators.combine(upTo(MOST), whole())
                .as((units, rule) -> new FreeUnits(tenths(units), rule))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Converted> converted() {
        return Combinators.combine(conversions(), Arbitraries.oneOf(whole(), freeUnits()))
                .as(Converted::new)
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<CostPlus> costPlus() {
        Arbitrary<Markup> markups = Arbitraries.oneOf(
                Arbitraries.just(Markup.none()),
                prices().map(Markup.Fixed::new),
                amounts().map(percent -> new Markup.Percent(percent.subtract(BigDecimal.TEN))),
                prices().map(Markup.Custom::new));
        return markups.map(markup -> new CostPlus(DomainArbitraries.USD, markup))
                .withoutEdgeCases();
    }

    /** Rules that price one quantity, whatever it is made of. */
    private Arbitrary<PricingRule> whole() {
        return simple().map(rule -> rule instanceof Percentage percentage
                ? new Percentage(
                        DomainArbitraries.USD,
                        percentage.percent(),
                        Option.none(),
                        0,
                        percentage.freeAmount(),
                        Option.none(),
                        Option.none())
                : rule);
    }

    private Arbitrary<PricingRule> simple() {
        return Arbitraries.oneOf(
                perUnit(),
                flat(),
                graduated(),
                volume(),
                stairStep(),
                packaged(),
                blocks(),
                percentage(),
                graduatedPercentage(),
                dynamic(),
                costPlus());
    }

    /** Every rule that prices one quantity. */
    static final class Any implements ArbitrarySupplier<PricingRule> {
        @Override
        public Arbitrary<PricingRule> get() {
            RuleArbitraries of = new RuleArbitraries();
            return Arbitraries.frequencyOf(
                            Tuple.of(11, of.simple()), Tuple.of(2, of.freeUnits()), Tuple.of(2, of.converted()))
                    .withoutEdgeCases();
        }
    }

    /** Tenths of units that come or go, and what they come to for their time, in thousandths. */
    record Come(int units, int prorated) {}

    @Provide
    Arbitrary<Come> changes() {
        return Combinators.combine(
                        Arbitraries.integers().between(-60, 150),
                        Arbitraries.integers().between(0, 100))
                .as((units, share) -> new Come(units, units * share))
                .withoutEdgeCases();
    }
}

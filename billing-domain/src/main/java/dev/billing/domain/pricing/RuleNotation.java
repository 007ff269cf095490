package dev.billing.domain.pricing;

import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.money.Money;
import dev.billing.domain.notation.EnumText;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationProblem;
import dev.billing.domain.notation.NotationReader;
import dev.billing.domain.notation.NotationReader.Reading;
import dev.billing.domain.notation.Truth;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.money.CurrencyUnit;

/**
 * Pricing rules in writing: an object with one field, which names the rule.
 *
 * <pre>{@code
 * {"perUnit": "0.09"}
 * {"graduated": {"tiers": [{"upTo": "1000", "unit": "0.01", "flat": "5"}, {"unit": "0.008"}]}}
 * {"freeUnits": {"units": "100", "price": {"packages": {"size": "1000", "price": "5"}}}}
 * }</pre>
 *
 * What has its usual value is left out. What is written by either form is read back as the same rule, to the last digit.
 */
public final class RuleNotation {

    private static final String UNLIMITED = "unlimited";

    /** What components of rules are called in writing, where that is something else. */
    private static final Map<String, String> FIELDS = LinkedHashMap.of(
            "\\bunitPrice$", "unit",
            "\\bflatFee$", "flat",
            "\\bmaxBlocks$", "max",
            "\\bbyUnit\\b", "limits",
            "^dimensions$", "by",
            "^rule$", "price",
            "^markup\\.amount$", "fixed",
            "^markup\\.", "");

    private final AmountNotation amounts;
    private final Seq<Kind<?>> kinds;
    private final Map<String, Reading<PricingRule>> readings;

    private RuleNotation(AmountNotation amounts) {
        this.amounts = amounts;
        this.kinds = Array.of(
                kind("flat", Flat.class, rule -> money(rule.price()), this::flat),
                kind("perUnit", PerUnit.class, rule -> money(rule.price()), this::perUnit),
                kind(
                        "graduated",
                        Graduated.class,
                        rule -> tiers(rule.tiers(), rule.freeAtZero()),
                        in -> tiers(in, Graduated::new)),
                kind(
                        "volume",
                        Volume.class,
                        rule -> tiers(rule.tiers(), rule.freeAtZero()),
                        in -> tiers(in, Volume::new)),
                kind("stairStep", StairStep.class, this::write, this::stairStep),
                kind("packages", Packaged.class, this::write, this::packaged),
                kind("blocks", Blocks.class, this::write, this::blocks),
                kind("percentage", Percentage.class, this::write, this::percentage),
                kind("graduatedPercentage", GraduatedPercentage.class, this::write, this::graduatedPercentage),
                kind("dynamic", Dynamic.class, this::write, this::dynamic),
                kind("matrix", Matrix.class, this::write, this::matrix),
                kind("capacity", Capacity.class, this::write, this::capacity),
                kind("convert", Converted.class, this::write, this::converted),
                kind("freeUnits", FreeUnits.class, this::write, this::freeUnits),
                kind("costPlus", CostPlus.class, this::write, this::costPlus));
        this.readings = kinds.toLinkedMap(Kind::name, Kind::reading);
    }

    /** One rule's name, and how it is written and read. */
    private record Kind<R extends PricingRule>(
            String name, Class<R> type, Function<R, Notation> writing, Reading<PricingRule> reading) {

        Notation.Fields write(PricingRule rule) {
            return Notation.fields().with(name, writing.apply(type.cast(rule)));
        }
    }

    private static <R extends PricingRule> Kind<R> kind(
            String name, Class<R> type, Function<R, Notation> writing, Reading<R> reading) {
        return new Kind<>(name, type, writing, in -> Option.narrow(reading.apply(in)));
    }

    /** The form for people: plain decimals, all in one currency. An amount may name it nevertheless, as {@code USD 0.09}. */
    public static RuleNotation in(CurrencyUnit currency) {
        return new RuleNotation(new AmountNotation.In(currency));
    }

    /**
     * The form for storage: every amount names its currency, and may have any number of digits.
     *
     * @param codes the name of a currency, without spaces
     * @param currencies finds it again
     */
    public static RuleNotation naming(Function<CurrencyUnit, String> codes, Function<String, CurrencyUnit> currencies) {
        return new RuleNotation(new AmountNotation.Exact(codes, currencies));
    }

    /** The names of all rules. */
    public Seq<String> names() {
        return kinds.map(Kind::name);
    }

    /**
     * A rule in writing.
     *
     * @throws IllegalArgumentException if it is in another currency
     */
    public Notation.Fields write(PricingRule rule) {
        return kinds.find(kind -> kind.type().isInstance(rule))
                .getOrElseThrow(
                        () -> new IllegalStateException("A rule must have a written form, but had none: " + rule))
                .write(rule);
    }

    /** The rule that is written, or all that is wrong with it. */
    public Either<Seq<NotationProblem>, PricingRule> read(Notation written) {
        return NotationReader.read(written, this::read);
    }

    /** The rule that is written here. */
    public Option<PricingRule> read(NotationReader in) {
        return in.oneOf(readings);
    }

    /** Makes a rule, whose own problems are told at the fields that they are about. */
    private static <T> Option<T> make(NotationReader in, Supplier<T> maker) {
        return in.make(() -> InvalidPricing.gather(maker))
                .flatMap(made -> made.fold(problems -> refuse(in, problems), Option::some));
    }

    private static <T> Option<T> refuse(NotationReader in, Seq<PricingError.InvalidRule> problems) {
        problems.forEach(problem -> in.refusePart(
                FIELDS.foldLeft(problem.at(), (at, field) -> at.replaceFirst(field._1, field._2)), problem.problem()));
        return Option.none();
    }

    private Notation money(Money amount) {
        return Notation.of(amounts.write(amount));
    }

    private Notation number(BigDecimal number) {
        return Notation.of(amounts.write(number));
    }

    private Option<Flat> flat(NotationReader in) {
        Option<Money> price = in.text(amounts::money);
        return make(in, () -> new Flat(price.get()));
    }

    private Option<PerUnit> perUnit(NotationReader in) {
        Option<Money> price = in.text(amounts::money);
        return make(in, () -> new PerUnit(price.get()));
    }

    private Notation tiers(Seq<PriceTier> tiers, boolean freeAtZero) {
        Notation.Fields fields = Notation.fields().with("tiers", Notation.of(tiers.map(tier -> write(tier))));
        return freeAtZero ? fields.with("freeAtZero", Truth.of(true)) : fields;
    }

    private Notation write(PriceTier tier) {
        Notation.Fields fields = TierNotation.write(amounts, tier.upTo()).with("unit", money(tier.unitPrice()));
        return withFlat(fields, tier.flatFee());
    }

    private Notation.Fields withFlat(Notation.Fields tier, Money flatFee) {
        return flatFee.isZero() ? tier : tier.with("flat", money(flatFee));
    }

    private <R> Option<R> tiers(NotationReader in, BiFunction<Seq<PriceTier>, Boolean, R> rule) {
        Seq<PriceTier> tiers = TierNotation.read(in, "tiers", amounts, this::priceTier);
        boolean freeAtZero = flag(in, "freeAtZero");
        return make(in, () -> rule.apply(tiers, freeAtZero));
    }

    /** A tier has a price of its units, a flat fee, or both. */
    private Option<PriceTier> priceTier(NotationReader in, Option<BigDecimal> upTo) {
        Option<Money> flat = amounts.moneyIfThere(in, "flat");
        Option<Money> unit = in.has("flat") ? amounts.moneyIfThere(in, "unit") : amounts.money(in, "unit");
        return make(
                in,
                () -> new PriceTier(upTo, unit.getOrElse(() -> zeroLike(flat)), flat.getOrElse(() -> zeroLike(unit))));
    }

    private static Money zeroLike(Option<Money> amount) {
        return Money.zero(amount.get().currency());
    }

    private static boolean flag(NotationReader in, String name) {
        return in.valueIfThere(name, Truth::parse).getOrElse(false);
    }

    private Notation write(StairStep rule) {
        return Notation.fields()
                .with(
                        "steps",
                        Notation.of(rule.steps()
                                .map(step ->
                                        TierNotation.write(amounts, step.upTo()).with("price", money(step.price())))));
    }

    private Option<StairStep> stairStep(NotationReader in) {
        Seq<StairStep.Step> steps = TierNotation.read(in, "steps", amounts, (step, upTo) -> {
            Option<Money> price = amounts.money(step, "price");
            return make(step, () -> new StairStep.Step(upTo, price.get()));
        });
        return make(in, () -> new StairStep(steps));
    }

    private Notation write(Packaged rule) {
        Notation.Fields fields =
                Notation.fields().with("size", number(rule.size())).with("price", money(rule.price()));
        return withRound(unlessZero(fields, "included", rule.included()), rule.roundDown());
    }

    private Option<Packaged> packaged(NotationReader in) {
        Option<BigDecimal> size = amounts.number(in, "size");
        Option<Money> price = amounts.money(in, "price");
        BigDecimal included = amounts.numberIfThere(in, "included").getOrElse(BigDecimal.ZERO);
        boolean roundDown = roundDown(in);
        return make(in, () -> new Packaged(size.get(), price.get(), included, roundDown));
    }

    private Notation.Fields unlessZero(Notation.Fields fields, String name, BigDecimal number) {
        return number.signum() == 0 ? fields : fields.with(name, number(number));
    }

    private static Notation.Fields withRound(Notation.Fields fields, boolean down) {
        return down ? fields.with("round", "down") : fields;
    }

    private static boolean roundDown(NotationReader in) {
        return in.valueIfThere("round", RuleNotation::down).getOrElse(false);
    }

    private static boolean down(String text) {
        if (!text.equals("up") && !text.equals("down")) {
            throw new IllegalArgumentException("It must be up or down");
        }
        return text.equals("down");
    }

    private Notation write(Blocks rule) {
        Notation.Fields fields =
                Notation.fields().with("tiers", Notation.of(rule.tiers().map(tier -> write(tier))));
        return rule.policy() == Blocks.Policy.ALL_TIERS ? fields : fields.with("charge", EnumText.of(rule.policy()));
    }

    private Notation write(Blocks.BlockTier tier) {
        Notation.Fields fields =
                Notation.fields().with("size", number(tier.size())).with("price", money(tier.price()));
        Notation.Fields limited = tier.maxBlocks()
                .map(max -> fields.with("max", Long.toString(max)))
                .getOrElse(fields);
        return withRound(limited, tier.roundDown());
    }

    private Option<Blocks> blocks(NotationReader in) {
        Seq<Blocks.BlockTier> tiers = in.list("tiers", this::blockTier);
        Blocks.Policy policy = in.valueIfThere("charge", text -> EnumText.parse(Blocks.Policy.class, text))
                .getOrElse(Blocks.Policy.ALL_TIERS);
        return make(in, () -> new Blocks(tiers, policy));
    }

    private Option<Blocks.BlockTier> blockTier(NotationReader in) {
        Option<BigDecimal> size = amounts.number(in, "size");
        Option<Long> max = in.valueIfThere("max", RuleNotation::whole);
        Option<Money> price = amounts.money(in, "price");
        boolean roundDown = roundDown(in);
        return make(in, () -> new Blocks.BlockTier(size.get(), max, price.get(), roundDown));
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("It must be a whole number", e);
        }
    }

    private Notation write(Percentage rule) {
        Notation.Fields fields = amounts.fields(rule.currency()).with("percent", number(rule.percent()));
        fields = withMoney(fields, "fee", rule.fee());
        fields = rule.freeEvents() == 0 ? fields : fields.with("freeEvents", Long.toString(rule.freeEvents()));
        fields = unlessZero(fields, "freeAmount", rule.freeAmount());
        return withMoney(withMoney(fields, "minimum", rule.minimum()), "maximum", rule.maximum());
    }

    private Notation.Fields withMoney(Notation.Fields fields, String name, Option<Money> amount) {
        return amount.map(there -> fields.with(name, money(there))).getOrElse(fields);
    }

    private Option<Percentage> percentage(NotationReader in) {
        Option<CurrencyUnit> currency = amounts.currency(in);
        Option<BigDecimal> percent = amounts.number(in, "percent");
        Option<Money> fee = amounts.moneyIfThere(in, "fee");
        long freeEvents = in.valueIfThere("freeEvents", RuleNotation::whole).getOrElse(0L);
        BigDecimal freeAmount = amounts.numberIfThere(in, "freeAmount").getOrElse(BigDecimal.ZERO);
        Option<Money> minimum = amounts.moneyIfThere(in, "minimum");
        Option<Money> maximum = amounts.moneyIfThere(in, "maximum");
        return make(
                in, () -> new Percentage(currency.get(), percent.get(), fee, freeEvents, freeAmount, minimum, maximum));
    }

    private Notation write(GraduatedPercentage rule) {
        return amounts.fields(rule.currency())
                .with("tiers", Notation.of(rule.tiers().map(tier -> write(tier))));
    }

    private Notation write(GraduatedPercentage.PercentTier tier) {
        Notation.Fields fields = TierNotation.write(amounts, tier.upTo()).with("percent", number(tier.percent()));
        return withFlat(fields, tier.flatFee());
    }

    private Option<GraduatedPercentage> graduatedPercentage(NotationReader in) {
        Option<CurrencyUnit> currency = amounts.currency(in);
        Seq<GraduatedPercentage.PercentTier> tiers = TierNotation.read(in, "tiers", amounts, (tier, upTo) -> {
            Option<BigDecimal> percent = amounts.number(tier, "percent");
            Option<Money> flat = amounts.moneyIfThere(tier, "flat").orElse(() -> currency.map(Money::zero));
            return make(tier, () -> new GraduatedPercentage.PercentTier(upTo, percent.get(), flat.get()));
        });
        return make(in, () -> new GraduatedPercentage(currency.get(), tiers));
    }

    private Notation write(Dynamic rule) {
        Notation.Fields fields = amounts.fields(rule.currency());
        return rule.multiplier().compareTo(BigDecimal.ONE) == 0
                ? fields
                : fields.with("multiplier", number(rule.multiplier()));
    }

    private Option<Dynamic> dynamic(NotationReader in) {
        Option<CurrencyUnit> currency = amounts.currency(in);
        BigDecimal multiplier = amounts.numberIfThere(in, "multiplier").getOrElse(BigDecimal.ONE);
        return make(in, () -> new Dynamic(currency.get(), multiplier));
    }

    private Notation write(Matrix rule) {
        Notation.Fields fields = Notation.fields()
                .with("by", texts(rule.dimensions()))
                .with(
                        "cells",
                        Notation.of(rule.cells()
                                .toArray()
                                .sortBy(cell -> cell._1.mkString("\n"))
                                .map(this::write)));
        return rule.otherwise()
                .map(price -> fields.with("otherwise", write(price)))
                .getOrElse(fields);
    }

    private Notation write(Tuple2<Seq<String>, PricingRule> cell) {
        return Notation.fields().with("at", texts(cell._1)).with("price", write(cell._2));
    }

    private static Notation texts(Seq<String> texts) {
        return Notation.of(texts.map(Notation::of));
    }

    private Option<Matrix> matrix(NotationReader in) {
        Seq<String> dimensions = in.list("by", RuleNotation::text);
        Set<Seq<String>> known = new HashSet<>();
        Seq<Tuple2<Seq<String>, PricingRule>> cells = in.list("cells", cell -> cell(cell, known));
        Option<PricingRule> otherwise = in.fieldIfThere("otherwise", this::read);
        return make(in, () -> new Matrix(dimensions, LinkedHashMap.ofEntries(cells), otherwise));
    }

    private Option<Tuple2<Seq<String>, PricingRule>> cell(NotationReader in, Set<Seq<String>> known) {
        Seq<String> at = in.list("at", RuleNotation::text);
        if (!known.add(at)) {
            in.refusePart("at", "A matrix must have each cell once, but has another of " + at.mkString(", "));
        }
        Option<PricingRule> price = in.field("price", this::read);
        return make(in, () -> new Tuple2<>(at, price.get()));
    }

    private static Option<String> text(NotationReader in) {
        return in.text(Function.identity());
    }

    private Notation write(Capacity rule) {
        return Notation.fields().with("tiers", Notation.of(rule.tiers().map(tier -> write(tier))));
    }

    private Notation write(Capacity.Limits tier) {
        Notation.Fields limits = tier.byUnit()
                .toArray()
                .sortBy(Tuple2::_1)
                .foldLeft(
                        Notation.fields(),
                        (fields, limit) -> fields.with(
                                limit._1, limit._2.map(amounts::write).getOrElse(UNLIMITED)));
        return Notation.fields().with("limits", limits).with("price", money(tier.price()));
    }

    private Option<Capacity> capacity(NotationReader in) {
        Seq<Capacity.Limits> tiers = in.list("tiers", this::limits);
        return make(in, () -> new Capacity(tiers));
    }

    private Option<Capacity.Limits> limits(NotationReader in) {
        Option<Map<String, Option<BigDecimal>>> byUnit =
                in.field("limits", limits -> Option.some(limits.entries(limit -> limit.text(this::limit))));
        Option<Money> price = amounts.money(in, "price");
        return make(in, () -> new Capacity.Limits(byUnit.get(), price.get()));
    }

    private Option<BigDecimal> limit(String text) {
        return Option.when(!text.equals(UNLIMITED), () -> amounts.number(text));
    }

    private Notation write(Converted rule) {
        Conversion conversion = rule.conversion();
        Notation.Fields fields = Notation.fields().with(name(conversion.operation()), number(conversion.factor()));
        return conversion
                .rounding()
                .map(rounding -> fields.with("round", write(rounding)))
                .getOrElse(fields)
                .with("price", write(rule.rule()));
    }

    private static String name(Conversion.Operation operation) {
        return operation == Conversion.Operation.DIVIDE ? "divideBy" : "multiplyBy";
    }

    private Option<Converted> converted(NotationReader in) {
        Seq<Conversion.Operation> given =
                Array.of(Conversion.Operation.values()).filter(operation -> in.has(name(operation)));
        if (given.size() != 1) {
            in.refuse("A conversion must either divideBy or multiplyBy a number");
        }
        Option<QuantityRounding> rounding = in.fieldIfThere("round", RuleNotation::rounding);
        Seq<Conversion> conversion = given.flatMap(operation ->
                in.value(name(operation), text -> new Conversion(operation, amounts.number(text), rounding)));
        Option<PricingRule> price = in.field("price", this::read);
        return make(in, () -> new Converted(conversion.head(), price.get()));
    }

    static Notation write(QuantityRounding rounding) {
        return Notation.fields()
                .with("decimals", Integer.toString(rounding.decimals()))
                .with("mode", EnumText.of(rounding.mode()));
    }

    /** To how many decimals, half up if nothing else is said. */
    static Option<QuantityRounding> rounding(NotationReader in) {
        Option<Integer> decimals = in.value("decimals", text -> Math.toIntExact(whole(text)));
        RoundingMode mode = in.valueIfThere("mode", text -> EnumText.parse(RoundingMode.class, text))
                .getOrElse(RoundingMode.HALF_UP);
        return make(in, () -> new QuantityRounding(decimals.get(), mode));
    }

    private Notation write(FreeUnits rule) {
        return Notation.fields().with("units", number(rule.units())).with("price", write(rule.rule()));
    }

    private Option<FreeUnits> freeUnits(NotationReader in) {
        Option<BigDecimal> units = amounts.number(in, "units");
        Option<PricingRule> price = in.field("price", this::read);
        return make(in, () -> new FreeUnits(units.get(), price.get()));
    }

    private Notation write(CostPlus rule) {
        Notation.Fields fields = amounts.fields(rule.currency());
        if (rule.markup() instanceof Markup.Fixed fixed) {
            return fields.with("fixed", money(fixed.amount()));
        }
        return rule.markup() instanceof Markup.Percent percent
                ? unlessZero(fields, "percent", percent.percent())
                : fields.with("price", money(((Markup.Custom) rule.markup()).price()));
    }

    private Option<CostPlus> costPlus(NotationReader in) {
        Option<CurrencyUnit> currency = amounts.currency(in);
        Option<Markup> percent = amounts.numberIfThere(in, "percent").map(Markup.Percent::new);
        Option<Markup> fixed = amounts.moneyIfThere(in, "fixed").map(Markup.Fixed::new);
        Option<Markup> price = amounts.moneyIfThere(in, "price").map(Markup.Custom::new);
        Seq<Markup> markups = Array.of(percent, fixed, price).flatMap(Function.identity());
        if (markups.size() > 1) {
            return in.refuse("A markup must be one of percent, fixed and price");
        }
        return make(in, () -> new CostPlus(currency.get(), markups.headOption().getOrElse(Markup::none)));
    }
}

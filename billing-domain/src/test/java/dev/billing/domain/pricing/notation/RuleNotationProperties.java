package dev.billing.domain.pricing.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.meter.Aggregation;
import dev.billing.domain.meter.Filter;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.money.Money;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationReader;
import dev.billing.domain.pricing.Blocks;
import dev.billing.domain.pricing.Capacity;
import dev.billing.domain.pricing.Commitment;
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
import dev.billing.domain.pricing.MeasureNotation;
import dev.billing.domain.pricing.MeterNotation;
import dev.billing.domain.pricing.Packaged;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookNotation;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.pricing.RuleNotation;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.domain.pricing.StairStep;
import dev.billing.domain.pricing.Volume;
import dev.billing.domain.pricing.rules.RuleArbitraries;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What is written is read back as what it was, to the last digit. */
@Domain(DomainContext.Global.class)
@Domain(RuleArbitraries.class)
class RuleNotationProperties {

    private static final RuleNotation IN_USD = RuleNotation.in(DomainArbitraries.USD);
    private static final RuleNotation EXACT = RuleNotation.naming(CurrencyUnit::getCurrencyCode, Monetary::getCurrency);

    private static final Seq<Class<? extends PricingRule>> SIMPLE = Array.of(
            PerUnit.class,
            Flat.class,
            Graduated.class,
            Volume.class,
            StairStep.class,
            Packaged.class,
            Blocks.class,
            Percentage.class,
            GraduatedPercentage.class,
            Dynamic.class,
            Capacity.class,
            CostPlus.class,
            FreeUnits.class,
            Converted.class);

    @Property(tries = 300)
    void a_rule_is_read_as_it_was_written(@ForAll("rules") PricingRule rule) {
        assertThat(IN_USD.read(IN_USD.write(rule)).get()).isEqualTo(rule);
        assertThat(EXACT.read(EXACT.write(rule)).get()).isEqualTo(rule);
    }

    @Property(tries = 300)
    void equal_rules_are_written_alike(@ForAll("rules") PricingRule rule) {
        PricingRule again = IN_USD.read(IN_USD.write(rule)).get();
        assertThat(IN_USD.write(again).toJson()).isEqualTo(IN_USD.write(rule).toJson());
        assertThat(EXACT.write(again).toJson()).isEqualTo(EXACT.write(rule).toJson());
    }

    @Property(tries = 300)
    void what_names_its_currency_is_read_where_that_is_the_currency(@ForAll("rules") PricingRule rule) {
        assertThat(IN_USD.read(EXACT.write(rule)).get()).isEqualTo(rule);
        assertThat(RuleNotation.in(DomainArbitraries.JPY)
                        .read(EXACT.write(rule))
                        .isLeft())
                .isTrue();
    }

    @Property(tries = 300)
    void stored_amounts_have_any_currency_and_number_of_digits(
            @ForAll("currencies") CurrencyUnit currency, @ForAll("wildNumbers") BigDecimal amount) {
        Money price = Money.of(currency, amount);
        for (PricingRule rule :
                new PricingRule[] {new Flat(price), new PerUnit(price), new Dynamic(currency, amount)}) {
            assertThat(EXACT.read(EXACT.write(rule)).get()).isEqualTo(rule);
        }
    }

    @Property(tries = 300)
    void a_measure_is_read_as_it_was_written(@ForAll("measures") Measure measure) {
        assertThat(MeasureNotation.read(MeasureNotation.write(measure)).get()).isEqualTo(measure);
    }

    @Property(tries = 300)
    void a_meter_is_read_as_it_was_written(@ForAll("meters") Meter meter) {
        assertThat(NotationReader.read(MeterNotation.write(meter), MeterNotation::read)
                        .get())
                .isEqualTo(meter);
    }

    @Property(tries = 100)
    void a_book_is_read_as_it_was_written(@ForAll("books") PriceBook book) {
        Notation written = PriceBookNotation.write(book);
        assertThat(PriceBookNotation.read(written)).isEqualTo(Either.right(book));
        assertThat(PriceBookNotation.write(PriceBookNotation.read(written).get()))
                .isEqualTo(written);
    }

    @Provide
    Arbitrary<PricingRule> rules() {
        return rules(2).withoutEdgeCases();
    }

    private static Arbitrary<PricingRule> rules(int depth) {
        Arbitrary<PricingRule> simple =
                Arbitraries.oneOf(SIMPLE.map(RuleNotationProperties::of).asJava());
        return depth == 0
                ? simple
                : Arbitraries.frequencyOf(Tuple.of(3, simple), Tuple.of(1, nested(rules(depth - 1))));
    }

    private static Arbitrary<PricingRule> of(Class<? extends PricingRule> kind) {
        return Arbitraries.defaultFor(kind).map(Function.identity());
    }

    private static Arbitrary<PricingRule> nested(Arbitrary<PricingRule> inner) {
        Arbitrary<PricingRule> ofQuantities = inner.filter(RuleNotationProperties::pricesQuantities);
        Arbitrary<PricingRule> converted = Combinators.combine(Arbitraries.defaultFor(Conversion.class), ofQuantities)
                .as(Converted::new);
        Arbitrary<PricingRule> free = Combinators.combine(
                        Arbitraries.bigDecimals().between(BigDecimal.ZERO, BigDecimal.TEN), ofQuantities)
                .as(FreeUnits::new);
        Arbitrary<PricingRule> cells = inner.filter(rule -> !(rule instanceof Matrix || rule instanceof Capacity));
        return Arbitraries.oneOf(converted, free, matrices(cells));
    }

    private static boolean pricesQuantities(PricingRule rule) {
        return !(rule instanceof Matrix || rule instanceof Capacity || rule instanceof Percentage);
    }

    private static Arbitrary<PricingRule> matrices(Arbitrary<PricingRule> inner) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        inner.list().ofMinSize(1).ofMaxSize(4),
                        inner.optional())
                .flatAs((dimensions, rules, otherwise) -> values(dimensions)
                        .list()
                        .ofSize(rules.size())
                        .uniqueElements()
                        .map(cells -> matrix(dimensions, cells, rules, Option.ofOptional(otherwise))));
    }

    private static Arbitrary<Seq<String>> values(int dimensions) {
        return Arbitraries.strings()
                .withCharRange('a', 'e')
                .ofMaxLength(3)
                .list()
                .ofSize(dimensions)
                .map(Array::ofAll);
    }

    private static Matrix matrix(
            int dimensions, List<Seq<String>> cells, List<PricingRule> rules, Option<PricingRule> otherwise) {
        Seq<String> names = Array.range(0, dimensions).map(i -> "dimension " + i);
        return new Matrix(names, HashMap.ofEntries(Array.ofAll(cells).zip(rules)), otherwise);
    }

    @Provide
    Arbitrary<CurrencyUnit> currencies() {
        return new DomainArbitraries().currencies();
    }

    @Provide
    Arbitrary<BigDecimal> wildNumbers() {
        return Combinators.combine(
                        Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN.pow(400)),
                        Arbitraries.integers().between(-500, 1_000))
                .as(BigDecimal::new);
    }

    @Provide
    Arbitrary<Measure> measures() {
        Arbitrary<BigDecimal> number = wildNumbers().map(BigDecimal::stripTrailingZeros);
        Arbitrary<Long> count = Arbitraries.longs().greaterOrEqual(0);
        return Arbitraries.oneOf(
                number.map(Measure::of),
                Combinators.combine(number, number).as(Measure.Increment::new),
                Combinators.combine(number, count, count, count).as(Measure.Events::new),
                Arbitraries.maps(texts(), number).ofMaxSize(4).map(units -> new Measure.Several(HashMap.ofAll(units))));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("äß€\"\\")
                .ofMinLength(1)
                .ofMaxLength(8)
                .filter(text -> !text.isBlank());
    }

    @Provide
    Arbitrary<Meter> meters() {
        Arbitrary<Filter> filter = Combinators.combine(
                        texts(),
                        Arbitraries.of(true, false),
                        texts().set().ofMinSize(1).ofMaxSize(3))
                .as((property, listed, values) -> new Filter(property, listed, LinkedHashSet.ofAll(values)));
        Arbitrary<QuantityRounding> rounding = Combinators.combine(
                        Arbitraries.integers().between(-100, 100),
                        Arbitraries.of(RoundingMode.class).filter(mode -> mode != RoundingMode.UNNECESSARY))
                .as(QuantityRounding::new);
        return Combinators.combine(
                        texts(),
                        texts(),
                        aggregations(),
                        filter.list().ofMaxSize(2),
                        texts().list().uniqueElements().ofMaxSize(2),
                        rounding.optional(),
                        Arbitraries.of(true, false))
                .as((name, counts, aggregation, filters, groupBy, cut, negative) -> new Meter(
                        name,
                        counts,
                        aggregation,
                        Array.ofAll(filters),
                        Array.ofAll(groupBy),
                        Option.ofOptional(cut),
                        negative));
    }

    private static Arbitrary<Aggregation> aggregations() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        new Aggregation.Count(),
                        new Aggregation.Sum(),
                        new Aggregation.Max(),
                        new Aggregation.Min(),
                        new Aggregation.Latest(),
                        new Aggregation.Average(),
                        new Aggregation.WeightedSum(true),
                        new Aggregation.WeightedSum(false)),
                texts().map(Aggregation.UniqueCount::new),
                texts().map(Aggregation.Custom::new));
    }

    @Provide
    Arbitrary<PriceBook> books() {
        return Combinators.combine(
                        rules(1).list().ofMaxSize(4),
                        meters().list().uniqueElements(Meter::name).ofMaxSize(3),
                        Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli),
                        texts().optional())
                .as((rules, meters, from, meter) -> PriceBook.of(
                        new PriceBookVersion("main", 3),
                        DomainArbitraries.USD,
                        from,
                        Array.ofAll(rules)
                                .reject(RuleNotationProperties::isLimited)
                                .zipWithIndex((rule, i) -> new Product(
                                        "sku-" + i,
                                        "any",
                                        "",
                                        rule,
                                        Option.ofOptional(meter).filter(any -> isMetered(rule)))),
                        Array.ofAll(meters)))
                .flatMap(book -> spends().map(spends -> book.with(
                        spends.map(spend -> new Commitment(
                                spend.id(),
                                spend.scope(),
                                spend.category(),
                                spend.maximum(),
                                spend.id().length() > 2)),
                        spends)))
                .withoutEdgeCases();
    }

    private Arbitrary<Seq<SpendLimit>> spends() {
        Arbitrary<Scope> scopes = Arbitraries.oneOf(
                Arbitraries.just(Scope.DOCUMENT),
                texts().list().ofMinSize(1).ofMaxSize(3).map(names -> new Scope.Skus(HashSet.ofAll(names))),
                texts().list().ofMinSize(1).ofMaxSize(3).map(names -> new Scope.Categories(HashSet.ofAll(names))));
        return Combinators.combine(texts(), scopes, texts(), Arbitraries.longs().between(0, 1_000_000))
                .as((id, scope, category, cents) ->
                        new SpendLimit(id, scope, category, Money.ofMinor(DomainArbitraries.USD, cents)))
                .list()
                .uniqueElements(SpendLimit::id)
                .ofMaxSize(3)
                .map(Array::ofAll);
    }

    /** No product has a price that ends somewhere. */
    private static boolean isLimited(PricingRule rule) {
        return rule instanceof Capacity capacity
                && !capacity.tiers().last().byUnit().values().forAll(Option::isEmpty);
    }

    /** Whether any meter will do. */
    private static boolean isMetered(PricingRule rule) {
        return !(rule instanceof Capacity || rule instanceof Percentage || rule instanceof Matrix);
    }
}

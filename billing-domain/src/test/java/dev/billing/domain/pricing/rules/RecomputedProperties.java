package dev.billing.domain.pricing.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.JsonReader;
import dev.billing.domain.line.WrittenRounding;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.pricing.Capacity;
import dev.billing.domain.pricing.Matrix;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.MeasureNotation;
import dev.billing.domain.pricing.Percentage;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.RuleNotation;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
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

/** An amount can be computed again from what its derivation says, whatever the rule and whatever was measured. */
@Domain(DomainContext.Global.class)
@Domain(DomainArbitraries.class)
class RecomputedProperties {

    private static final RuleNotation RULES = RuleNotation.naming(CurrencyUnit::getCurrencyCode, Monetary::getCurrency);

    /** A rule, and what it prices. */
    record Priced(PricingRule rule, Measure measure) {

        Derivation why(Ratio share, Rounding rounding, boolean credited) {
            PriceBookVersion book = new PriceBookVersion("main", 3);
            Derivation why = new Derivation(book, rule, measure, "EXACT_TIME", share, rounding);
            Derivation counted = why.counting(new Derivation.Count("calls", "sum", 2, HashMap.of("a \"b\"\n", "ü\\")));
            return credited ? counted.asCredit() : counted;
        }
    }

    @Property(tries = 2_000)
    void an_amount_is_computed_again_from_its_explanation_in_json(
            @ForAll("priced") Priced priced,
            @ForAll Ratio share,
            @ForAll("roundings") Rounding rounding,
            @ForAll boolean credited) {
        Derivation why = priced.why(share, rounding, credited);
        Notation json = JsonReader.read(why.explain().toJson());
        assertThat(JsonReader.text(json, "rounded", "amount"))
                .hasToString(why.amount().toString());

        PricingRule rule = RULES.read(JsonReader.at(json, "rule", "rule")).get();
        Measure measure = MeasureNotation.read(JsonReader.at(json, "quantity")).get();
        assertThat(rule).isEqualTo(priced.rule());
        assertThat(measure).isEqualTo(priced.measure());
        assertThat(recomputed(json, Fraction.of(rule.price(measure))))
                .isEqualByComparingTo(why.amount().amount());
    }

    @Property(tries = 2_000)
    void an_amount_is_computed_again_from_the_printed_terms_of_its_price(
            @ForAll("priced") Priced priced,
            @ForAll Ratio share,
            @ForAll("roundings") Rounding rounding,
            @ForAll boolean credited) {
        Derivation why = priced.why(share, rounding, credited);
        Notation json = JsonReader.read(why.explain().toJson());
        Fraction terms = JsonReader.items(json, "whole period", "parts")
                .map(part -> Fraction.of(new BigDecimal(JsonReader.text(part, "quantity")))
                        .times(Fraction.of(Money.parse(JsonReader.text(part, "price")))))
                .fold(Fraction.ZERO, Fraction::plus);
        assertThat(Fraction.of(Money.parse(JsonReader.text(json, "whole period", "amount"))))
                .isEqualTo(terms);
        assertThat(recomputed(json, terms)).isEqualByComparingTo(why.amount().amount());
    }

    @Property(tries = 1_000)
    void amount_and_remainder_are_all_there_was(
            @ForAll("priced") Priced priced,
            @ForAll Ratio share,
            @ForAll("roundings") Rounding rounding,
            @ForAll boolean credited) {
        Notation json =
                JsonReader.read(priced.why(share, rounding, credited).explain().toJson());
        Fraction exact = exact(json, Fraction.of(Money.parse(JsonReader.text(json, "whole period", "amount"))));
        Fraction dropped = Fraction.of(Money.parse(JsonReader.text(json, "remainder", "dividend")))
                .dividedBy(Fraction.of(new BigDecimal(JsonReader.text(json, "remainder", "divisor"))));
        assertThat(amount(json).plus(dropped)).isEqualTo(exact);
    }

    private static Fraction amount(Notation json) {
        return Fraction.of(Money.parse(JsonReader.text(json, "rounded", "amount")));
    }

    private static Fraction exact(Notation json, Fraction whole) {
        Fraction share = Fraction.of(Ratio.parse(JsonReader.text(json, "share", "ratio")));
        boolean credited = Boolean.parseBoolean(JsonReader.text(json, "rounded", "credited"));
        Fraction charged = whole.times(share);
        return credited ? charged.negated() : charged;
    }

    /** A credit is rounded as a charge. */
    private static BigDecimal recomputed(Notation json, Fraction whole) {
        boolean credited = Boolean.parseBoolean(JsonReader.text(json, "rounded", "credited"));
        Fraction exact = exact(json, whole);
        BigDecimal amount = WrittenRounding.read(JsonReader.text(json, "rounded", "rounding"))
                .round(credited ? exact.negated() : exact, DomainArbitraries.USD);
        return credited ? amount.negate() : amount;
    }

    @Provide
    Arbitrary<Rounding> roundings() {
        Arbitrary<Rounding> steps = Combinators.combine(
                        Arbitraries.of("0.05", "0.25", "5", "0.3").map(BigDecimal::new),
                        Arbitraries.of("UP", "DOWN", "HALF_UP", "HALF_EVEN", "CEILING", "FLOOR"))
                .as((step, mode) -> Rounding.toMultipleOf(step, RoundingMode.valueOf(mode)));
        return Arbitraries.frequencyOf(Tuple.of(4, new DomainArbitraries().roundings()), Tuple.of(1, steps))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<Priced> priced() {
        RuleArbitraries of = new RuleArbitraries();
        return Arbitraries.frequencyOf(
                        Tuple.of(8, new RuleArbitraries.Any().get().flatMap(rule -> ofOne(rule))),
                        Tuple.of(3, of.percentage().flatMap(RecomputedProperties::ofEvents)),
                        Tuple.of(3, of.capacity().flatMap(RecomputedProperties::ofSeveral)),
                        Tuple.of(3, of.matrix().flatMap(RecomputedProperties::ofCell)))
                .withoutEdgeCases();
    }

    private static Arbitrary<BigDecimal> quantities() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        6,
                        Arbitraries.integers()
                                .between(0, 2 * RuleArbitraries.MOST)
                                .map(RuleArbitraries::tenths)),
                Tuple.of(
                        1,
                        Arbitraries.bigIntegers()
                                .between(BigInteger.ZERO, BigInteger.TEN.pow(20))
                                .map(digits -> new BigDecimal(digits, 15))));
    }

    /** One quantity, or so much more of it than was billed before. */
    private static Arbitrary<Priced> ofOne(PricingRule rule) {
        return Combinators.combine(quantities(), quantities(), Arbitraries.of(true, false))
                .as((one, before, more) ->
                        new Priced(rule, more ? new Measure.Increment(before, one) : Measure.of(one)));
    }

    private static Arbitrary<Priced> ofEvents(Percentage rule) {
        return quantities().list().ofMaxSize(6).map(amounts -> new Priced(rule, rule.measure(amounts)));
    }

    private static Arbitrary<Priced> ofSeveral(Capacity rule) {
        return Combinators.combine(quantities(), quantities())
                .as((members, gigabytes) -> new Priced(
                        rule,
                        new Measure.Several(HashMap.of(
                                "members", within(rule, "members", members), "GB", within(rule, "GB", gigabytes)))));
    }

    private static BigDecimal within(Capacity rule, String unit, BigDecimal peak) {
        return rule.tiers().last().byUnit().get(unit).get().map(peak::min).getOrElse(peak);
    }

    private static Arbitrary<Priced> ofCell(Matrix matrix) {
        return Arbitraries.of(matrix.cells().keySet().toJavaList())
                .flatMap(values -> matrix.at(Array.ofAll(values)).get() instanceof Percentage percentage
                        ? ofEvents(percentage)
                        : ofOne(matrix.at(values).get()));
    }
}

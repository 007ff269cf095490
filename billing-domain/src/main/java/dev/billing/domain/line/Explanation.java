package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.TextOrder;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.Truth;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.MeasureNotation;
import dev.billing.domain.pricing.Part;
import dev.billing.domain.pricing.RuleNotation;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendNotation;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/**
 * A {@link Derivation} spelled out: facts, quantity, rule, tiers, share, rounding and what it dropped, each step below the one that it
 * starts from; for a whole line, discounts, credit and taxes too, each with what rounding or spreading took away from it.
 *
 * @param steps what is said, in order, with its name
 */
public record Explanation(Seq<Step> steps) {

    private static final RuleNotation RULES = RuleNotation.naming(CurrencyUnit::getCurrencyCode, Monetary::getCurrency);

    public Explanation {
        requireNonNull(steps, "steps");
    }

    /**
     * One step.
     *
     * @param name what kind of step it is, such as {@code share}
     * @param text what is said to people
     * @param parts the terms that make it up, if there are several
     * @param value the same for programs
     */
    public record Step(String name, String text, Seq<String> parts, Notation value) {
        public Step {
            requireNonNull(name, "name");
            requireNonNull(text, "text");
            requireNonNull(parts, "parts");
            requireNonNull(value, "value");
        }

        static Step of(String name, Object said) {
            return of(name, said.toString(), Notation.of(said.toString()));
        }

        static Step of(String name, String text, Notation value) {
            return new Step(name, text, Array.empty(), value);
        }

        private Seq<String> lines(int depth) {
            return parts.map(part -> "  ".repeat(depth + 1) + part).prepend("  ".repeat(depth) + name + ": " + text);
        }
    }

    static Explanation of(Derivation why) {
        Measure measure = why.measure();
        return new Explanation(why.count()
                .toArray()
                .map(Explanation::counted)
                .appendAll(Array.of(
                        Step.of("quantity", Decimals.toText(measure.quantity()), MeasureNotation.write(measure)),
                        Step.of("rule", why.rule() + " under " + why.source(), rule(why)),
                        whole(why),
                        Step.of(
                                "share",
                                why.share() + " (" + why.policy() + ")",
                                Notation.fields()
                                        .with("ratio", why.share().toString())
                                        .with("policy", why.policy())),
                        rounded(why),
                        remainder(why.remainder()))));
    }

    private static Step counted(Derivation.Count count) {
        String facts = count.facts() + (count.facts() == 1 ? " fact on " : " facts on ");
        Seq<Tuple2<String, String>> group = count.group().toArray().sortBy(TextOrder.CODE_POINTS, Tuple2::_1);
        Notation.Fields fields = Notation.fields()
                .with("facts", Long.toString(count.facts()))
                .with("meter", count.meter())
                .with("aggregation", count.aggregation());
        return Step.of(
                "counted",
                facts + count.meter() + " (" + count.aggregation() + ")" + text(group),
                group.isEmpty() ? fields : fields.with("group", notation(group)));
    }

    private static String text(Seq<Tuple2<String, String>> group) {
        Seq<String> said = group.map(value -> value._2.isEmpty() ? "no " + value._1 : value._1 + " = " + value._2);
        return said.isEmpty() ? "" : said.mkString(" where ", ", ", "");
    }

    private static Notation notation(Seq<Tuple2<String, String>> group) {
        return group.foldLeft(Notation.fields(), (fields, value) -> fields.with(value._1, value._2));
    }

    private static Notation rule(Derivation why) {
        return Notation.fields().with("source", why.source().toString()).with("rule", RULES.write(why.rule()));
    }

    private static Step whole(Derivation why) {
        Seq<Part> parts = why.rule().parts(why.measure());
        return new Step(
                "whole period",
                why.whole().toString(),
                parts.map(Part::toString),
                Notation.fields()
                        .with("amount", why.whole().toString())
                        .with("parts", Notation.of(parts.map(Explanation::notation))));
    }

    private static Notation notation(Part part) {
        return Notation.fields()
                .with("name", part.name())
                .with("quantity", Decimals.toText(part.quantity()))
                .with("price", part.price().toString())
                .with("amount", part.amount().toString());
    }

    private static Step rounded(Derivation why) {
        return Step.of(
                "rounded",
                why.rounding() + (why.credited() ? ", given back: " : ": ") + why.amount(),
                Notation.fields()
                        .with("rounding", why.rounding().toString())
                        .with("credited", Truth.of(why.credited()))
                        .with("amount", why.amount().toString()));
    }

    private static Step remainder(Remainder dropped) {
        return Step.of("remainder", dropped.toString(), notation(dropped));
    }

    static Notation notation(Remainder dropped) {
        return Notation.fields()
                .with("dividend", dropped.dividend().toString())
                .with("divisor", Decimals.toText(dropped.divisor()));
    }

    private static Explanation of(Bound why) {
        Notation.Fields charged = Notation.fields()
                .with("here", why.charged().toString())
                .with("before", why.before().toString());
        return new Explanation(Array.of(
                Step.of(
                        why.kind() == Bound.Kind.MINIMUM ? "minimum" : "maximum",
                        why.whole() + " of " + text(why.scope()),
                        SpendNotation.write(why.scope())
                                .with("amount", why.whole().toString())),
                Step.of("share", why.share()),
                Step.of(
                        "rounded",
                        why.rounding() + ": " + why.bound(),
                        Notation.fields()
                                .with("rounding", why.rounding().toString())
                                .with("amount", why.bound().toString())),
                remainder(why.remainder()),
                Step.of(
                        "charged",
                        why.charged() + (why.before().isZero() ? "" : ", and " + why.before() + " before"),
                        charged),
                Step.of("difference", why.amount())));
    }

    private static String text(Scope scope) {
        if (scope instanceof Scope.Skus skus) {
            return "skus " + skus.skus().toArray().sorted(TextOrder.CODE_POINTS).mkString(", ");
        }
        return scope instanceof Scope.Categories categories
                ? "categories "
                        + categories
                                .categories()
                                .toArray()
                                .sorted(TextOrder.CODE_POINTS)
                                .mkString(", ")
                : scope.toString();
    }

    /** Goes on from the agreed price to what the line charges. */
    static Explanation of(LineItem line) {
        return new Explanation(
                of(line.origin()).appendAll(line.price().toArray().flatMap(price -> SettledSteps.of(line, price))));
    }

    private static Seq<Step> of(Origin origin) {
        if (origin instanceof Origin.Rated rated) {
            return of(rated.why()).steps();
        }
        return origin instanceof Origin.Bounded bounded
                ? of(bounded.why()).steps()
                : provided((Origin.Provided) origin);
    }

    private static Seq<Step> provided(Origin.Provided origin) {
        return origin.text()
                .toArray()
                .map(said -> Step.of("provided " + said._1, said._2))
                .prepend(Step.of("provided", origin.externalId()));
    }

    /** The steps as JSON, under their names. */
    public String toJson() {
        return steps.foldLeft(Notation.fields(), (fields, step) -> fields.with(step.name(), step.value()))
                .toJson();
    }

    /** A line for each step, indented below what it starts from. */
    @Override
    public String toString() {
        return steps.zipWithIndex()
                .flatMap((Tuple2<Step, Integer> step) -> step._1.lines(step._2))
                .mkString("\n");
    }
}

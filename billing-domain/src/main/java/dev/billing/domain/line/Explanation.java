package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.Truth;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.MeasureNotation;
import dev.billing.domain.pricing.Part;
import dev.billing.domain.pricing.RuleNotation;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/**
 * A {@link Derivation} spelled out: facts, quantity, rule, tiers, share, rounding and what it dropped, each step below the one that it
 * starts from; for a whole line, discount and taxes too.
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
    public record Step(String name, String text, Seq<Part> parts, Notation value) {
        public Step {
            requireNonNull(name, "name");
            requireNonNull(text, "text");
            requireNonNull(parts, "parts");
            requireNonNull(value, "value");
        }

        private static Step of(String name, Object said) {
            return of(name, said.toString(), Notation.of(said.toString()));
        }

        private static Step of(String name, String text, Notation value) {
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
        return Step.of(
                "counted",
                facts + count.meter() + " (" + count.aggregation() + ")",
                Notation.fields()
                        .with("facts", Long.toString(count.facts()))
                        .with("meter", count.meter())
                        .with("aggregation", count.aggregation()));
    }

    private static Notation rule(Derivation why) {
        return Notation.fields().with("source", why.source().toString()).with("rule", RULES.write(why.rule()));
    }

    private static Step whole(Derivation why) {
        Seq<Part> parts = why.rule().parts(why.measure());
        return new Step(
                "whole period",
                why.whole().toString(),
                parts,
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

    private static Step remainder(Derivation.Remainder dropped) {
        return Step.of(
                "remainder",
                dropped.toString(),
                Notation.fields()
                        .with("dividend", dropped.dividend().toString())
                        .with("divisor", Long.toString(dropped.divisor())));
    }

    /** Goes on from the agreed price to what the line charges. */
    static Explanation of(LineItem line) {
        Seq<Step> origin = line.origin() instanceof Origin.Rated rated
                ? of(rated.why()).steps()
                : provided((Origin.Provided) line.origin());
        return new Explanation(origin.appendAll(line.price().toArray().flatMap(price -> charged(line, price))));
    }

    private static Seq<Step> provided(Origin.Provided origin) {
        return origin.text()
                .toArray()
                .map(said -> Step.of("provided " + said._1, said._2))
                .prepend(Step.of("provided", origin.externalId()));
    }

    private static Seq<Step> charged(LineItem line, Amount price) {
        Seq<Step> steps = Array.empty();
        if (line.origin() instanceof Origin.Rated rated && !rated.why().amount().equals(price.gross())) {
            Money included = rated.why().amount().minus(price.gross());
            steps = steps.append(Step.of("included tax", included));
        }
        if (!price.discount().isZero()) {
            steps = steps.append(Step.of("discount", discount(price)));
        }
        return steps.appendAll(line.tax().filter(tax -> !tax.isZero()).map(tax -> Step.of("tax", tax)))
                .append(Step.of("net", price.net()));
    }

    private static String discount(Amount price) {
        return price.discount()
                + price.percent()
                        .map(percent -> " (" + Decimals.toText(percent) + " %)")
                        .getOrElse("");
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

package dev.billing.domain.line;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.money.Decimals;
import dev.billing.domain.money.Money;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.pricing.Part;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;

/**
 * A {@link Derivation} spelled out: facts, quantity, rule, tiers, share, rounding and what it dropped, each step below the one that it
 * starts from; for a whole line, discount and taxes too.
 *
 * @param steps what is said, in order, with its name
 */
public record Explanation(Seq<Step> steps) {

    public Explanation {
        requireNonNull(steps, "steps");
    }

    /**
     * One step.
     *
     * @param name what kind of step it is, such as {@code share}
     * @param text what is said
     * @param parts the terms that make it up, if there are several
     */
    public record Step(String name, String text, Seq<Part> parts) {
        public Step {
            requireNonNull(name, "name");
            requireNonNull(text, "text");
            requireNonNull(parts, "parts");
        }

        private static Step of(String name, Object said) {
            return new Step(name, said.toString(), Array.empty());
        }

        private Seq<String> lines(int depth) {
            return parts.map(part -> "  ".repeat(depth + 1) + part).prepend("  ".repeat(depth) + name + ": " + text);
        }

        private Notation notation() {
            return parts.isEmpty()
                    ? Notation.of(text)
                    : Notation.fields().with("is", text).with("parts", Notation.of(parts.map(Step::notation)));
        }

        private static Notation notation(Part part) {
            return Notation.fields()
                    .with("name", part.name())
                    .with("quantity", Decimals.toText(part.quantity()))
                    .with("price", part.price().toString())
                    .with("amount", part.amount().toString());
        }
    }

    static Explanation of(Derivation why) {
        Seq<Step> counted = why.count()
                .toArray()
                .map(count -> Step.of(
                        "counted",
                        count.facts() + (count.facts() == 1 ? " fact on " : " facts on ") + count.meter() + " ("
                                + count.aggregation() + ")"));
        return new Explanation(counted.appendAll(Array.of(
                Step.of("quantity", Decimals.toText(why.measure().quantity())),
                Step.of("rule", why.rule() + " under " + why.source()),
                new Step("whole period", why.whole().toString(), why.rule().parts(why.measure())),
                Step.of("share", why.share() + " (" + why.policy() + ")"),
                Step.of("rounded", why.rounding() + (why.credited() ? ", given back: " : ": ") + why.amount()),
                Step.of("remainder", why.remainder()))));
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
                .map(said -> Step.of(said._1, said._2))
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
        return steps.foldLeft(Notation.fields(), (fields, step) -> fields.with(step.name(), step.notation()))
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

package dev.billing.domain.pricing;

import dev.billing.domain.meter.Aggregation;
import dev.billing.domain.meter.Filter;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationReader;
import dev.billing.domain.notation.Truth;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.function.Function;

/**
 * Meters in writing.
 *
 * <pre>{@code
 * {"name": "requests", "aggregation": "count"}
 * {"name": "eu-users", "counts": "logins", "aggregation": {"uniqueCount": "user"},
 *  "where": [{"property": "region", "in": ["eu"]}], "groupBy": ["plan"]}
 * }</pre>
 *
 * A meter counts what is reported under its own name unless it says something else.
 */
public final class MeterNotation {

    private static final Map<String, Aggregation> BY_WORD = LinkedHashMap.of(
            "count", new Aggregation.Count(),
            "sum", new Aggregation.Sum(),
            "max", new Aggregation.Max(),
            "min", new Aggregation.Min(),
            "latest", new Aggregation.Latest(),
            "average", new Aggregation.Average(),
            "weightedSum", new Aggregation.WeightedSum(false));

    private static final Map<String, NotationReader.Reading<Aggregation>> BY_KIND = LinkedHashMap.of(
            "uniqueCount", in -> in.text(Aggregation.UniqueCount::new),
            "weightedSum", MeterNotation::weightedSum,
            "custom", in -> in.text(Aggregation.Custom::new));

    private MeterNotation() {}

    /** A meter in writing. */
    public static Notation.Fields write(Meter meter) {
        Notation.Fields fields = Notation.fields().with("name", meter.name());
        fields = meter.counts().equals(meter.name()) ? fields : fields.with("counts", meter.counts());
        fields = fields.with("aggregation", write(meter.aggregation()));
        fields = withAll(fields, "where", meter.filters().map(MeterNotation::write));
        fields = withAll(fields, "groupBy", meter.groupBy().map(Notation::of));
        fields = meter.rounding().isEmpty()
                ? fields
                : fields.with("round", RuleNotation.write(meter.rounding().get()));
        return meter.allowsNegative() ? fields.with("allowNegative", Truth.of(true)) : fields;
    }

    private static Notation.Fields withAll(Notation.Fields fields, String name, Seq<? extends Notation> values) {
        return values.isEmpty() ? fields : fields.with(name, Notation.of(values));
    }

    private static Notation write(Aggregation aggregation) {
        if (aggregation instanceof Aggregation.UniqueCount unique) {
            return Notation.fields().with("uniqueCount", unique.property());
        }
        if (aggregation instanceof Aggregation.Custom custom) {
            return Notation.fields().with("custom", custom.name());
        }
        if (aggregation instanceof Aggregation.WeightedSum sum && sum.carryOver()) {
            return Notation.fields().with("weightedSum", Notation.fields().with("carryOver", Truth.of(true)));
        }
        return BY_WORD.find(known -> known._2.equals(aggregation))
                .map(known -> Notation.of(known._1))
                .getOrElseThrow(() -> new IllegalStateException(
                        "An aggregation must have a written form, but had none: " + aggregation));
    }

    private static Notation write(Filter filter) {
        return Notation.fields()
                .with("property", filter.property())
                .with(
                        filter.listed() ? "in" : "notIn",
                        Notation.of(filter.values().toArray().map(Notation::of)));
    }

    /** The meter that is written here. */
    public static Option<Meter> read(NotationReader in) {
        Option<String> name = in.value("name", Function.identity());
        Option<String> counts = in.valueIfThere("counts", Function.identity()).orElse(name);
        Option<Aggregation> aggregation = in.field("aggregation", MeterNotation::aggregation);
        Seq<Filter> filters = in.listIfThere("where", MeterNotation::filter);
        Seq<String> groupBy = in.listIfThere("groupBy", MeterNotation::text);
        Option<QuantityRounding> rounding = in.fieldIfThere("round", RuleNotation::rounding);
        boolean allowsNegative = in.valueIfThere("allowNegative", Truth::parse).getOrElse(false);
        return in.make(() ->
                new Meter(name.get(), counts.get(), aggregation.get(), filters, groupBy, rounding, allowsNegative));
    }

    private static Option<String> text(NotationReader in) {
        return in.text(Function.identity());
    }

    private static Option<Aggregation> aggregation(NotationReader in) {
        return in.isText() ? in.text(MeterNotation::aggregation) : in.oneOf(BY_KIND);
    }

    private static Aggregation aggregation(String word) {
        return BY_WORD.get(word)
                .getOrElseThrow(() -> new IllegalArgumentException("It must be one of "
                        + BY_WORD.keySet().mkString(", ") + ", or an object with one field of "
                        + BY_KIND.keySet().mkString(", ")));
    }

    private static Option<Aggregation> weightedSum(NotationReader in) {
        Option<Boolean> carryOver = in.value("carryOver", Truth::parse);
        return in.make(() -> new Aggregation.WeightedSum(carryOver.get()));
    }

    private static Option<Filter> filter(NotationReader in) {
        Option<String> property = in.value("property", Function.identity());
        boolean listed = in.has("in");
        if (listed == in.has("notIn")) {
            return in.refuse("A filter must have either in or notIn");
        }
        Array<String> values = Array.ofAll(in.list(listed ? "in" : "notIn", MeterNotation::text));
        return in.make(() -> new Filter(property.get(), listed, LinkedHashSet.ofAll(values)));
    }
}

package dev.billing.jdbc;

import dev.billing.domain.line.Bound;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Settled;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.notation.NotationReader;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.MeasureNotation;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.SpendNotation;
import io.vavr.collection.LinkedHashMap;
import io.vavr.control.Option;
import java.math.RoundingMode;
import tools.jackson.core.JsonGenerator;

/** Where a line comes from, and what was made of it. */
final class OriginJson {

    private static final String SETTLED = "settled";

    private OriginJson() {}

    static String write(LineItem line) {
        return Json.object(json -> {
            write(json, line.origin());
            line.settled().forEach(settled -> Json.object(json, SETTLED, made -> SettledJson.write(made, settled)));
        });
    }

    private static void write(JsonGenerator json, Origin origin) {
        if (origin instanceof Origin.Rated rated) {
            Json.object(json, "rated", why -> write(why, rated.why()));
        } else if (origin instanceof Origin.Bounded bounded) {
            Json.object(json, "bounded", why -> write(why, bounded.why()));
        } else {
            Json.object(json, "provided", from -> write(from, (Origin.Provided) origin));
        }
    }

    private static void write(JsonGenerator json, Bound why) {
        json.writeStringProperty("kind", why.kind().name());
        Json.notation(json, "scope", SpendNotation.write(why.scope()));
        json.writeStringProperty("whole", Decimal.write(why.whole()));
        json.writeStringProperty("share", why.share().toString());
        Json.object(json, "rounding", rounding -> write(rounding, why.rounding()));
        json.writeStringProperty("charged", Decimal.write(why.charged()));
        json.writeStringProperty("before", Decimal.write(why.before()));
    }

    private static void write(JsonGenerator json, Derivation why) {
        json.writeStringProperty("source", why.source().toString());
        why.count().forEach(count -> Json.object(json, "count", counted -> write(counted, count)));
        RuleJson.write(json, "rule", why.rule());
        write(json, why.measure());
        json.writeStringProperty("policy", why.policy());
        json.writeStringProperty("share", why.share().toString());
        Json.object(json, "rounding", rounding -> write(rounding, why.rounding()));
        if (why.credited()) {
            json.writeStringProperty("credited", "true");
        }
    }

    /** Most measures are a quantity, which is short to write and quick to read. */
    private static void write(JsonGenerator json, Measure measure) {
        if (measure instanceof Measure.Quantity one) {
            json.writeStringProperty("quantity", Decimal.write(one.quantity()));
        } else {
            Json.notation(json, "measure", MeasureNotation.write(measure));
        }
    }

    private static void write(JsonGenerator json, Derivation.Count count) {
        json.writeStringProperty("meter", count.meter());
        json.writeStringProperty("aggregation", count.aggregation());
        json.writeStringProperty("facts", Long.toString(count.facts()));
        if (count.group().nonEmpty()) {
            Json.object(json, "group", group -> Json.texts(group, count.group()));
        }
    }

    static void write(JsonGenerator json, Rounding rounding) {
        json.writeStringProperty("mode", rounding.mode().name());
        if (rounding instanceof Rounding.ToDecimals toDecimals) {
            json.writeStringProperty("decimals", Integer.toString(toDecimals.digits()));
        } else if (rounding instanceof Rounding.ToMultipleOf toMultiple) {
            json.writeStringProperty("step", Decimal.write(toMultiple.step()));
        }
    }

    private static void write(JsonGenerator json, Origin.Provided provided) {
        json.writeStringProperty("id", provided.externalId());
        Json.object(json, "text", text -> Json.texts(text, provided.text()));
        Json.text(json, "raw", provided.raw());
    }

    static Origin read(Json json) {
        if (json.has("rated")) {
            return new Origin.Rated(derivation(json.object("rated")));
        }
        if (json.has("bounded")) {
            return new Origin.Bounded(bound(json.object("bounded")));
        }
        Json provided = json.object("provided");
        return new Origin.Provided(provided.text("id"), provided.object("text").texts(), provided.optionalText("raw"));
    }

    /** What was made of the line, if anything was. */
    static Option<Settled> readSettled(Json json) {
        return json.optionalObject(SETTLED).map(SettledJson::read);
    }

    private static Bound bound(Json json) {
        return new Bound(
                Bound.Kind.valueOf(json.text("kind")),
                Json.kept(NotationReader.read(json.object("scope").notation(), SpendNotation::scope)),
                Decimal.readMoney(json.text("whole")),
                Ratio.parse(json.text("share")),
                rounding(json.object("rounding")),
                Decimal.readMoney(json.text("charged")),
                Decimal.readMoney(json.text("before")));
    }

    private static Derivation derivation(Json json) {
        return new Derivation(
                PriceBookVersion.parse(json.text("source")),
                json.optionalObject("count").map(OriginJson::count),
                RuleJson.read(json.object("rule")),
                measure(json),
                json.text("policy"),
                Ratio.parse(json.text("share")),
                rounding(json.object("rounding")),
                json.has("credited"));
    }

    private static Derivation.Count count(Json json) {
        return new Derivation.Count(
                json.text("meter"),
                json.text("aggregation"),
                Long.parseLong(json.text("facts")),
                json.optionalObject("group").map(Json::texts).getOrElse(LinkedHashMap.empty()));
    }

    private static Measure measure(Json json) {
        return json.optionalText("quantity")
                .map(Decimal::read)
                .map(Measure::of)
                .getOrElse(() ->
                        Json.kept(MeasureNotation.read(json.object("measure").notation())));
    }

    static Rounding rounding(Json json) {
        RoundingMode mode = RoundingMode.valueOf(json.text("mode"));
        return json.optionalText("decimals")
                .map(digits -> Rounding.toDecimals(Integer.parseInt(digits), mode))
                .orElse(() -> json.optionalText("step").map(step -> Rounding.toMultipleOf(Decimal.read(step), mode)))
                .getOrElse(() -> Rounding.toMinorUnit(mode));
    }
}

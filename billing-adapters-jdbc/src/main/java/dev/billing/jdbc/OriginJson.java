package dev.billing.jdbc;

import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.MeasureNotation;
import dev.billing.domain.pricing.PriceBookVersion;
import java.math.RoundingMode;
import tools.jackson.core.JsonGenerator;

/** Where a line comes from. */
final class OriginJson {

    private OriginJson() {}

    static String write(Origin origin) {
        return Json.object(json -> {
            if (origin instanceof Origin.Rated rated) {
                Json.object(json, "rated", why -> write(why, rated.why()));
            } else {
                Json.object(json, "provided", from -> write(from, (Origin.Provided) origin));
            }
        });
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
    }

    private static void write(JsonGenerator json, Rounding rounding) {
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

    static Origin read(String text) {
        Json json = Json.parse(text);
        if (json.has("rated")) {
            return new Origin.Rated(derivation(json.object("rated")));
        }
        Json provided = json.object("provided");
        return new Origin.Provided(provided.text("id"), provided.object("text").texts(), provided.optionalText("raw"));
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
        return new Derivation.Count(json.text("meter"), json.text("aggregation"), Long.parseLong(json.text("facts")));
    }

    private static Measure measure(Json json) {
        return json.optionalText("quantity")
                .map(Decimal::read)
                .map(Measure::of)
                .getOrElse(() ->
                        Json.kept(MeasureNotation.read(json.object("measure").notation())));
    }

    private static Rounding rounding(Json json) {
        RoundingMode mode = RoundingMode.valueOf(json.text("mode"));
        return json.optionalText("decimals")
                .map(digits -> Rounding.toDecimals(Integer.parseInt(digits), mode))
                .orElse(() -> json.optionalText("step").map(step -> Rounding.toMultipleOf(Decimal.read(step), mode)))
                .getOrElse(() -> Rounding.toMinorUnit(mode));
    }
}

package dev.billing.jdbc;

import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
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
        Json.object(json, "rule", rule -> RuleJson.write(rule, why.rule()));
        json.writeStringProperty("quantity", Decimal.write(why.quantity()));
        json.writeStringProperty("policy", why.policy());
        json.writeStringProperty("share", why.share().toString());
        Json.object(json, "rounding", rounding -> write(rounding, why.rounding()));
    }

    private static void write(JsonGenerator json, Rounding rounding) {
        json.writeStringProperty("mode", rounding.mode().name());
        if (rounding instanceof Rounding.ToDecimals toDecimals) {
            json.writeStringProperty("decimals", Integer.toString(toDecimals.digits()));
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
                RuleJson.read(json.object("rule")),
                Decimal.read(json.text("quantity")),
                json.text("policy"),
                Ratio.parse(json.text("share")),
                rounding(json.object("rounding")));
    }

    private static Rounding rounding(Json json) {
        RoundingMode mode = RoundingMode.valueOf(json.text("mode"));
        return json.optionalText("decimals")
                .map(digits -> Rounding.toDecimals(Integer.parseInt(digits), mode))
                .getOrElse(() -> Rounding.toMinorUnit(mode));
    }
}

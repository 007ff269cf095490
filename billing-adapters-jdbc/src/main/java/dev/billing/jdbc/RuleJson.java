package dev.billing.jdbc;

import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.pricing.RuleNotation;
import tools.jackson.core.JsonGenerator;

/** Pricing rules, and the rates that were agreed on them. */
final class RuleJson {

    private static final RuleNotation RULES = RuleNotation.naming(Currencies::code, Currencies::of);

    private RuleJson() {}

    static String write(PricingRule rule) {
        return Json.object(json -> Json.members(json, RULES.write(rule)));
    }

    /** Writes a rule as a member. */
    static void write(JsonGenerator json, String name, PricingRule rule) {
        Json.notation(json, name, RULES.write(rule));
    }

    static PricingRule read(String text) {
        return read(Json.parse(text));
    }

    static PricingRule read(Json json) {
        return Json.kept(RULES.read(json.notation()));
    }

    static String write(Rate rate) {
        return Json.object(json -> {
            json.writeStringProperty("source", rate.source().toString());
            json.writeStringProperty("sku", rate.sku());
            json.writeStringProperty("category", rate.category());
            json.writeStringProperty("unit", rate.unit());
            write(json, "rule", rate.rule());
        });
    }

    static Rate readRate(String text) {
        Json json = Json.parse(text);
        return new Rate(
                PriceBookVersion.parse(json.text("source")),
                json.text("sku"),
                json.text("category"),
                json.text("unit"),
                read(json.object("rule")));
    }
}

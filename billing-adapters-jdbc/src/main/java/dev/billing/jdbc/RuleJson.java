package dev.billing.jdbc;

import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.pricing.Rate;
import tools.jackson.core.JsonGenerator;

/** Pricing rules, and the rates that were agreed on them. */
final class RuleJson {

    private RuleJson() {}

    static String write(PricingRule rule) {
        return Json.object(json -> write(json, rule));
    }

    static void write(JsonGenerator json, PricingRule rule) {
        if (rule instanceof PricingRule.Flat flat) {
            json.writeStringProperty("flat", Decimal.write(flat.price()));
        } else {
            json.writeStringProperty("perUnit", Decimal.write(((PricingRule.PerUnit) rule).price()));
        }
    }

    static PricingRule read(String text) {
        return read(Json.parse(text));
    }

    static PricingRule read(Json json) {
        if (json.has("flat")) {
            return new PricingRule.Flat(money(json, "flat"));
        }
        return new PricingRule.PerUnit(money(json, "perUnit"));
    }

    private static Money money(Json json, String name) {
        return Decimal.readMoney(json.text(name));
    }

    static String write(Rate rate) {
        return Json.object(json -> {
            json.writeStringProperty("source", rate.source().toString());
            json.writeStringProperty("sku", rate.sku());
            json.writeStringProperty("category", rate.category());
            json.writeStringProperty("unit", rate.unit());
            Json.object(json, "rule", rule -> write(rule, rate.rule()));
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

package dev.billing.jdbc;

import dev.billing.domain.line.Reduction;
import dev.billing.domain.line.Settled;
import dev.billing.domain.line.Settled.Discounted;
import dev.billing.domain.line.Settled.Levy;
import dev.billing.domain.line.Settled.Paid;
import dev.billing.domain.line.Settled.Rounded;
import dev.billing.domain.line.Settled.Taxation;
import dev.billing.domain.pricing.Discount;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** What the terms of an account made of a line. What there is none of is left out. */
final class SettledJson {

    private SettledJson() {}

    static void write(JsonGenerator json, Settled settled) {
        if (!settled.discounts().isEmpty()) {
            Json.objects(json, "discounts", settled.discounts(), SettledJson::write);
        }
        if (!settled.credits().isEmpty()) {
            Json.objects(json, "credits", settled.credits(), SettledJson::write);
        }
        settled.taxation().forEach(taxes -> Json.object(json, "taxes", object -> write(object, taxes)));
    }

    private static void write(JsonGenerator json, Discounted discount) {
        Json.objects(json, "uses", discount.reduction().uses(), SettledJson::write);
        json.writeStringProperty("base", Decimal.write(discount.reduction().base()));
        Json.object(
                json,
                "rounding",
                rounding -> OriginJson.write(rounding, discount.reduction().rounding()));
        json.writeStringProperty("due", Decimal.write(discount.due()));
        json.writeStringProperty("over", Decimal.write(discount.over()));
        json.writeStringProperty("part", Decimal.write(discount.part()));
    }

    private static void write(JsonGenerator json, Reduction.Use use) {
        json.writeStringProperty("discount", use.discount());
        if (use.off() instanceof Discount.Percent percent) {
            json.writeStringProperty("percent", Decimal.write(percent.percent()));
        } else {
            json.writeStringProperty("fixed", Decimal.write(((Discount.Fixed) use.off()).amount()));
        }
    }

    private static void write(JsonGenerator json, Paid paid) {
        json.writeStringProperty("grant", paid.grant());
        if (paid.beforeTax()) {
            json.writeStringProperty("beforeTax", "true");
        }
        json.writeStringProperty("amount", Decimal.write(paid.amount()));
    }

    private static void write(JsonGenerator json, Taxation taxes) {
        taxes.rounded().forEach(rounded -> {
            json.writeStringProperty("policy", rounded.policy());
            Json.object(json, "rounding", rounding -> OriginJson.write(rounding, rounded.rounding()));
        });
        Json.objects(json, "levies", taxes.levies(), SettledJson::write);
    }

    private static void write(JsonGenerator json, Levy levy) {
        json.writeStringProperty("name", levy.name());
        json.writeStringProperty("jurisdiction", levy.jurisdiction());
        json.writeStringProperty("percent", Decimal.write(levy.percent()));
        if (levy.included()) {
            json.writeStringProperty("included", "true");
        }
        json.writeStringProperty("amount", Decimal.write(levy.amount()));
    }

    static Settled read(Json json) {
        return new Settled(
                list(json, "discounts", SettledJson::discount),
                list(json, "credits", SettledJson::paid),
                json.optionalObject("taxes").map(SettledJson::taxes));
    }

    private static <T> Seq<T> list(Json json, String name, Function<Json, T> reading) {
        return json.has(name) ? json.objects(name).map(reading) : Array.empty();
    }

    private static Discounted discount(Json json) {
        Reduction reduction = new Reduction(
                json.objects("uses").map(SettledJson::use),
                Decimal.readMoney(json.text("base")),
                OriginJson.rounding(json.object("rounding")));
        return new Discounted(
                reduction,
                Decimal.readMoney(json.text("due")),
                Decimal.readMoney(json.text("over")),
                Decimal.readMoney(json.text("part")));
    }

    private static Reduction.Use use(Json json) {
        Discount.Off off = json.optionalText("percent")
                .<Discount.Off>map(percent -> new Discount.Percent(Decimal.read(percent)))
                .getOrElse(() -> new Discount.Fixed(Decimal.readMoney(json.text("fixed"))));
        return new Reduction.Use(json.text("discount"), off);
    }

    private static Paid paid(Json json) {
        return new Paid(json.text("grant"), json.has("beforeTax"), Decimal.readMoney(json.text("amount")));
    }

    private static Taxation taxes(Json json) {
        return new Taxation(
                json.optionalText("policy")
                        .map(policy -> new Rounded(policy, OriginJson.rounding(json.object("rounding")))),
                json.objects("levies").map(SettledJson::levy));
    }

    private static Levy levy(Json json) {
        return new Levy(
                json.text("name"),
                json.text("jurisdiction"),
                Decimal.read(json.text("percent")),
                json.has("included"),
                Decimal.readMoney(json.text("amount")));
    }
}

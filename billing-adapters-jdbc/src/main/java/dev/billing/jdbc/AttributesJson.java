package dev.billing.jdbc;

import dev.billing.domain.invoice.Attribute;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** The attributes of a document, by their names. */
final class AttributesJson {

    private AttributesJson() {}

    /** None if there are none. */
    static Option<String> write(Map<String, Attribute> attributes) {
        return Option.when(!attributes.isEmpty(), () -> Json.object(json -> write(json, attributes)));
    }

    /** Writes them as members. */
    static void write(JsonGenerator json, Map<String, Attribute> attributes) {
        attributes.forEach((name, attribute) -> Json.object(json, name, member -> write(member, attribute)));
    }

    private static void write(JsonGenerator json, Attribute attribute) {
        if (attribute instanceof Attribute.Text text) {
            json.writeStringProperty("text", text.value());
        } else if (attribute instanceof Attribute.Number number) {
            json.writeStringProperty("number", Decimal.write(number.value()));
        } else if (attribute instanceof Attribute.Instant instant) {
            json.writeStringProperty("instant", instant.value().toString());
        } else {
            json.writeStringProperty("flag", Boolean.toString(((Attribute.Flag) attribute).value()));
        }
    }

    static Map<String, Attribute> read(Option<String> text) {
        return text.map(written -> read(Json.parse(written))).getOrElse(HashMap.empty());
    }

    static Map<String, Attribute> read(Json json) {
        return json.objects().mapValues(AttributesJson::attribute);
    }

    private static Attribute attribute(Json json) {
        if (json.has("text")) {
            return Attribute.of(json.text("text"));
        }
        if (json.has("number")) {
            return Attribute.of(Decimal.read(json.text("number")));
        }
        return json.has("instant")
                ? Attribute.of(Instant.parse(json.text("instant")))
                : Attribute.of(Boolean.parseBoolean(json.text("flag")));
    }
}

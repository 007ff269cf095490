package dev.billing.jdbc;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import io.vavr.Tuple2;
import io.vavr.collection.Map;
import tools.jackson.core.JsonGenerator;

/** Places by dimension. Equal places have one text. */
final class PlacesJson {

    private PlacesJson() {}

    static String write(Map<Dimension, Ref> places) {
        return Json.object(json -> write(json, places));
    }

    /** Writes them as members. */
    static void write(JsonGenerator json, Map<Dimension, Ref> places) {
        places.toArray()
                .sortBy(Tuple2::_1)
                .forEach(place -> Json.object(json, place._1.name(), ref -> write(ref, place._2)));
    }

    private static void write(JsonGenerator json, Ref ref) {
        json.writeStringProperty("type", ref.type());
        json.writeStringProperty("id", ref.id());
        json.writeStringProperty("name", ref.name());
    }

    static Map<Dimension, Ref> read(String text) {
        return read(Json.parse(text));
    }

    static Map<Dimension, Ref> read(Json json) {
        return json.objects().mapKeys(Dimension::new).mapValues(PlacesJson::ref);
    }

    private static Ref ref(Json json) {
        return new Ref(json.text("type"), json.text("id"), json.text("name"));
    }
}

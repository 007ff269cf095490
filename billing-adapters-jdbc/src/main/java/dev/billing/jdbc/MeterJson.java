package dev.billing.jdbc;

import dev.billing.domain.meter.Meter;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.notation.NotationReader;
import dev.billing.domain.pricing.MeterNotation;
import io.vavr.collection.Seq;
import io.vavr.control.Option;

/** The meters of a price book. */
final class MeterJson {

    private static final String METERS = "meters";

    private MeterJson() {}

    /** None if there are none. */
    static Option<String> write(Seq<Meter> meters) {
        return Option.when(
                !meters.isEmpty(),
                () -> Json.object(json -> Json.notation(json, METERS, Notation.of(meters.map(MeterNotation::write)))));
    }

    static Seq<Meter> read(String text) {
        return Json.kept(NotationReader.read(
                Json.parse(text).notation(), in -> Option.some(in.list(METERS, MeterNotation::read))));
    }
}

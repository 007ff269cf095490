package dev.billing.http.morpheus;

import dev.billing.http.JavaDouble;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/** Writes values as one epoch of Morpheus does. */
final class MorpheusJson {

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    private final JsonGenerator json;
    private final MorpheusOptions options;
    private final DateTimeFormatter dates;

    MorpheusJson(JsonGenerator json, MorpheusOptions options) {
        this.json = json;
        this.options = options;
        this.dates = DateTimeFormatter.ofPattern(
                        options.isA() ? "uuuu-MM-dd'T'HH:mm:ss'+0000'" : "uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
    }

    JsonGenerator generator() {
        return json;
    }

    MorpheusOptions options() {
        return options;
    }

    void text(Option<String> value) {
        if (value.isDefined()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }

    void date(Option<Instant> value) {
        text(value.map(dates::format));
    }

    /** An id that is a number, as a number. */
    void id(String id) {
        if (WHOLE.matcher(id).matches()) {
            json.writeNumber(id);
        } else {
            json.writeString(id);
        }
    }

    void whole(long value) {
        json.writeNumber(value);
    }

    void flag(boolean value) {
        json.writeBoolean(value);
    }

    /** As Java prints binary doubles. */
    void number(BigDecimal value) {
        json.writeNumber(JavaDouble.text(value));
    }

    /** Without an exponent, and with one decimal at least. */
    void plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        json.writeNumber((stripped.scale() < 1 ? stripped.setScale(1) : stripped).toPlainString());
    }

    /** What is stored as text: as JSON if it is an object or array, else as a string. */
    void raw(Option<String> raw) {
        boolean isDocument = raw.exists(RawData::isDocument);
        if (isDocument) {
            json.writeRawValue(raw.get());
        } else {
            text(raw);
        }
    }
}

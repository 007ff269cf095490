package dev.billing.http.atlas;

import dev.billing.http.atlas.AtlasRoute.Kind;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an answer is written, and which of the forms a request accepts. */
enum AtlasFormat {
    JSON,
    CSV;

    /** From this day on there are versions; it is also the day of the one that we serve. */
    private static final LocalDate FIRST_VERSION = LocalDate.of(2023, 1, 1);

    private static final Pattern VERSIONED =
            Pattern.compile("application/vnd\\.atlas\\.([0-9]{4}-[0-9]{2}-[0-9]{2})\\+(json|csv)");
    private static final Pattern QUALITY = Pattern.compile("[01](\\.[0-9]{0,3})?");

    /** None if the request accepts no form that there is. */
    static Option<AtlasFormat> of(AtlasBase base, Kind kind, Option<String> accept) {
        Seq<Range> ranges = Range.all(accept.getOrElse(""));
        return base.isVersioned() ? versioned(kind, ranges) : Option.some(unversioned(kind, ranges));
    }

    private static AtlasFormat unversioned(Kind kind, Seq<Range> ranges) {
        return switch (kind) {
            case LIST, PENDING -> JSON;
            case CSV -> CSV;
            case INVOICE ->
                quality(ranges, "text", "csv").compareTo(quality(ranges, "application", "json")) > 0 ? CSV : JSON;
        };
    }

    private static Option<AtlasFormat> versioned(Kind kind, Seq<Range> ranges) {
        BigDecimal json = versionedQuality(ranges, "json");
        BigDecimal csv = versionedQuality(ranges, "csv");
        return switch (kind) {
            case LIST, PENDING -> Option.when(json.signum() > 0, JSON);
            case CSV -> Option.when(csv.signum() > 0, CSV);
            case INVOICE -> Option.when(json.max(csv).signum() > 0, csv.compareTo(json) > 0 ? CSV : JSON);
        };
    }

    /** Of the ranges that a type is in, the narrowest counts. */
    private static BigDecimal quality(Seq<Range> ranges, String type, String subtype) {
        return Array.of(type + "/" + subtype, type + "/*", "*/*")
                .flatMap(name -> ranges.find(range -> range.name().equals(name)))
                .headOption()
                .map(Range::quality)
                .getOrElse(BigDecimal.ZERO);
    }

    private static BigDecimal versionedQuality(Seq<Range> ranges, String suffix) {
        return ranges.filter(range -> isVersion(range.name(), suffix))
                .map(Range::quality)
                .fold(BigDecimal.ZERO, BigDecimal::max);
    }

    private static boolean isVersion(String name, String suffix) {
        Matcher found = VERSIONED.matcher(name);
        return found.matches()
                && found.group(2).equals(suffix)
                && date(found.group(1)).exists(date -> !date.isBefore(FIRST_VERSION));
    }

    private static Option<LocalDate> date(String text) {
        try {
            return Option.some(LocalDate.parse(text));
        } catch (DateTimeParseException impossible) {
            return Option.none();
        }
    }

    /**
     * One part of an {@code Accept} header.
     *
     * @param name in lower case
     */
    private record Range(String name, BigDecimal quality) {

        static Seq<Range> all(String accept) {
            return Array.of(accept.split(",", -1)).map(Range::of);
        }

        private static Range of(String text) {
            Seq<String> parts =
                    Array.of(text.split(";", -1)).map(part -> part.strip().toLowerCase(Locale.ROOT));
            BigDecimal quality = parts.tail()
                    .find(part -> part.startsWith("q="))
                    .map(part -> part.substring(2).strip())
                    .map(Range::quality)
                    .getOrElse(BigDecimal.ONE);
            return new Range(parts.head(), quality);
        }

        /** A quality that cannot be read is none. */
        private static BigDecimal quality(String text) {
            return QUALITY.matcher(text).matches()
                    ? new BigDecimal(text.endsWith(".") ? text + "0" : text)
                    : BigDecimal.ZERO;
        }
    }
}

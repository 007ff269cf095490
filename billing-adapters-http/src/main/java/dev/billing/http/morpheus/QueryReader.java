package dev.billing.http.morpheus;

import dev.billing.http.Parameters;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads parameters by their kind, and gathers what is wrong with them. An empty value counts as not given; a single parameter must not be
 * given twice.
 */
final class QueryReader {

    static final String WHOLE_NUMBER = "must be a whole number";

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,100}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern INSTANT =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,20}(Z|[+-][0-9:]{4,8})");
    private static final DateTimeFormatter WITH_OFFSET =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx", Locale.ROOT);

    private final Parameters parameters;
    private final ZoneId zone;
    private final Problems problems;

    QueryReader(Parameters parameters, ZoneId zone, Problems problems) {
        this.parameters = parameters;
        this.zone = zone;
        this.problems = problems;
    }

    /** All values of a filter that are not empty. */
    Seq<String> filter(String name) {
        return parameters.values(name).reject(String::isEmpty);
    }

    Option<String> single(String name) {
        Seq<String> values = filter(name);
        if (values.size() > 1) {
            problems.add(name, "must be given once");
        }
        return values.headOption();
    }

    boolean flag(String name) {
        return single(name).flatMap(text -> bool(name, text)).getOrElse(false);
    }

    Set<Boolean> flags(String name) {
        return filter(name).flatMap(text -> bool(name, text)).toSet();
    }

    private Option<Boolean> bool(String name, String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Option.some(text.equalsIgnoreCase("true"));
        }
        problems.add(name, "must be true or false");
        return Option.none();
    }

    /** Whole numbers without leading zeros. */
    Set<String> ids(String name) {
        return filter(name)
                .flatMap(text -> {
                    if (!WHOLE.matcher(text).matches()) {
                        problems.add(name, WHOLE_NUMBER);
                        return Option.<String>none();
                    }
                    return Option.some(new BigInteger(text).toString());
                })
                .toSet();
    }

    /** A whole number that is at least as big; more than a long holds counts as the biggest. */
    Option<Long> whole(String name, long least, String sentence) {
        Option<String> text = single(name);
        if (text.isEmpty()) {
            return Option.none();
        }
        if (!WHOLE.matcher(text.get()).matches()) {
            problems.add(name, sentence);
            return Option.none();
        }
        BigInteger value = new BigInteger(text.get()).min(BigInteger.valueOf(Long.MAX_VALUE));
        if (value.compareTo(BigInteger.valueOf(least)) < 0) {
            problems.add(name, sentence);
            return Option.none();
        }
        return Option.some(value.longValueExact());
    }

    /** An instant, or a date for its midnight in the zone. */
    Option<Instant> date(String name) {
        Option<String> text = single(name);
        Option<Instant> date = text.flatMap(given -> instant(given, zone));
        if (text.isDefined() && date.isEmpty()) {
            problems.add(name, "must be YYYY-MM-DD");
        }
        return date;
    }

    /** Reads a date or an instant. A plus sign that was sent as it is has become a space on the way. */
    static Option<Instant> instant(String text, ZoneId zone) {
        if (DATE.matcher(text).matches()) {
            return parsed(text, date -> LocalDate.parse(date).atStartOfDay(zone).toInstant());
        }
        String instant = text.replace(' ', '+');
        return Option.when(INSTANT.matcher(instant).matches(), instant)
                .flatMap(given -> parsed(given, Instant::parse)
                        .orElse(() -> parsed(
                                given,
                                withOffset -> OffsetDateTime.parse(withOffset, WITH_OFFSET)
                                        .toInstant())));
    }

    private static Option<Instant> parsed(String text, Function<String, Instant> reader) {
        try {
            return Option.some(reader.apply(text));
        } catch (DateTimeException notThis) {
            return Option.none();
        }
    }

    static <T> Set<T> asSet(Seq<T> values) {
        return HashSet.ofAll(values);
    }
}

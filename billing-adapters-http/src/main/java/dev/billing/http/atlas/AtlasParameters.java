package dev.billing.http.atlas;

import dev.billing.http.Parameters;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Reads parameters of a query; what cannot be read is told by its name or value. Of a repeated parameter the first counts. */
record AtlasParameters(Parameters sent) {

    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /** What every route takes. */
    record Look(boolean pretty, boolean envelope) {}

    Either<AtlasError, Look> look() {
        return flag("pretty", false)
                .flatMap(pretty -> flag("envelope", false).map(envelope -> new Look(pretty, envelope)));
    }

    /** Whether an error is to be pretty, whatever else is wrong. */
    boolean isPretty() {
        return look("pretty").exists(value -> value.equalsIgnoreCase("true"));
    }

    Either<AtlasError, Boolean> flag(String name, boolean otherwise) {
        Option<String> value = look(name);
        boolean yes = value.map(text -> text.equalsIgnoreCase("true")).getOrElse(otherwise);
        boolean readable = value.forAll(text -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"));
        return readable ? Either.right(yes) : Either.left(AtlasError.queryParameter(name));
    }

    /** A whole number from 1 on. */
    Either<AtlasError, Integer> integer(String name, int otherwise, int max) {
        return look(name)
                        .map(text -> INTEGER.matcher(text).matches() ? Long.parseLong(text) : 0)
                        .filter(number -> number < 1 || number > max)
                        .isDefined()
                ? Either.left(AtlasError.queryParameter(name))
                : Either.right(look(name).map(Integer::parseInt).getOrElse(otherwise));
    }

    /** Midnight UTC of a date. */
    Either<AtlasError, Option<Instant>> date(String name) {
        return look(name)
                .map(text -> midnight(text).map(Option::some).toEither(AtlasError.dateFormat(text)))
                .getOrElse(() -> Either.right(Option.none()));
    }

    private static Option<Instant> midnight(String text) {
        try {
            return Option.when(DATE.matcher(text).matches(), text)
                    .map(LocalDate::parse)
                    .map(date -> date.atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException noSuchDay) {
            return Option.none();
        }
    }

    /** One of two words. */
    Either<AtlasError, Boolean> isFirst(String name, String otherwise, String first, String second) {
        String value = look(name).getOrElse(otherwise);
        return value.equals(first) || value.equals(second)
                ? Either.right(value.equals(first))
                : Either.left(AtlasError.enumValue(value));
    }

    private Option<String> look(String name) {
        return sent.first(name);
    }
}

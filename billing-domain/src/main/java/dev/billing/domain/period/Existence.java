package dev.billing.domain.period;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import java.time.Instant;

/** How long a thing was there: from its creation until its end, if it has one. The end is excluded; both may be the same instant. */
public record Existence(Instant from, Option<Instant> until) {

    /**
     * @throws IllegalArgumentException if the end is before the creation
     */
    public Existence {
        requireNonNull(from, "from");
        if (until.exists(end -> end.isBefore(from))) {
            throw new IllegalArgumentException(
                    "A thing must not end before it begins, but was " + from + "/" + until.get());
        }
    }

    public static Existence since(Instant from) {
        return new Existence(from, Option.none());
    }

    public static Existence between(Instant from, Instant until) {
        return new Existence(from, Option.some(until));
    }

    /**
     * What a document of {@code period}, seen at {@code asOf}, shows of this thing: nothing if it began after the period or after that
     * instant, ended before the period, or never lasted. An end that lies after the period or after that instant does not exist yet
     * for that document, so a month reads the same before and after a later deletion.
     */
    public Option<Existence> seenIn(Period period, Instant asOf) {
        boolean begun = from.isBefore(period.end()) && !from.isAfter(asOf);
        boolean lasting = until.forAll(end -> end.isAfter(period.start()) && end.isAfter(from));
        return Option.when(begun && lasting, () -> withEndKnownIn(period, asOf));
    }

    private Existence withEndKnownIn(Period period, Instant asOf) {
        return new Existence(from, until.filter(end -> end.isBefore(period.end()) && !end.isAfter(asOf)));
    }
}

package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.Selection;
import dev.billing.domain.period.Period;
import io.vavr.collection.Set;
import io.vavr.control.Option;
import java.time.Instant;

/**
 * Which facts are meant: those of an account that concern a period.
 *
 * @param at only those of one place
 * @param recordedBy only what was known at that instant; later facts, endings too, are not seen
 * @param meters of usage only what was reported under one of these names; lifetimes are not reported under any
 */
public record FactQuery(
        AccountId account,
        Period period,
        Option<Selection.At> at,
        Option<Instant> recordedBy,
        Option<Set<String>> meters) {

    public FactQuery {
        requireNonNull(account, "account");
        requireNonNull(period, "period");
        requireNonNull(at, "at");
        requireNonNull(recordedBy, "recordedBy");
        requireNonNull(meters, "meters");
    }

    /** Those reported under any name. */
    public FactQuery(AccountId account, Period period, Option<Selection.At> at, Option<Instant> recordedBy) {
        this(account, period, at, recordedBy, Option.none());
    }

    public static FactQuery of(AccountId account, Period period) {
        return new FactQuery(account, period, Option.none(), Option.none());
    }

    public FactQuery at(Selection.At place) {
        return new FactQuery(account, period, Option.some(place), recordedBy, meters);
    }

    public FactQuery recordedBy(Instant instant) {
        return new FactQuery(account, period, at, Option.some(instant), meters);
    }

    public FactQuery reportedAs(Set<String> names) {
        return new FactQuery(account, period, at, recordedBy, Option.some(names));
    }

    /** The same of another time, such as of all that went before. */
    public FactQuery in(Period another) {
        return new FactQuery(account, another, at, recordedBy, meters);
    }
}

package dev.billing.port;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.line.Selection;
import dev.billing.domain.period.Period;
import io.vavr.control.Option;
import java.time.Instant;

/**
 * Which facts are meant: those of an account that concern a period.
 *
 * @param at only those of one place
 * @param recordedBy only what was known at that instant; later facts, endings too, are not seen
 */
public record FactQuery(AccountId account, Period period, Option<Selection.At> at, Option<Instant> recordedBy) {

    public FactQuery {
        requireNonNull(account, "account");
        requireNonNull(period, "period");
        requireNonNull(at, "at");
        requireNonNull(recordedBy, "recordedBy");
    }

    public static FactQuery of(AccountId account, Period period) {
        return new FactQuery(account, period, Option.none(), Option.none());
    }

    public FactQuery at(Selection.At place) {
        return new FactQuery(account, period, Option.some(place), recordedBy);
    }

    public FactQuery recordedBy(Instant instant) {
        return new FactQuery(account, period, at, Option.some(instant));
    }
}

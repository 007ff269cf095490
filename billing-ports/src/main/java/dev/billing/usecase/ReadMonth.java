package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.invoice.Extract;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Ports;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.function.BiFunction;

/**
 * Shows the months of an account or of one of its places. A month in progress is computed anew each time; one that is over is sealed
 * when it is first read in any scope, whole, and read from the store from then on. So places add up to their account for ever. A month
 * that must not be billed yet, because the account is parked or is billed with another one, is not sealed, and computed anew each time.
 */
public final class ReadMonth {

    private final Ports ports;
    private final Profile profile;
    private final CloseMonth closeMonth;
    private final Clock clock;

    public ReadMonth(Ports ports, Profile profile, Clock clock) {
        this.ports = requireNonNull(ports, "ports");
        this.profile = requireNonNull(profile, "profile");
        this.closeMonth = new CloseMonth(ports, profile, clock);
        this.clock = requireNonNull(clock, "clock");
    }

    /** All months of a scope, from that of its first place or fact to the current one; none if it has neither. */
    public Seq<Period> months(Access access, Scope scope) {
        Instant now = now();
        return firstInstant(access, scope, now)
                .toArray()
                .flatMap(first -> profile.calendar().periods(first, now));
    }

    /**
     * Reads a month.
     *
     * @param reader gets the figures and the lines; the iterator is valid only while it runs
     * @return what the reader makes of them; none if the month is not one of {@link #months}
     */
    public <R> Option<R> read(
            Access access, Scope scope, YearMonth month, BiFunction<MonthView, Iterator<LineItem>, R> reader) {
        Instant now = now();
        Period period = profile.calendar().period(month);
        boolean begun = !period.start().isAfter(now)
                && firstInstant(access, scope, now).exists(first -> first.isBefore(period.end()));
        return Option.when(
                begun,
                () -> now.isBefore(period.end())
                        ? preview(access, scope, period, now, reader)
                        : over(access, scope, month, now, reader));
    }

    private <R> R preview(
            Access access,
            Scope scope,
            Period period,
            Instant now,
            BiFunction<MonthView, Iterator<LineItem>, R> reader) {
        MonthDocument document = MonthDocument.compute(ports, profile, access, scope.account(), period, now);
        Selection selection = scope.lines();
        Extract extract =
                Extract.of(document.invoice().head(), selection, profile.figures(), profile.counts(), document.lines());
        return reader.apply(
                new MonthView(period, extract, now),
                document.lines().filter(selection::includes).iterator());
    }

    /** A month that must not be billed yet, such as that of an account that is parked, is computed anew until it may. */
    private <R> R over(
            Access access,
            Scope scope,
            YearMonth month,
            Instant now,
            BiFunction<MonthView, Iterator<LineItem>, R> reader) {
        Period period = profile.calendar().period(month);
        Either<CloseRefused, Stored> closed = closeMonth.close(access, scope.account(), month);
        if (closed.isLeft() && closed.getLeft() instanceof CloseRefused.NotStored notStored) {
            throw new StorageException(StorageException.Kind.FATAL, notStored.message());
        }
        return closed.isRight()
                ? sealed(access, scope, period, now, closed.get(), reader)
                : preview(access, scope, period, now, reader);
    }

    private <R> R sealed(
            Access access,
            Scope scope,
            Period period,
            Instant now,
            Stored stored,
            BiFunction<MonthView, Iterator<LineItem>, R> reader) {
        InvoiceId id = stored.invoice().head().id();
        LineItemQuery lines = new LineItemQuery(InvoiceQuery.byId(id), scope.lines());
        Extract extract = ports.invoices()
                .lines(
                        access,
                        lines,
                        found -> Extract.of(
                                stored.invoice().head(),
                                scope.lines(),
                                profile.figures(),
                                profile.counts(),
                                () -> found));
        return ports.invoices().lines(access, lines, found -> reader.apply(new MonthView(period, extract, now), found));
    }

    private Option<Instant> firstInstant(Access access, Scope scope, Instant now) {
        if (!access.sees(scope.account())) {
            return Option.none();
        }
        Option<Instant> place = profile.firstPlace()
                .flatMap(dimension -> ports.directory().earliest(access.tenant(), dimension, scope.place(), now));
        Option<Instant> fact = ports.usage().earliest(access, scope.account(), scope.place(), now);
        return Array.of(place, fact).flatMap(instant -> instant).min();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

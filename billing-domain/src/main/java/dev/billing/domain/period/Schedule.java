package dev.billing.domain.period;

import static java.util.Objects.requireNonNull;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.collection.Stream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The billing periods of a customer who may move from zone to zone. When the zone changes, the running period ends when it would have;
 * the next begins there and ends on the first billing date in the new zone, be it hours or nearly a whole period away. So periods follow
 * each other without gap or overlap for ever.
 */
public final class Schedule {

    private final Seq<Leg> legs;

    private Schedule(Seq<Leg> legs) {
        this.legs = legs;
    }

    /** In one zone for ever. */
    public static Schedule of(Recurrence recurrence) {
        return new Schedule(Array.of(new Leg(recurrence, Instant.MIN, LocalDate.MIN)));
    }

    /**
     * The same schedule for a customer who moves to another zone at an instant. Of several moves in one period the last counts.
     *
     * @throws IllegalArgumentException if an earlier move has begun a leg after this instant
     */
    public Schedule movedTo(ZoneId zone, Instant at) {
        Leg last = legs.last();
        requireNonNull(at, "at");
        if (!at.isAfter(last.from())) {
            return requireRunningBefore(last, at).replaceLast(last.in(zone));
        }
        Period running = last.cycleAt(at).period();
        Instant handover = running.start().equals(at) ? at : running.end();
        LocalDate reached = last.days().dateAt(handover);
        return new Schedule(legs.append(new Leg(last.recurrence().in(zone), handover, reached)));
    }

    /** The billing period that an instant falls into. */
    public Cycle cycleAt(Instant instant) {
        return legAt(instant).cycleAt(instant);
    }

    /** The billing periods that share time with {@code span}, in order. */
    public Stream<Cycle> cycles(Period span) {
        return Stream.iterate(
                        cycleAt(span.start()), cycle -> cycleAt(cycle.period().end()))
                .takeWhile(cycle -> cycle.period().start().isBefore(span.end()));
    }

    private Leg legAt(Instant instant) {
        return legs.size() == 1
                ? legs.head()
                : legs.findLast(leg -> !leg.from().isAfter(instant)).get();
    }

    private Schedule requireRunningBefore(Leg last, Instant at) {
        Instant before =
                legs.init().last().cycleAt(last.from().minusNanos(1)).period().start();
        if (at.isBefore(before)) {
            throw new IllegalArgumentException("Moves must be given in the order of time, but one took effect at "
                    + last.from() + " already, and the next is at " + at);
        }
        return this;
    }

    private Schedule replaceLast(Leg leg) {
        return new Schedule(legs.init().append(leg));
    }

    /** One zone's part of a schedule. */
    private record Leg(Recurrence recurrence, Instant from, LocalDate reached) {

        Leg in(ZoneId zone) {
            return new Leg(recurrence.in(zone), from, reached);
        }

        LocalDays days() {
            return new LocalDays(recurrence.zone(), from, reached);
        }

        Cycle cycleAt(Instant instant) {
            Period whole = recurrence.periodAt(instant);
            Period period = Period.of(Period.later(whole.start(), from), whole.end());
            return new Cycle(recurrence, whole, period, days().dateAt(period.start()));
        }
    }
}

package dev.billing.domain.period;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;

/**
 * What a day is: the local days of a zone, which in mid-life may follow those of another zone.
 *
 * @param since the instant from which this zone holds
 * @param first the date that had been reached by then; it is never counted again, and nothing after it is skipped
 */
record LocalDays(ZoneId zone, Instant since, LocalDate first) {

    LocalDays {
        requireNonNull(zone, "zone");
        requireNonNull(since, "since");
        requireNonNull(first, "first");
    }

    static LocalDays of(ZoneId zone) {
        return new LocalDays(zone, Instant.MIN, LocalDate.MIN);
    }

    /** The local date of an instant. Dates never go back: an hour that the clocks return to the day before stays on its day. */
    LocalDate dateAt(Instant instant) {
        if (!instant.isAfter(since)) {
            return first;
        }
        LocalDate date = instant.atZone(zone).toLocalDate();
        LocalDate next = date.plusDays(1);
        LocalDate reached = instant.isBefore(startOf(next)) ? date : next;
        return reached.isBefore(first) ? first : reached;
    }

    /** The last day that has begun before an instant. */
    LocalDate lastDayBefore(Instant instant) {
        LocalDate day = dateAt(instant);
        return instant.equals(startOf(day)) ? day.minusDays(1) : day;
    }

    /** How many days lie between the dates of two instants. */
    long between(Instant from, Instant until) {
        return ChronoUnit.DAYS.between(dateAt(from), dateAt(until));
    }

    /** The first instant of a local date; where that day has no midnight, the first instant after the gap. */
    Instant startOf(LocalDate date) {
        return at(zone, date, LocalTime.MIDNIGHT);
    }

    /** The first instant at which it is then; where the clocks skip that time, the first instant after the gap. */
    static Instant at(ZoneId zone, LocalDate date, LocalTime time) {
        ZoneOffsetTransition change = zone.getRules().getTransition(date.atTime(time));
        return change != null && change.isGap()
                ? change.getInstant()
                : date.atTime(time).atZone(zone).toInstant();
    }
}

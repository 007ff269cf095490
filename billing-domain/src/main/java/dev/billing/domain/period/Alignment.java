package dev.billing.domain.period;

import java.time.Instant;
import java.time.ZoneId;

/** What the billing dates of a subscription are counted from. */
public sealed interface Alignment {

    /** The calendar: the 1st of a month, quarter or year, or Monday. */
    Alignment CALENDAR = new Calendar();

    /** The local day on which a subscription begins to be paid. */
    Alignment ANNIVERSARY = new Anniversary();

    /** The local time at which a subscription begins to be paid. */
    Alignment ANNIVERSARY_TO_THE_INSTANT = new AnniversaryToTheInstant();

    /** A day of the month, or the last of a shorter month. */
    static Alignment dayOfMonth(int day) {
        return new DayOfMonth(day);
    }

    /**
     * The billing dates of what begins to be paid at an instant.
     *
     * @param zone the customer's zone at that instant
     */
    Recurrence recurrence(Instant start, Interval interval, ZoneId zone);

    /** See {@link Recurrence#calendar}. */
    record Calendar() implements Alignment {
        @Override
        public Recurrence recurrence(Instant start, Interval interval, ZoneId zone) {
            return Recurrence.calendar(interval, zone);
        }
    }

    /** See {@link Recurrence#anniversary}. */
    record Anniversary() implements Alignment {
        @Override
        public Recurrence recurrence(Instant start, Interval interval, ZoneId zone) {
            return Recurrence.anniversary(start, interval, zone);
        }
    }

    /** See {@link Recurrence#anniversaryToTheInstant}. */
    record AnniversaryToTheInstant() implements Alignment {
        @Override
        public Recurrence recurrence(Instant start, Interval interval, ZoneId zone) {
            return Recurrence.anniversaryToTheInstant(start, interval, zone);
        }
    }

    /** See {@link Recurrence#onDayOfMonth}. */
    record DayOfMonth(int day) implements Alignment {

        /**
         * Checks the day.
         *
         * @throws IllegalArgumentException if it is not 1 to 31
         */
        public DayOfMonth {
            Recurrence.requireDayOfMonth(day);
        }

        @Override
        public Recurrence recurrence(Instant start, Interval interval, ZoneId zone) {
            return Recurrence.onDayOfMonth(day, LocalDays.of(zone).dateAt(start), interval, zone);
        }
    }
}

package dev.billing.domain.period;

import dev.billing.domain.money.Ratio;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Named policies for the share of a period that is billed for a thing that was there for a part of it. Shares are exact. */
public enum Proration {

    /**
     * Time there ÷ time of the period, half-open, in milliseconds. What is still there counts until {@code asOf}.
     * The shares of a period cut anywhere sum to one.
     */
    EXACT_TIME {
        @Override
        public Ratio share(BillingCalendar calendar, Period period, Existence existence, Instant asOf) {
            return timeShare(
                    Period.later(existence.from(), period.start()), lastInstant(period.end(), existence, asOf), period);
        }
    },

    /**
     * Time there ÷ time of the period, where the period stops one second before its end, as in Akkeris' public controller: a month
     * ends at 23:59:59. The shares of a period cut anywhere sum to one, and nothing is billed in the last second.
     */
    ELAPSED_TIME {
        @Override
        public Ratio share(BillingCalendar calendar, Period period, Existence existence, Instant asOf) {
            Instant end = period.end().minusSeconds(1);
            return timeShare(
                    Period.later(existence.from(), period.start()),
                    lastInstant(end, existence, asOf),
                    Period.of(period.start(), end));
        }
    },

    /**
     * Local days touched ÷ days of the period, both ends counted: a thing that was there for an hour has a day, and one that ended at
     * noon has that day whole. An end at exactly midnight does not touch the day that begins there. What is still there counts the
     * day of {@code asOf} whole. Shares of things that follow each other within one day sum to more than one; those of things cut at
     * midnight sum to one.
     */
    CALENDAR_DAYS_INCLUSIVE {
        @Override
        public Ratio share(BillingCalendar calendar, Period period, Existence existence, Instant asOf) {
            LocalDate first = calendar.dateAt(Period.later(existence.from(), period.start()));
            LocalDate last = existence
                    .until()
                    .map(end -> lastDayBefore(calendar, end))
                    .getOrElse(() -> asOf.isBefore(period.end())
                            ? calendar.dateAt(asOf)
                            : lastDayBefore(calendar, period.end()));
            return Ratio.of(Math.max(0, ChronoUnit.DAYS.between(first, last) + 1), calendar.days(period));
        }

        private LocalDate lastDayBefore(BillingCalendar calendar, Instant end) {
            LocalDate day = calendar.dateAt(end);
            return end.equals(calendar.startOf(day)) ? day.minusDays(1) : day;
        }
    };

    /**
     * The share of {@code period} that is billed.
     *
     * @param calendar what a day is
     * @param existence what the document shows of the thing, see {@link Existence#seenIn}
     * @param asOf the instant at which the document is computed; after the period's end for a month that is over
     */
    public abstract Ratio share(BillingCalendar calendar, Period period, Existence existence, Instant asOf);

    private static Instant lastInstant(Instant end, Existence existence, Instant asOf) {
        return Period.earlier(end, existence.until().getOrElse(asOf));
    }

    private static Ratio timeShare(Instant from, Instant until, Period of) {
        return Ratio.of(Math.max(0, until.toEpochMilli() - from.toEpochMilli()), of.millis());
    }
}

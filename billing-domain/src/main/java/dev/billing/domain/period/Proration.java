package dev.billing.domain.period;

import dev.billing.domain.money.Ratio;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/**
 * Named policies for the share of a period that is billed for a thing that was there for a part of it. Shares are exact fractions, but
 * where a policy says that it cuts them. A whole period is always 1, and no time is 0.
 * <p>
 * A date is a local date of the customer. The part from 15 January to 1 February is 17/31 of January by every policy that counts days;
 * the policies differ in what they do with hours, with the last day, and with months that are not of January's length.
 */
public enum Proration {

    /**
     * Time there ÷ time of the period, half-open, in milliseconds. What is still there counts until {@code asOf}. This is the
     * {@code standard}, and Chargebee unless it bills by day. Where all instants are whole seconds it is {@link #BY_SECOND}, and so Stripe:
     * from 3 March 2017, 19:14:48, to 14 March are 881,112/2,419,200 of the month before, or 3.64 of 10.00.
     * <p>
     * Law: the shares of a period cut anywhere sum to one.
     */
    EXACT_TIME {
        @Override
        Ratio part(Cycle cycle, Instant from, Instant until) {
            return Ratio.of(millis(from, until), cycle.whole().millis());
        }
    },

    /**
     * Time there ÷ time of the period, where the period stops one second before its end, as in Akkeris' public controller: a month
     * ends at 23:59:59. From 20 January it is 1,036,799/2,678,399 of January.
     * <p>
     * Law: the shares of a period cut anywhere sum to one, and nothing is billed in the last second.
     */
    ELAPSED_TIME {
        @Override
        Ratio part(Cycle cycle, Instant from, Instant until) {
            Instant end = cycle.whole().end().minusSeconds(1);
            return Ratio.of(
                    Math.max(0, millis(from, Period.earlier(end, until))),
                    millis(cycle.whole().start(), end));
        }
    },

    /**
     * Whole seconds there ÷ seconds of the period, as Stripe and Flexprice count, whose timestamps have no milliseconds: a change at
     * 12:00:00.999 is one at 12:00:00. From 20 January it is 1,036,800/2,678,400 of January.
     * <p>
     * Law: the shares of a period cut anywhere sum to one.
     */
    BY_SECOND {
        @Override
        Ratio part(Cycle cycle, Instant from, Instant until) {
            return Ratio.of(
                    until.getEpochSecond() - from.getEpochSecond(),
                    cycle.whole().end().getEpochSecond() - cycle.whole().start().getEpochSecond());
        }
    },

    /**
     * Dates from that of the beginning up to, and without, that of the end ÷ days of the period: Kill Bill's day count, Meteroid,
     * Chargebee by day, and Zuora and Oracle by actual days. From 15 January it is 17/31 of January. A thing that begins and ends on one day costs nothing; of several changes on one day the last has the day.
     * <p>
     * Law: the shares of a period cut anywhere sum to one.
     */
    CALENDAR_DAYS {
        @Override
        Ratio part(Cycle cycle, Instant from, Instant until) {
            return Ratio.of(cycle.days().between(from, until), cycle.wholeDays());
        }
    },

    /**
     * Local days touched ÷ days of the period, both ends counted, as in Akkeris' documentation and in Lago: a thing that was there for
     * an hour has a day, and one that ended at noon has that day whole. An end at exactly midnight does not touch the day that begins
     * there. What is still there counts the day of {@code asOf} whole. No part has more days than the whole.
     * <p>
     * Law: shares cut at midnights sum to one; those of things that follow each other within one day sum to more.
     */
    CALENDAR_DAYS_INCLUSIVE {
        @Override
        Ratio part(Cycle cycle, Instant from, Instant until) {
            LocalDate first = cycle.days().dateAt(from);
            long days = ChronoUnit.DAYS.between(first, cycle.days().lastDayBefore(until)) + 1;
            long of = cycle.wholeDays();
            return Ratio.of(Math.min(of, Math.max(0, days)), of);
        }

        /** The day that has begun is counted whole, even at its first instant. */
        @Override
        Instant end(Existence existence, Instant asOf) {
            return existence.until().getOrElse(() -> asOf.plusNanos(1));
        }
    },

    /**
     * Days, counted as {@link #CALENDAR_DAYS} does, ÷ days of the enclosing period by plain month arithmetic, cut to 9 decimals HALF_UP
     * before anything is multiplied: Kill Bill.
     * <p>
     * What begins with the period is a part of {@code [start, start + interval)}; anything else is a part of
     * {@code [its end − interval, its end)}. Both differ from the period where an anchor was clamped: with billing on the 31st, 14 to 28
     * February costs 14/31, and 28 February to 30 March 30/28.
     * <p>
     * Law: the share is the quotient of the two counts of days, less than a billionth beside it, and may be above one.
     */
    DAYS_9_DECIMALS {
        @Override
        Ratio part(Cycle cycle, Instant from, Instant until) {
            return isWhole(cycle, from, until)
                    ? Ratio.ONE
                    : nineDecimals(cycle.days().between(from, until), enclosingDays(cycle, from, until));
        }

        private long enclosingDays(Cycle cycle, Instant from, Instant until) {
            boolean trailing = from.equals(cycle.whole().start());
            LocalDate aligned = cycle.days().dateAt(trailing ? from : until);
            LocalDate other = cycle.recurrence().interval().after(aligned, trailing ? 1 : -1);
            return Math.abs(ChronoUnit.DAYS.between(aligned, other));
        }

        @Override
        boolean sumsUp() {
            return false;
        }
    },

    /**
     * Days ÷ 30 for each month of the interval, where every month has 30 days, as in Zuora's strict 30/360 and where Certinia assumes 30
     * days a month; Kill Bill cuts it, see {@link #THIRTY_DAY_MONTH_9_DECIMALS}. The 31st counts as the 30th, and from 23 May to 15 June
     * are 22 days. Whole periods are one, and no part costs more. Intervals in days count real days.
     * <p>
     * Law: shares cut at dates sum to one where the period has 30 days a month by this count, which is wherever no billing date was
     * clamped.
     */
    THIRTY_DAY_MONTH {
        @Override
        Ratio part(Cycle cycle, Instant from, Instant until) {
            Interval interval = cycle.recurrence().interval();
            if (!interval.isInMonths()) {
                return CALENDAR_DAYS.part(cycle, from, until);
            }
            long of = DAYS_OF_A_MONTH * interval.count();
            LocalDays days = cycle.days();
            long there = count(days.dateAt(until)) - count(days.dateAt(from));
            return Ratio.of(isWhole(cycle, from, until) ? of : Math.min(of, there), of);
        }

        private long count(LocalDate date) {
            long months = date.getLong(ChronoField.PROLEPTIC_MONTH);
            return DAYS_OF_A_MONTH * months + Math.min(DAYS_OF_A_MONTH, date.getDayOfMonth());
        }
    },

    /**
     * {@link #THIRTY_DAY_MONTH}, cut to 9 decimals HALF_UP before anything is multiplied: Kill Bill with 30 fixed days.
     * From 23 May to 15 June it is 0.733333333.
     * <p>
     * Law: less than a billionth beside {@link #THIRTY_DAY_MONTH}.
     */
    THIRTY_DAY_MONTH_9_DECIMALS {
        @Override
        Ratio part(Cycle cycle, Instant from, Instant until) {
            Ratio exact = THIRTY_DAY_MONTH.part(cycle, from, until);
            return nineDecimals(exact.numerator(), exact.denominator());
        }

        @Override
        boolean sumsUp() {
            return false;
        }
    },

    /**
     * A period that has begun is billed whole: Lago's fully billed charges, and Autumn's charges at once. A seat at 10.00 that is there
     * from 10 July costs 10.00 in July. Who changes in mid-period gets back the whole old price and pays the whole new one; who ends gets
     * nothing back.
     * <p>
     * Law: the share of anything that lasts is one.
     */
    WHOLE_PERIOD {
        @Override
        Ratio part(Cycle cycle, Instant from, Instant until) {
            return Ratio.ONE;
        }
    },

    /**
     * Only whole periods are billed: Stripe's prorations set to none. What begins or changes in mid-period costs nothing more before the
     * next period begins, and what ends gives nothing back.
     * <p>
     * Law: the share of anything but the whole is zero.
     */
    NONE {
        @Override
        Ratio part(Cycle cycle, Instant from, Instant until) {
            return isWhole(cycle, from, until) ? Ratio.ONE : Ratio.ZERO;
        }
    };

    private static final long DAYS_OF_A_MONTH = 30;
    private static final int DECIMALS = 9;
    private static final long BILLION = 1_000_000_000;

    /**
     * The share of {@code period} that is billed.
     *
     * @param calendar what a day is, and what cuts whole periods
     * @param existence what the document shows of the thing, see {@link Existence#seenIn}
     * @param asOf the instant at which the document is computed; after the period's end for a month that is over
     */
    public Ratio share(BillingCalendar calendar, Period period, Existence existence, Instant asOf) {
        return share(
                Cycle.of(calendar.recurrence(), period),
                Period.later(existence.from(), period.start()),
                Period.earlier(period.end(), end(existence, asOf)));
    }

    /**
     * The share of the period around {@code part} that is billed for it.
     *
     * @throws IllegalArgumentException if the part reaches beyond the recurrence's period that it begins in
     */
    public Ratio share(Recurrence recurrence, Period part) {
        return share(Cycle.of(recurrence, recurrence.periodAt(part.start())), part);
    }

    /**
     * The share of a cycle's whole period that is billed for {@code part} of it.
     *
     * @throws IllegalArgumentException if the part is not inside the cycle
     */
    public Ratio share(Cycle cycle, Period part) {
        if (!cycle.period().encloses(part)) {
            throw new IllegalArgumentException("A part must lie inside " + cycle.period() + ", but was " + part);
        }
        return share(cycle, part.start(), part.end());
    }

    /**
     * The share of a cycle's whole period that is billed for the beginning of {@code running}, when something else takes its place at
     * {@code change} and runs to its end. Whatever a policy does with a day or a period that two things share, both together are billed
     * what one of them would have been; only the policies of 9 decimals look at each part by itself, as Kill Bill does.
     *
     * @throws IllegalArgumentException if the running time is not inside the cycle, or the change not inside the running time
     */
    public Ratio shareUntil(Instant change, Cycle cycle, Period running) {
        Ratio rest = share(cycle, requireInside(running, change), running.end());
        Ratio together = share(cycle, running);
        return sumsUp() ? minus(together, rest) : share(cycle, running.start(), change);
    }

    /**
     * The share of a cycle's whole period that was billed for {@code billed} and is not used, when the thing ends at {@code end}: what
     * the policy says of the rest, but no more than what it does not charge for the time until then.
     *
     * @throws IllegalArgumentException if the billed time is not inside the cycle, or the end not inside the billed time
     */
    public Ratio unusedShare(Instant end, Cycle cycle, Period billed) {
        Ratio charged = share(cycle, billed);
        Ratio rest = smaller(charged, share(cycle, requireInside(billed, end), billed.end()));
        return sumsUp() ? smaller(rest, minus(charged, share(cycle, billed.start(), end))) : rest;
    }

    private static Instant requireInside(Period running, Instant change) {
        if (change.isBefore(running.start()) || change.isAfter(running.end())) {
            throw new IllegalArgumentException("A change must lie inside " + running + ", but was at " + change);
        }
        return change;
    }

    private static Ratio smaller(Ratio one, Ratio other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private Ratio share(Cycle cycle, Instant from, Instant until) {
        return from.isBefore(until) ? part(cycle, from, until) : Ratio.ZERO;
    }

    /** The share of a part that is not empty. */
    abstract Ratio part(Cycle cycle, Instant from, Instant until);

    /** Until when a thing counts. */
    Instant end(Existence existence, Instant asOf) {
        return existence.until().getOrElse(asOf);
    }

    /** Whether what follows each other is billed what one thing in its place would have been. */
    boolean sumsUp() {
        return true;
    }

    private static boolean isWhole(Cycle cycle, Instant from, Instant until) {
        return from.equals(cycle.whole().start()) && until.equals(cycle.whole().end());
    }

    private static long millis(Instant from, Instant until) {
        return until.toEpochMilli() - from.toEpochMilli();
    }

    /** A quotient as Kill Bill keeps it; above one where more days are divided than a period has. */
    static Ratio nineDecimals(long days, long of) {
        return Ratio.of(
                BigDecimal.valueOf(days)
                        .divide(BigDecimal.valueOf(of), DECIMALS, RoundingMode.HALF_UP)
                        .movePointRight(DECIMALS)
                        .longValueExact(),
                BILLION);
    }

    /** What is left of a share; both are of the same whole, or one of them is all or nothing. */
    private static Ratio minus(Ratio share, Ratio other) {
        long of = Math.max(share.denominator(), other.denominator());
        return Ratio.of(Math.max(0, over(share, of) - over(other, of)), of);
    }

    private static long over(Ratio share, long of) {
        return Math.multiplyExact(share.numerator(), of / share.denominator());
    }
}

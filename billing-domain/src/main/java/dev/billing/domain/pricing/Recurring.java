package dev.billing.domain.pricing;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.period.Alignment;
import dev.billing.domain.period.Interval;
import dev.billing.domain.period.Proration;
import dev.billing.domain.period.Recurrence;
import dev.billing.domain.period.Residence;
import dev.billing.domain.period.Schedule;
import io.vavr.control.Option;
import java.time.Instant;

/**
 * The terms of a price that comes again and again.
 *
 * @param interval how often it comes
 * @param alignment what its billing dates are counted from
 * @param timing when a period is due
 * @param proration the share of a period that is billed for a part of it
 * @param trial how long it is tried for nothing, from the beginning
 * @param free how long it is free after that
 * @param onChange how a change in mid-period is written
 * @param onEnd what becomes of a period that was billed in advance and is not used up
 * @param zeroLines whether a trial and a free phase have a line of zero
 */
public record Recurring(
        Interval interval,
        Alignment alignment,
        Timing timing,
        Proration proration,
        Option<Interval> trial,
        Option<Interval> free,
        OnChange onChange,
        OnEnd onEnd,
        boolean zeroLines) {

    /** When a period is due. */
    public enum Timing {
        /** At its start. */
        IN_ADVANCE,
        /** At its end. */
        IN_ARREAR
    }

    /** How a change in the middle of a period that was billed in advance is written. */
    public enum OnChange {
        /** A credit for what is not used of the old price and a charge for the new one, each rounded by itself. */
        CREDIT_AND_CHARGE,
        /** One line of the difference, rounded once. */
        NET
    }

    /** What becomes of the unused rest of a period that was billed in advance, when the subscription ends. */
    public enum OnEnd {
        /** It is given back. */
        CREDIT,
        /** It is kept: what was begun is paid. */
        KEEP
    }

    public Recurring {
        requireNonNull(interval, "interval");
        requireNonNull(alignment, "alignment");
        requireNonNull(timing, "timing");
        requireNonNull(proration, "proration");
        requireNonNull(trial, "trial");
        requireNonNull(free, "free");
        requireNonNull(onChange, "onChange");
        requireNonNull(onEnd, "onEnd");
    }

    /** By the calendar and by exact time, without trial; changes are a credit and a charge, an end is credited. */
    public static Recurring of(Interval interval, Timing timing) {
        return new Recurring(
                interval,
                Alignment.CALENDAR,
                timing,
                Proration.EXACT_TIME,
                Option.none(),
                Option.none(),
                OnChange.CREDIT_AND_CHARGE,
                OnEnd.CREDIT,
                false);
    }

    public static Recurring inAdvance(Interval interval) {
        return of(interval, Timing.IN_ADVANCE);
    }

    public static Recurring inArrear(Interval interval) {
        return of(interval, Timing.IN_ARREAR);
    }

    /** The same terms, aligned otherwise. */
    public Recurring aligned(Alignment newAlignment) {
        return new Recurring(interval, newAlignment, timing, proration, trial, free, onChange, onEnd, zeroLines);
    }

    /** The same terms, prorated otherwise. */
    public Recurring prorated(Proration newProration) {
        return new Recurring(interval, alignment, timing, newProration, trial, free, onChange, onEnd, zeroLines);
    }

    /** The same terms, with a trial at the beginning. */
    public Recurring afterTrial(Interval length) {
        return new Recurring(
                interval, alignment, timing, proration, Option.some(length), free, onChange, onEnd, zeroLines);
    }

    /** The same terms, with a free time after the trial, if there is one. */
    public Recurring afterFree(Interval length) {
        return new Recurring(
                interval, alignment, timing, proration, trial, Option.some(length), onChange, onEnd, zeroLines);
    }

    /** The same terms, with changes written otherwise. */
    public Recurring changing(OnChange newOnChange) {
        return new Recurring(interval, alignment, timing, proration, trial, free, newOnChange, onEnd, zeroLines);
    }

    /** The same terms, ending otherwise. */
    public Recurring ending(OnEnd newOnEnd) {
        return new Recurring(interval, alignment, timing, proration, trial, free, onChange, newOnEnd, zeroLines);
    }

    /** The same terms, with a line of zero for a trial and a free phase. */
    public Recurring showingZero() {
        return new Recurring(interval, alignment, timing, proration, trial, free, onChange, onEnd, true);
    }

    /** When the trial of what begins at an instant is over. */
    public Instant trialEnd(Instant start, Residence residence) {
        return after(trial, start, residence);
    }

    /** When what begins at an instant begins to be paid. */
    public Instant paidFrom(Instant start, Residence residence) {
        return after(free, trialEnd(start, residence), residence);
    }

    /** The billing periods of what begins to be paid at an instant. */
    public Schedule schedule(Instant paidFrom, Residence residence) {
        Recurrence recurrence = alignment.recurrence(paidFrom, interval, residence.at(paidFrom));
        return residence.schedule(recurrence, paidFrom);
    }

    private static Instant after(Option<Interval> phase, Instant start, Residence residence) {
        return phase.map(length -> length.after(start, residence.at(start))).getOrElse(start);
    }
}

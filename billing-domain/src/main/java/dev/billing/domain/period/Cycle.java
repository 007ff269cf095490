package dev.billing.domain.period;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * One period of a recurrence as it is billed. Nearly always it is a whole period; the one that begins where a change of zone took effect
 * may be a part of one.
 *
 * @param recurrence whose period it is
 * @param whole the recurrence's own period, which a whole price pays for
 * @param period what there is of it
 * @param firstDay the local date that had been reached when it began
 */
public record Cycle(Recurrence recurrence, Period whole, Period period, LocalDate firstDay) {

    /**
     * Checks the part.
     *
     * @throws IllegalArgumentException if the period is not inside the whole one
     */
    public Cycle {
        requireNonNull(recurrence, "recurrence");
        requireNonNull(firstDay, "firstDay");
        if (!whole.encloses(period)) {
            throw new IllegalArgumentException("A cycle must lie inside " + whole + ", but was " + period);
        }
    }

    /** A whole period of a recurrence. */
    static Cycle of(Recurrence recurrence, Period whole) {
        return new Cycle(
                recurrence, whole, whole, LocalDays.of(recurrence.zone()).dateAt(whole.start()));
    }

    /** The days of what there is of it. */
    LocalDays days() {
        return new LocalDays(recurrence.zone(), period.start(), firstDay);
    }

    /** How many local days the whole period has. */
    long wholeDays() {
        return LocalDays.of(recurrence.zone()).between(whole.start(), whole.end());
    }
}

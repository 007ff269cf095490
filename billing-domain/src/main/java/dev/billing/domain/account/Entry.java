package dev.billing.domain.account;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One thing that happened to an account. Entries are only ever added, and never change.
 *
 * @param number 1, 2, 3, … within the account
 * @param at when it was recorded
 */
public record Entry(long number, Instant at, Movement movement) {

    /**
     * Keeps {@code at} in milliseconds.
     *
     * @throws IllegalArgumentException if the number is not 1 or more
     */
    public Entry {
        if (number < 1) {
            throw new IllegalArgumentException("An entry's number must be 1 or more, but was " + number);
        }
        at = at.truncatedTo(ChronoUnit.MILLIS);
        requireNonNull(movement, "movement");
    }
}

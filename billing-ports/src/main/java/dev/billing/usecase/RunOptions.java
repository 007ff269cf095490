package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.internal.Checks;
import dev.billing.domain.rating.Terms;
import java.time.Duration;
import java.time.YearMonth;
import java.util.function.Function;

/**
 * What a billing run is to do.
 *
 * @param id names the run: begun again under the same id, it goes on where it was
 * @param month in each account's own calendar
 * @param terms of each account
 * @param grace how long after its end a month waits for facts that come late; until then drafts are made and left
 * @param ending what becomes of a draft after that
 * @param atOnce how many accounts are billed at once at most
 * @param attempts how often a step is tried when the storage fails
 */
public record RunOptions(
        String id,
        YearMonth month,
        Function<AccountId, Terms> terms,
        Duration grace,
        Ending ending,
        int atOnce,
        int attempts) {

    private static final int DEFAULT_AT_ONCE = 8;
    private static final int DEFAULT_ATTEMPTS = 5;

    /** What becomes of a draft. */
    public enum Ending {
        /** It becomes final. */
        FINALISE,
        /** It is put up for review, and somebody finalises it. */
        REVIEW
    }

    /**
     * @throws IllegalArgumentException if the grace period is negative, or nothing is to be done or tried
     */
    public RunOptions {
        Checks.requireId(id, "Run id");
        requireNonNull(month, "month");
        requireNonNull(terms, "terms");
        requireNonNull(ending, "ending");
        if (grace.isNegative()) {
            throw new IllegalArgumentException("A grace period must not be negative, but was " + grace);
        }
        if (atOnce < 1 || attempts < 1) {
            throw new IllegalArgumentException(
                    "A run must bill 1 account or more at once and try 1 time or more, but was to bill " + atOnce
                            + " and try " + attempts);
        }
    }

    /** All accounts, without terms, final at once: eight at once, five attempts. */
    public static RunOptions of(String id, YearMonth month) {
        return new RunOptions(
                id, month, account -> Terms.NONE, Duration.ZERO, Ending.FINALISE, DEFAULT_AT_ONCE, DEFAULT_ATTEMPTS);
    }

    /** The same under terms. */
    public RunOptions under(Function<AccountId, Terms> newTerms) {
        return new RunOptions(id, month, newTerms, grace, ending, atOnce, attempts);
    }

    /** The same with another grace period. */
    public RunOptions after(Duration newGrace) {
        return new RunOptions(id, month, terms, newGrace, ending, atOnce, attempts);
    }

    /** The same with drafts put up for review. */
    public RunOptions reviewed() {
        return new RunOptions(id, month, terms, grace, Ending.REVIEW, atOnce, attempts);
    }

    /** The same, so many accounts at once. */
    public RunOptions atOnce(int newAtOnce) {
        return new RunOptions(id, month, terms, grace, ending, newAtOnce, attempts);
    }

    /** The same, each step so many times. */
    public RunOptions attempts(int newAttempts) {
        return new RunOptions(id, month, terms, grace, ending, atOnce, newAttempts);
    }
}

package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/**
 * How far a billing run is.
 *
 * @param done how many accounts were dealt with
 * @param of how many there are
 * @param parked how many of those done are parked
 * @param elapsed since the run began
 */
public record RunProgress(long done, long of, long parked, Duration elapsed) {

    private static final long MILLIS = 1_000;

    public RunProgress {
        requireNonNull(elapsed, "elapsed");
    }

    /** How many accounts a second; none before any time has passed. */
    public Option<BigDecimal> perSecond() {
        return Option.when(
                elapsed.toMillis() > 0,
                () -> BigDecimal.valueOf(done)
                        .multiply(BigDecimal.valueOf(MILLIS))
                        .divide(BigDecimal.valueOf(elapsed.toMillis()), MathContext.DECIMAL32));
    }

    /** How long the rest takes at this rate; none before anything is done. */
    public Option<Duration> left() {
        return Option.when(done > 0, () -> elapsed.multipliedBy(of - done).dividedBy(done));
    }
}

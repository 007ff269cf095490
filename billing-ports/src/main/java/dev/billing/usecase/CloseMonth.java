package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.BillingError;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Ports;
import dev.billing.port.Stored;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;

/**
 * Seals a month that is over, with what is known then; an empty month too. Facts that come later do not change it. Runs
 * {@link PeriodCommand.Close} under a key that the month gives.
 */
public final class CloseMonth {

    private final Ports ports;
    private final Profile profile;
    private final Clock clock;

    public CloseMonth(Ports ports, Profile profile, Clock clock) {
        this.ports = requireNonNull(ports, "ports");
        this.profile = requireNonNull(profile, "profile");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Closes an account's month, once: closing it again gives the document of the first time, whatever the facts and the profile are
     * by then.
     */
    public Either<CloseRefused, Stored> close(Access access, AccountId account, YearMonth month) {
        return access.sees(account)
                ? closed(access, account, month)
                        .<Either<CloseRefused, Stored>>map(Either::right)
                        .getOrElse(() -> run(access, account, month))
                : Either.left(new CloseRefused.NoAccess(account));
    }

    /** Whoever gets here first closes it, and all others read what that one wrote. */
    private Either<CloseRefused, Stored> run(Access access, AccountId account, YearMonth month) {
        CommandKey key = new CommandKey(
                "close/" + MonthDocument.id(account, profile.calendar().period(month)));
        // who pays for the account is not for the caller to see
        return new Commands(ports, profile, clock)
                .run(Access.toAll(access.tenant()), key, new PeriodCommand.Close(account, month))
                .mapLeft(CloseMonth::refused)
                .map(receipt -> closed(access, account, month).get());
    }

    private Option<Stored> closed(Access access, AccountId account, YearMonth month) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new PeriodPlanner(new Planning(ports, profile, access, now), Consolidation.LOOKED_UP)
                .closed(account, month);
    }

    private static CloseRefused refused(BillingError why) {
        if (why instanceof CommandRefused.NotStored notStored) {
            return new CloseRefused.NotStored(notStored.why());
        }
        return why instanceof CloseRefused refused ? refused : new CloseRefused.NotClosed(why);
    }
}

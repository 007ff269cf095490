package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.Ports;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.YearMonth;

/** Shows what a month would come to, from the facts that are known. Stores nothing. */
public final class PreviewMonth {

    private final Ports ports;
    private final Profile profile;

    public PreviewMonth(Ports ports, Profile profile) {
        this.ports = requireNonNull(ports, "ports");
        this.profile = requireNonNull(profile, "profile");
    }

    /**
     * The document of an account's month.
     *
     * @param asOf the instant at which it is seen: nothing after it has happened yet
     * @return none if the access does not see the account
     */
    public Option<MonthDocument> preview(Access access, AccountId account, YearMonth month, Instant asOf) {
        Period period = profile.calendar().period(month);
        return Option.when(
                access.sees(account), () -> MonthDocument.compute(ports, profile, access, account, period, asOf));
    }
}

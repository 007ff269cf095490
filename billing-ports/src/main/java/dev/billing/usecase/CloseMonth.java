package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.Ports;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;

/** Seals a month that is over, with what is known then; an empty month too. Facts that come later do not change it. */
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
        return close(access, account, profile.calendar().period(month), clock.instant());
    }

    Either<CloseRefused, Stored> close(Access access, AccountId account, Period period, Instant now) {
        if (!access.sees(account)) {
            return Either.left(new CloseRefused.NoAccess(account));
        }
        if (now.isBefore(period.end())) {
            return Either.left(new CloseRefused.NotOver(period, now));
        }
        InvoiceId id = MonthDocument.id(account, period);
        return ports.invoices()
                .find(access, id)
                .<Either<CloseRefused, Stored>>map(Either::right)
                .getOrElse(
                        () -> issue(access, id, MonthDocument.compute(ports, profile, access, account, period, now)));
    }

    /** Of several threads that get here, the store lets one win; all of them then read what that one wrote. */
    private Either<CloseRefused, Stored> issue(Access access, InvoiceId id, MonthDocument document) {
        Invoice.Preview draft = document.invoice();
        InvoiceStatus status = status(draft);
        Charging charging = new Charging(
                draft.head(), draft.asOf(), status, profile.invoicing().due(draft.figures()));
        Write issue = new Write.Issue(draft, document.lines(), Option.none(), status);
        Commit commit =
                new Commit(new CommandKey("close/" + id), "close", charging.with(issue), Array.of(charging.told()));
        return ports.invoices()
                .commit(access.tenant(), commit)
                .<CloseRefused>mapLeft(CloseRefused.NotStored::new)
                .map(receipt -> ports.invoices().find(access, id).get());
    }

    private static InvoiceStatus status(Invoice.Preview draft) {
        boolean free = draft.figures()
                .byKey()
                .values()
                .forAll(figure -> figure.amount().isZero());
        return free ? InvoiceStatus.FREE : InvoiceStatus.CLOSED;
    }
}

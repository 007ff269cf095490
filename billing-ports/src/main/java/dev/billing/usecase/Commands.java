package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.StorageException;
import io.vavr.control.Either;
import io.vavr.control.Try;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Runs commands: each takes effect once for its key, whole or not at all, however often and from however many places it is sent.
 * <p>
 * A command is planned from what is stored, and stored if nothing that it was planned from has changed; otherwise it is planned again. What
 * it does is told by its events. When the storage fails with an unknown outcome, run it again under the same key.
 */
public final class Commands {

    private final Ports ports;
    private final Profile profile;
    private final Clock clock;
    private final Consolidation consolidation;

    public Commands(Ports ports, Profile profile, Clock clock) {
        this(ports, profile, clock, Consolidation.LOOKED_UP);
    }

    Commands(Ports ports, Profile profile, Clock clock, Consolidation consolidation) {
        this.consolidation = requireNonNull(consolidation, "consolidation");
        this.ports = requireNonNull(ports, "ports");
        this.profile = requireNonNull(profile, "profile");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * What the command would do now, write by write and event by event. Nothing is changed. Numbers of documents are not known before they
     * are given.
     */
    public Either<BillingError, Plan> preview(Access access, Command command) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Try<Either<BillingError, Plan>> plan = Try.of(() -> plan(access, now, command));
        for (int again = 1; again < RunOnce.ATTEMPTS && isDoubtful(plan); again++) {
            Try<Either<BillingError, Plan>> next = Try.of(() -> plan(access, now, command));
            if (next.toString().equals(plan.toString())) {
                break;
            }
            plan = next;
        }
        return plan.get();
    }

    /**
     * Whether a plan may have come of what changed while it was read: the document before a change, and its account after it. Storing an
     * accepted plan would find that out; one that is refused, or fails, is to be made again until that happens twice in the same way.
     */
    private static boolean isDoubtful(Try<Either<BillingError, Plan>> plan) {
        return plan.isSuccess() ? plan.get().isLeft() : !(plan.getCause() instanceof StorageException);
    }

    private Either<BillingError, Plan> plan(Access access, Instant now, Command command) {
        Planning planning = new Planning(ports, profile, access, now);
        return plan(planning, command).map(planning::asSeen);
    }

    private Either<BillingError, Plan> plan(Planning planning, Command command) {
        if (command instanceof DraftCommand draft) {
            return new DraftPlanner(planning).plan(draft);
        }
        if (command instanceof CreditCommand credit) {
            return new CreditPlanner(planning).plan(credit);
        }
        if (command instanceof PaymentCommand payment) {
            return new PaymentPlanner(planning).plan(payment);
        }
        return command instanceof AccountCommand account
                ? new AccountPlanner(planning).plan(account)
                : planOfWhole(planning, command);
    }

    /** Of commands on a month, an order, or a document as it stands. */
    private Either<BillingError, Plan> planOfWhole(Planning planning, Command command) {
        if (command instanceof MonthCommand month) {
            return new MonthPlanner(planning, consolidation).plan(month);
        }
        if (command instanceof PeriodCommand period) {
            return new PeriodPlanner(planning, consolidation).plan(period);
        }
        return command instanceof OrderCommand order
                ? new OrderPlanner(planning).plan(order)
                : new DocumentPlanner(planning).plan((DocumentCommand) command);
    }

    /**
     * Does what the command asks for.
     *
     * @param key the same key and command give the first answer again; the same key with another command is refused
     */
    public Either<BillingError, Receipt> run(Access access, CommandKey key, Command command) {
        return command instanceof AccountCommand.Erase erase ? erase(access, key, erase) : once(access, key, command);
    }

    private Either<BillingError, Receipt> once(Access access, CommandKey key, Command command) {
        return new RunOnce(ports.invoices()).run(access, key, command, () -> preview(access, command));
    }

    /**
     * A document may be addressed while its account is erased, and be stored just before that. When the account is nobody's any more, none
     * is addressed again, so that those there are by then are all. An erasure that is asked for again erases nothing that came after it.
     */
    private Either<BillingError, Receipt> erase(Access access, CommandKey key, AccountCommand.Erase erase) {
        long before = version(access, erase);
        Either<BillingError, Receipt> done = once(access, key, erase);
        boolean erased = done.isRight() && version(access, erase) == before + 1;
        for (int again = 2; erased && again <= RunOnce.ATTEMPTS && isAddressed(access, erase); again++) {
            Either<BillingError, Receipt> rest = once(access, new CommandKey(Fingerprint.of(key, again)), erase);
            if (rest.isLeft()) {
                return rest;
            }
        }
        return done;
    }

    private long version(Access access, AccountCommand.Erase erase) {
        return ports.accounts()
                .details(access, erase.account())
                .map(AccountDetails::version)
                .getOrElse(0L);
    }

    private boolean isAddressed(Access access, AccountCommand.Erase erase) {
        return preview(access, erase).exists(plan -> plan.writes().nonEmpty());
    }
}

package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.Answer;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.StorageException;
import io.vavr.control.Either;
import io.vavr.control.Option;
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

    private static final int ATTEMPTS = 100;

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

    /** What the command would do now. Nothing is changed. */
    public Either<BillingError, Plan> preview(Access access, Command command) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Try<Either<BillingError, Plan>> plan = Try.of(() -> plan(access, now, command));
        for (int again = 1; again < ATTEMPTS && isDoubtful(plan); again++) {
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
        return command instanceof MonthCommand month
                ? new MonthPlanner(planning, consolidation).plan(month)
                : new AccountPlanner(planning).plan((AccountCommand) command);
    }

    /**
     * Does what the command asks for.
     *
     * @param key the same key and command give the first answer again; the same key with another command is refused
     */
    public Either<BillingError, Receipt> run(Access access, CommandKey key, Command command) {
        String content = Fingerprint.of(access.accounts(), command);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Option<Either<BillingError, Receipt>> done = attempt(access, key, content, command);
            if (done.isDefined()) {
                return done.get();
            }
        }
        return Either.left(new CommandRefused.Overtaken(key, ATTEMPTS));
    }

    /** None if somebody else changed meanwhile what the command was planned from. */
    private Option<Either<BillingError, Receipt>> attempt(
            Access access, CommandKey key, String content, Command command) {
        Option<Either<BillingError, Receipt>> known = answer(access, key, content);
        if (known.isDefined()) {
            return known;
        }
        Either<BillingError, Plan> plan = preview(access, command);
        if (plan.isLeft()) {
            // what the command itself led to may be just what forbids it now
            return answer(access, key, content).orElse(Option.some(Either.left(plan.getLeft())));
        }
        Commit commit = new Commit(key, content, plan.get().writes(), plan.get().events());
        Either<CommitRefused, Receipt> done = ports.invoices().commit(access.tenant(), commit);
        return Option.some(done)
                .filter(result -> result.isRight() || !result.getLeft().isOvertaken())
                .map(result -> result.mapLeft(Commands::refused));
    }

    private Option<Either<BillingError, Receipt>> answer(Access access, CommandKey key, String content) {
        return ports.invoices().answer(access.tenant(), key).map(known -> answer(key, content, known));
    }

    private static BillingError refused(CommitRefused why) {
        return why instanceof CommitRefused.KeyReused reused
                ? new CommandRefused.KeyReused(reused.key())
                : new CommandRefused.NotStored(why);
    }

    private static Either<BillingError, Receipt> answer(CommandKey key, String content, Answer known) {
        return known.content().equals(content)
                ? Either.right(known.receipt())
                : Either.left(new CommandRefused.KeyReused(key));
    }
}

package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.BillingError;
import dev.billing.domain.internal.Fingerprint;
import dev.billing.port.Access;
import dev.billing.port.Answer;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Receipt;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.function.Supplier;

/** Stores what a command does, once for its key, if nothing that it was planned from has changed; otherwise it is planned again. */
record RunOnce(InvoiceStore store) {

    static final int ATTEMPTS = 100;

    RunOnce {
        requireNonNull(store, "store");
    }

    /**
     * Does what the command asks for.
     *
     * @param plan what it does as things are now
     */
    Either<BillingError, Receipt> run(
            Access access, CommandKey key, Command command, Supplier<Either<BillingError, Plan>> plan) {
        String content = Fingerprint.of(access.accounts(), command);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Option<Either<BillingError, Receipt>> done = attempt(access, key, content, plan);
            if (done.isDefined()) {
                return done.get();
            }
        }
        return Either.left(new CommandRefused.Overtaken(key, ATTEMPTS));
    }

    /** None if somebody else changed meanwhile what the command was planned from. */
    private Option<Either<BillingError, Receipt>> attempt(
            Access access, CommandKey key, String content, Supplier<Either<BillingError, Plan>> planned) {
        Option<Either<BillingError, Receipt>> known = answer(access, key, content);
        if (known.isDefined()) {
            return known;
        }
        Either<BillingError, Plan> plan = planned.get();
        if (plan.isLeft()) {
            // what the command itself led to may be just what forbids it now
            return answer(access, key, content).orElse(Option.some(Either.left(plan.getLeft())));
        }
        Commit commit = new Commit(key, content, plan.get().writes(), plan.get().events());
        Either<CommitRefused, Receipt> done = store.commit(access.tenant(), commit);
        return Option.some(done)
                .filter(result -> result.isRight() || !result.getLeft().isOvertaken())
                .map(result -> result.mapLeft(RunOnce::refused));
    }

    private Option<Either<BillingError, Receipt>> answer(Access access, CommandKey key, String content) {
        return store.answer(access.tenant(), key).map(known -> answer(key, content, known));
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

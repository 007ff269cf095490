package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.Ports;
import dev.billing.port.TenantId;
import dev.billing.usecase.RunReport.Outcome;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * Bills a month for all accounts of a tenant, each of them for itself: one that cannot be billed is parked, and the others go on.
 * <p>
 * A run that was killed is begun again under its id, and ends with the documents, entries and events that it would have had. Numbers are
 * given in the order in which accounts become final, which is that of their ids when they are billed one at a time.
 */
public final class RunMonth {

    private final Ports ports;
    private final Profile profile;
    private final Clock clock;

    public RunMonth(Ports ports, Profile profile, Clock clock) {
        this.ports = requireNonNull(ports, "ports");
        this.profile = requireNonNull(profile, "profile");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Bills a month. Accounts whose bill is consolidated are on that of their payer.
     *
     * @param executor bills some accounts at once, while the caller waits: not one whose threads all wait like this
     * @param listener is told after each account, on the thread that billed it
     * @throws dev.billing.port.StorageException if the storage fails as often as a step is tried; begin the run again
     */
    public RunReport run(Access access, RunOptions options, Executor executor, Consumer<RunProgress> listener) {
        Instant begun = clock.instant();
        Map<AccountId, Vector<AccountId>> bills =
                new Retrying(options.attempts()).call(() -> bills(access.tenant(), options.more()));
        Consolidation members =
                Consolidation.of(bills.map((account, all) -> new Tuple2<>(account, all.remove(account))));
        Seq<AccountId> toBill = bills.keySet().toArray().filter(access::sees).sortBy(AccountId::value);
        Commands commands = new Commands(ports, profile, clock, members);
        Work work = new Work(toBill, new AccountRun(ports, profile, clock, commands, access, options), begun, listener);
        work.run(executor, options.atOnce());
        return new RunReport(work.outcomes(), Duration.between(begun, clock.instant()));
    }

    /** The accounts that have bills, each with all whose lines are on its bill. */
    private Map<AccountId, Vector<AccountId>> bills(TenantId tenant, Seq<AccountId> more) {
        Payers payers = new Payers(ports.accounts(), tenant);
        return payers.all(Access.toAll(tenant)).appendAll(more).distinct().groupBy(payers::billing);
    }

    /** The accounts of a run, dealt with by some threads. */
    private final class Work {

        private final Array<AccountId> accounts;
        private final AccountRun run;
        private final Instant begun;
        private final Consumer<RunProgress> listener;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<Outcome> outcomes;
        private long done;
        private long parked;

        Work(Seq<AccountId> accounts, AccountRun run, Instant begun, Consumer<RunProgress> listener) {
            this.accounts = accounts.toArray();
            this.run = run;
            this.begun = begun;
            this.listener = requireNonNull(listener, "listener");
            this.outcomes = new AtomicReferenceArray<>(accounts.size());
        }

        void run(Executor executor, int atOnce) {
            Array<CompletableFuture<Void>> workers = Array.fill(
                    Math.min(atOnce, accounts.size()), () -> CompletableFuture.runAsync(this::work, executor));
            workers.forEach(worker -> worker.handle((ignored, failure) -> null).join());
            workers.forEach(RunMonth::rethrow);
        }

        private void work() {
            try {
                for (int i = next.getAndIncrement(); i < accounts.size(); i = next.getAndIncrement()) {
                    Outcome outcome = run.bill(accounts.get(i));
                    outcomes.set(i, outcome);
                    tell(outcome);
                }
            } catch (RuntimeException | Error failed) {
                // the others end what they are at, and begin no more
                next.set(accounts.size());
                throw failed;
            }
        }

        private synchronized void tell(Outcome outcome) {
            done++;
            parked += outcome instanceof RunReport.Parked ? 1 : 0;
            listener.accept(new RunProgress(done, accounts.size(), parked, Duration.between(begun, clock.instant())));
        }

        Seq<Outcome> outcomes() {
            return Array.range(0, accounts.size()).map(outcomes::get);
        }
    }

    private static void rethrow(CompletableFuture<Void> worker) {
        try {
            worker.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }
}

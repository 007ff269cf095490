package dev.billing.usecase;

import static java.util.Objects.requireNonNull;

import dev.billing.domain.AccountId;
import dev.billing.domain.TextOrder;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.profile.Profile;
import dev.billing.port.Access;
import dev.billing.port.Ports;
import dev.billing.usecase.RunReport.Outcome;
import io.vavr.Tuple2;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.collection.Traversable;
import io.vavr.collection.Vector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Bills a month for all accounts of a tenant, each of them for itself: one that cannot be billed is parked, and the others go on. Accounts
 * are those that are known and those of which all that there is are facts.
 * <p>
 * A run that was killed is begun again under its id, and ends with the documents, numbers, entries and events that it would have had, as
 * many as were billed at once. For that, accounts go through it in the order of their ids, some hundreds together: first their drafts are
 * made, many at once; then these become final, one after the other where they count in one series without gaps or one payer owes them.
 * Numbers of series that allow gaps come as they come.
 */
public final class RunMonth {

    /** So many accounts are billed before the first of them becomes final. It changes the order of events, so it is always the same. */
    private static final int TOGETHER = 256;

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
     * @param listener is told after each account, on the thread that ended it
     * @throws dev.billing.port.StorageException if the storage fails as often as a step is tried; begin the run again
     */
    public RunReport run(Access access, RunOptions options, Executor executor, Consumer<RunProgress> listener) {
        Instant begun = clock.instant();
        Retrying storage = new Retrying(options.attempts());
        Payers payers = new Payers(ports.accounts(), access.tenant());
        Map<AccountId, Vector<AccountId>> bills = storage.call(() -> bills(payers));
        Consolidation members =
                Consolidation.of(bills.map((account, all) -> new Tuple2<>(account, all.remove(account))));
        Seq<AccountId> toBill = sorted(bills.keySet(), access);
        Told told = new Told(toBill.size(), begun, listener);
        Commands commands = new Commands(ports, profile, clock, members);
        Work work = new Work(
                new AccountRun(ports, profile, clock, commands, access, options),
                account -> storage.call(() -> lane(payers, account)),
                told,
                executor,
                options.atOnce());
        Seq<Outcome> outcomes = work.billAll(toBill);
        MonthsBilled billed = new MonthsBilled(ports, access.tenant());
        // whose payer's document came to be without them, which is known only now
        Seq<AccountId> leftOver = sorted(bills.values().flatMap(all -> all), access)
                .reject(bills::containsKey)
                .filter(account -> storage.call(() -> billed.isLeftOver(profile, account, options.month())));
        told.expect(leftOver.size());
        return new RunReport(outcomes.appendAll(work.billAll(leftOver)), Duration.between(begun, clock.instant()));
    }

    private static Seq<AccountId> sorted(Traversable<AccountId> accounts, Access access) {
        return accounts.toVector().filter(access::sees).sortBy(TextOrder.CODE_POINTS, AccountId::value);
    }

    /** The accounts that have bills, each with all whose lines are on its bill. */
    private Map<AccountId, Vector<AccountId>> bills(Payers payers) {
        return new AllAccounts(ports, payers.tenant()).inOrder().groupBy(payers::billing);
    }

    /** Accounts of one lane become final one after the other. */
    private String lane(Payers payers, AccountId account) {
        boolean withoutGaps = profile.invoicing().numbers().exists(numbers -> numbers.gaps() == Series.Gaps.NONE);
        return withoutGaps ? "" : payers.chain(account).last().value();
    }

    /** An account whose draft is made, and what ends it. */
    private record Billed(String lane, Supplier<Outcome> end) {}

    /** What is done with accounts. */
    private record Work(AccountRun run, Function<AccountId, String> lanes, Told told, Executor executor, int atOnce) {

        Seq<Outcome> billAll(Seq<AccountId> accounts) {
            return accounts.grouped(TOGETHER).toVector().flatMap(this::bill);
        }

        /** Bills some accounts together. */
        Seq<Outcome> bill(Seq<AccountId> accounts) {
            Seq<Billed> billed = Parallel.map(accounts, this::bill, executor, atOnce);
            Seq<Seq<Billed>> byLane = billed.groupBy(Billed::lane).values().map(lane -> lane);
            Map<AccountId, Outcome> outcomes = Parallel.map(byLane, lane -> lane.map(this::end), executor, atOnce)
                    .flatMap(lane -> lane)
                    .toMap(Outcome::account, outcome -> outcome);
            return accounts.map(account -> outcomes.get(account).get());
        }

        private Billed bill(AccountId account) {
            return new Billed(lanes.apply(account), run.bill(account));
        }

        private Outcome end(Billed billed) {
            Outcome outcome = billed.end().get();
            told.of(outcome);
            return outcome;
        }
    }

    /** What the listener was told. */
    private final class Told {

        private long accounts;
        private final Instant begun;
        private final Consumer<RunProgress> listener;
        private long done;
        private long parked;

        Told(long accounts, Instant begun, Consumer<RunProgress> listener) {
            this.accounts = accounts;
            this.begun = begun;
            this.listener = requireNonNull(listener, "listener");
        }

        synchronized void expect(int more) {
            accounts += more;
        }

        synchronized void of(Outcome outcome) {
            done++;
            parked += outcome instanceof RunReport.Parked ? 1 : 0;
            listener.accept(new RunProgress(done, accounts, parked, Duration.between(begun, clock.instant())));
        }
    }
}

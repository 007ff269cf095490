package dev.billing.benchmarks;

import dev.billing.domain.line.LineItem;
import io.vavr.collection.Seq;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Usage records that one thread rates in a second. The serial collector works while that thread waits, so what it collects is in the time;
 * {@link ProcessorTime} tells how much of the time was worked.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class RatingBenchmark {

    static final int RECORDS = 100_000;
    static final int KNOWN = 16_000;
    private static final int ACCOUNTS = 16;

    /** One subscription's month, through three tiers. */
    @State(Scope.Benchmark)
    public static class OneSubscription {
        final Ours ours = Ours.withUsage(Work.Month.of(1, RECORDS));
    }

    /** The same number of records, of a thousand subscriptions. */
    @State(Scope.Benchmark)
    public static class ManySubscriptions {
        final Ours ours = Ours.withUsage(Work.Month.of(1000, RECORDS / 1000));
    }

    /** A month that was billed, and all ids of which are known. */
    @State(Scope.Benchmark)
    public static class BilledMonth {
        final Ours ours = Ours.withUsage(Work.Month.of(1, KNOWN));
        final Seq<LineItem> billed = ours.rate();
        final Ids known = ours.ids();

        /** There is nothing to bill again. */
        @Setup(Level.Trial)
        public void check() {
            Ours.Again again = ours.rateAgain(billed, known);
            if (again.unknown() != 0 || !again.more().isZero()) {
                throw new IllegalStateException("A month rated again must come to nothing more, but was " + again);
            }
        }
    }

    /** The same month of several accounts. */
    @State(Scope.Benchmark)
    public static class ManyAccounts {
        final List<Ours> accounts = IntStream.range(0, ACCOUNTS)
                .mapToObj(account -> Ours.withUsage(Work.Month.of(10, RECORDS / ACCOUNTS / 10)))
                .toList();

        /** Threads must change nothing. */
        @Setup(Level.Trial)
        public void check() {
            if (!rateAll(accounts.stream().toList()).equals(rateAllInParallel(accounts))) {
                throw new IllegalStateException("Accounts rated in parallel must have the lines they have one by one");
            }
        }

        static List<Seq<LineItem>> rateAll(List<Ours> accounts) {
            return accounts.stream().map(Ours::rate).toList();
        }

        static List<Seq<LineItem>> rateAllInParallel(List<Ours> accounts) {
            return accounts.parallelStream().map(Ours::rate).toList();
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Seq<LineItem> oneSubscription(OneSubscription month) {
        return month.ours.rate();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Seq<LineItem> oneSubscriptionEachIdOnce(OneSubscription month) {
        return month.ours.rateEachIdOnce();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Seq<LineItem> thousandSubscriptions(ManySubscriptions month) {
        return month.ours.rate();
    }

    @Benchmark
    @OperationsPerInvocation(KNOWN)
    public Ours.Again monthAgain(BilledMonth month) {
        return month.ours.rateAgain(month.billed, month.known);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public List<Seq<LineItem>> accountsOneByOne(ManyAccounts accounts) {
        return ManyAccounts.rateAll(accounts.accounts);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public List<Seq<LineItem>> accountsInParallel(ManyAccounts accounts) {
        return ManyAccounts.rateAllInParallel(accounts.accounts);
    }
}

package dev.billing.benchmarks;

import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import org.killbill.billing.invoice.generator.InvoiceWithMetadata;
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

/** The work of {@link RatingBenchmark}, done by Kill Bill, after a check that both come to the same amounts. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"})
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 4, time = 3)
public class KillBillRatingBenchmark {

    /** One subscription's month, through three tiers. */
    @State(Scope.Benchmark)
    public static class OneSubscription {
        private final KillBill peer = checked(Work.Month.of(1, RatingBenchmark.RECORDS));
    }

    /** The same number of records, of a thousand subscriptions. */
    @State(Scope.Benchmark)
    public static class ManySubscriptions {
        private final KillBill peer = checked(Work.Month.of(1000, RatingBenchmark.RECORDS / 1000));
    }

    /** A month that was billed, and all ids of which are known. */
    @State(Scope.Benchmark)
    public static class BilledMonth {
        private final KillBill peer = checked(Work.Month.of(1, RatingBenchmark.KNOWN));

        /** There is nothing to bill again. */
        @Setup(Level.Trial)
        public void keep() {
            peer.keep(peer.invoice());
            InvoiceWithMetadata again = peer.invoice();
            if (KillBill.amounts(again).nonEmpty() || !again.getTrackingIds().isEmpty()) {
                throw new IllegalStateException(
                        "A month invoiced again must come to nothing more, but was " + KillBill.amounts(again));
            }
        }
    }

    private static KillBill checked(Work.Month month) {
        KillBill peer = KillBill.withUsage(month);
        requireEqual(
                KillBill.amounts(peer.invoice()),
                Ours.amounts(Ours.withUsage(month).rate()));
        return peer;
    }

    /** Refuses to time two sides that disagree in a cent. */
    static void requireEqual(Seq<BigDecimal> theirs, Seq<Money> ours) {
        Seq<Money> expected = theirs.map(amount -> Money.of(Ours.USD, amount));
        if (!sorted(expected).equals(sorted(ours))) {
            throw new IllegalStateException(
                    "Both sides must come to the same amounts, but they were " + expected + " and " + ours);
        }
    }

    private static Seq<Money> sorted(Seq<Money> amounts) {
        return Array.ofAll(amounts).sortBy(Money::amount);
    }

    @Benchmark
    @OperationsPerInvocation(RatingBenchmark.RECORDS)
    public InvoiceWithMetadata oneSubscription(OneSubscription month) {
        return month.peer.invoice();
    }

    @Benchmark
    @OperationsPerInvocation(RatingBenchmark.RECORDS)
    public InvoiceWithMetadata thousandSubscriptions(ManySubscriptions month) {
        return month.peer.invoice();
    }

    @Benchmark
    @OperationsPerInvocation(RatingBenchmark.KNOWN)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public InvoiceWithMetadata monthAgain(BilledMonth month) {
        return month.peer.invoice();
    }
}

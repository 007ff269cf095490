package dev.billing.benchmarks;

import java.util.concurrent.TimeUnit;
import org.killbill.billing.invoice.generator.InvoiceWithMetadata;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The work of {@link RenewalBenchmark}, done by Kill Bill, after a check that both come to the same amounts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
public class KillBillRenewalBenchmark {

    @Param({"6", "60"})
    public int earlierInvoices = 6;

    private KillBill peer;

    /** Both sides must renew at the same price. */
    @Setup
    public void check() {
        peer = KillBill.withHistory(RenewalBenchmark.SUBSCRIPTIONS, earlierInvoices);
        KillBillRatingBenchmark.requireEqual(
                KillBill.amounts(peer.invoice()),
                Ours.amounts(Renewal.after(RenewalBenchmark.SUBSCRIPTIONS, earlierInvoices)
                        .rate()));
    }

    @Benchmark
    public InvoiceWithMetadata renewal() {
        return peer.invoice();
    }
}

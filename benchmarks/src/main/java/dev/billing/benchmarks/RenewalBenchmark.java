package dev.billing.benchmarks;

import dev.billing.domain.line.LineItem;
import io.vavr.collection.Seq;
import java.util.concurrent.TimeUnit;
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

/** The lines of the next month of a hundred subscriptions that are billed in advance, each having been billed for some months before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms1g", "-Xmx1g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class RenewalBenchmark {

    static final int SUBSCRIPTIONS = 100;

    @Param({"6", "60"})
    public int earlierInvoices = 6;

    private Renewal renewal;

    @Setup
    public void subscribe() {
        renewal = Renewal.after(SUBSCRIPTIONS, earlierInvoices);
    }

    @Benchmark
    public Seq<LineItem> renewal() {
        return renewal.rate();
    }
}

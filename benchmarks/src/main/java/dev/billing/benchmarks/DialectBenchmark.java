package dev.billing.benchmarks;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Requests per second of each dialect over a real socket, beside prepared bytes of the same size from the same server. One client with one
 * connection; client, server and an H2 database in memory share the machine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DialectBenchmark {

    /** What is asked for. */
    public enum Target {
        AKKERIS_ONE,
        SPACES_ONE,
        SPACES_LIST,
        MORPHEUS_ONE,
        MORPHEUS_LIST,
        ATLAS_ONE,
        ATLAS_LIST
    }

    @Param({"AKKERIS_ONE", "SPACES_ONE", "SPACES_LIST", "MORPHEUS_ONE", "MORPHEUS_LIST", "ATLAS_ONE", "ATLAS_LIST"})
    public Target target = Target.AKKERIS_ONE;

    private final ServedSystems systems = new ServedSystems();

    /** Starts the server, and asks once to know how long the answer is. */
    @Setup
    public void start() throws Exception {
        systems.start(target);
    }

    @TearDown
    public void stop() throws Exception {
        systems.stop();
    }

    @Benchmark
    public int served() throws Exception {
        return systems.ask(systems.path());
    }

    @Benchmark
    public int prepared() throws Exception {
        return systems.ask(ServedSystems.PREPARED);
    }
}

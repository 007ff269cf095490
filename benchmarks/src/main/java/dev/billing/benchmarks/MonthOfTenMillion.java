package dev.billing.benchmarks;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.jdbc.JdbcPorts;
import dev.billing.port.Access;
import dev.billing.port.FactQuery;
import dev.billing.port.TenantId;
import dev.billing.port.UsageStore;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Records a month of usage in a database of H2 in a file, and rates it from there. Started with {@code -Xmx256m}, it shows that rating
 * holds no more in memory than its lines, however many records there are.
 */
public final class MonthOfTenMillion {

    private static final int BATCH = 5_000;
    private static final int SUBSCRIPTIONS = 1_000;
    private static final TenantId TENANT = new TenantId("bench");

    private final UsageStore store;
    private final int records;
    private final Array<Map<Dimension, Ref>> places =
            Array.range(0, SUBSCRIPTIONS).map(Ours::places);

    private MonthOfTenMillion(UsageStore store, int records) {
        this.store = store;
        this.records = records;
    }

    /**
     * Runs it and prints how long it took.
     *
     * @param arguments how many records, ten million if it is not said; and the directory of the database, a new one if it is not said
     */
    public static void main(String[] arguments) throws IOException {
        int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
        Path directory = arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("month");
        JdbcConnectionPool database = JdbcConnectionPool.create(
                "jdbc:h2:file:" + directory.resolve("month").toAbsolutePath() + ";CACHE_SIZE=65536", "sa", "");
        MonthOfTenMillion month = new MonthOfTenMillion(JdbcPorts.open(database).usage(), records);
        long added = month.timed("recorded", month::record);
        say("%,d of them were new", added);
        Seq<LineItem> lines = month.timed("rated", month::rate);
        say("%,d lines, %s in all", lines.size(), Ours.total(lines));
        database.dispose();
    }

    private long record() {
        long added = 0;
        for (int from = 0; from < records; from += BATCH) {
            Seq<Fact> batch = Array.range(from, Math.min(from + BATCH, records)).map(this::fact);
            added += store.record(TENANT, batch).get().added();
        }
        return added;
    }

    private UsageRecord fact(int number) {
        int each = (records + SUBSCRIPTIONS - 1) / SUBSCRIPTIONS;
        int subscription = number % SUBSCRIPTIONS;
        return Ours.record(Work.Use.of(subscription, number / SUBSCRIPTIONS, each), places.get(subscription));
    }

    private Seq<LineItem> rate() {
        return store.usage(
                Access.to(TENANT, Ours.ACCOUNT),
                FactQuery.of(Ours.ACCOUNT, Ours.MONTH),
                records -> Ours.rater().rate(Array.empty(), () -> records, Ours.PRICES));
    }

    private <T> T timed(String done, Supplier<T> work) {
        long start = System.nanoTime();
        try (PeakOfHeap heap = new PeakOfHeap()) {
            T result = work.get();
            double seconds = (System.nanoTime() - start) / 1e9;
            say(
                    "%s %,d records in %.1f s, %,.0f a second, with at most %,d of %,d MB of heap in use",
                    done,
                    records,
                    seconds,
                    records / seconds,
                    heap.highest() >> 20,
                    Runtime.getRuntime().maxMemory() >> 20);
            return result;
        }
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }

    /** How much of the heap is in use, garbage included, looked at again and again until it is closed. */
    private static final class PeakOfHeap implements AutoCloseable {

        private static final int MILLIS = 20;

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final AtomicLong highest = new AtomicLong();

        PeakOfHeap() {
            MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
            timer.scheduleAtFixedRate(
                    () -> highest.accumulateAndGet(memory.getHeapMemoryUsage().getUsed(), Math::max),
                    0,
                    MILLIS,
                    TimeUnit.MILLISECONDS);
        }

        long highest() {
            return highest.get();
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }
}

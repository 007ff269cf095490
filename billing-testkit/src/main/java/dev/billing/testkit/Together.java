package dev.billing.testkit;

import dev.billing.port.StorageException;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lets threads do something at the same time. */
final class Together {

    static final int THREADS = 8;

    private static final int ATTEMPTS = 1_000;
    private static final long SECONDS = 60;

    private Together() {}

    /** What each of {@link #THREADS} threads gets; each is told its number, from 0. A thread that fails fails the caller. */
    static <T> Seq<T> run(IntFunction<T> task) {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<T>> calls = IntStream.range(0, THREADS)
                .<Callable<T>>mapToObj(thread -> () -> {
                    start.await(SECONDS, TimeUnit.SECONDS);
                    return task.apply(thread);
                })
                .toList();
        try {
            return Array.ofAll(pool.invokeAll(calls, SECONDS, TimeUnit.SECONDS)).map(Together::result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Threads were interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Threads were interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("A thread failed: " + e.getCause(), e.getCause());
        }
    }

    /** Repeats a call that can be repeated, for as long as the storage asks for it. */
    static <T> T persistently(Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (StorageException e) {
                if (e.kind() == StorageException.Kind.FATAL || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}

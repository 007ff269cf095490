package dev.billing.usecase;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/** The same for many, on the threads of an executor. */
final class Parallel<T, R> {

    private final Array<T> values;
    private final Function<T, R> function;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<R> results;

    private Parallel(Array<T> values, Function<T, R> function) {
        this.values = values;
        this.function = function;
        this.results = new AtomicReferenceArray<>(values.size());
    }

    /** What a function makes of each value, in the order of the values; all at once if the executor can. */
    static <T, R> Seq<R> map(Seq<T> values, Function<T, R> function, Executor executor) {
        return map(values, function, executor, values.size());
    }

    /**
     * What a function makes of each value, in the order of the values, some of them at once. They are begun in that order.
     *
     * @throws RuntimeException the failure of one of them; the others have ended what they were at by then, and begun no more
     */
    static <T, R> Seq<R> map(Seq<T> values, Function<T, R> function, Executor executor, int atOnce) {
        Parallel<T, R> parallel = new Parallel<>(values.toArray(), function);
        Array<CompletableFuture<Void>> workers =
                Array.fill(Math.min(atOnce, values.size()), () -> CompletableFuture.runAsync(parallel::work, executor));
        workers.forEach(worker -> worker.handle((ignored, failure) -> null).join());
        workers.forEach(Parallel::rethrow);
        return Array.range(0, values.size()).map(parallel.results::get);
    }

    private void work() {
        try {
            for (int i = next.getAndIncrement(); i < values.size(); i = next.getAndIncrement()) {
                results.set(i, function.apply(values.get(i)));
            }
        } catch (RuntimeException | Error failed) {
            next.set(values.size());
            throw failed;
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

package dev.billing.usecase;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The same for many, on the threads of an executor. */
final class Parallel {

    private Parallel() {}

    /**
     * What a function makes of each value, in the order of the values.
     *
     * @throws RuntimeException the first failure in that order, once all have ended
     */
    static <T, R> Seq<R> map(Seq<T> values, Function<T, R> function, Executor executor) {
        Array<CompletableFuture<R>> results =
                Array.ofAll(values).map(value -> CompletableFuture.supplyAsync(() -> function.apply(value), executor));
        results.forEach(result -> result.handle((ignored, failure) -> null).join());
        return results.map(Parallel::result);
    }

    private static <R> R result(CompletableFuture<R> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}

package dev.billing.testkit;

import io.vavr.collection.Seq;
import java.util.function.IntFunction;

/** {@link Together}, for the tests of other packages. */
public final class AtOnce {

    public static final int THREADS = Together.THREADS;

    private AtOnce() {}

    public static <T> Seq<T> run(IntFunction<T> task) {
        return Together.run(task);
    }
}

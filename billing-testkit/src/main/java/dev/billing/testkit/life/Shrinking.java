package dev.billing.testkit.life;

import io.vavr.collection.Seq;
import java.time.Duration;
import java.util.function.Predicate;

/** Leaves out steps, as long as what is left still fails: first many at a time, in the end each one. */
final class Shrinking {

    private static final Duration AT_MOST = Duration.ofSeconds(20);

    private Shrinking() {}

    static Seq<Step> of(Seq<Step> steps, Predicate<Seq<Step>> fails) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        Seq<Step> left = steps;
        for (int size = steps.size() / 2; size >= 1; size /= 2) {
            Seq<Step> before;
            do {
                before = left;
                for (int from = left.size() - size; from >= 0 && System.nanoTime() < end; from -= size) {
                    Seq<Step> fewer = left.take(from).appendAll(left.drop(from + size));
                    left = fails.test(fewer) ? fewer : left;
                }
            } while (size == 1 && left.size() < before.size());
        }
        return left;
    }
}

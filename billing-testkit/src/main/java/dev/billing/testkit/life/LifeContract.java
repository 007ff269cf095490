package dev.billing.testkit.life;

import dev.billing.port.Ports;
import dev.billing.port.TenantId;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;

/**
 * The whole life of documents and accounts on any storage: sequences of fifty commands of all kinds, some of them sent again, two at once,
 * or while the storage fails, have the effects that a small model of their own has, step by step. In the end the books are verified.
 * <p>
 * The steps are numbers, and what they do is chosen where life has got to, so jqwik gives one text for a sequence instead of a chain of
 * actions: that text is all that is needed to run it again in any storage, a step may need two threads and a failure between them, which
 * an action that changes one state does not have, and leaving out steps is all the shrinking that is needed.
 * <p>
 * Extend it with jqwik's engine in your tests. A failure says with which one line it is run again: {@code -Dbilling.life=} and the
 * steps that are left when it was made as small as could be.
 */
public abstract class LifeContract {

    /** The name of the system property that holds steps to be run instead of any. */
    public static final String STEPS = "billing.life";

    /** How many sequences are run where nothing else is said; override the property with another annotation to run more. */
    protected static final int SEQUENCES = 200;

    private static final int LENGTH = 50;
    private static final Executor THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "life");
        thread.setDaemon(true);
        return thread;
    });

    /** Ports of the storage. Every sequence has a tenant of its own, so that they may be the same ones each time. */
    protected abstract Ports ports();

    /** After how many steps all that is stored is compared with the model. */
    protected int stepsBetweenChecks() {
        return 10;
    }

    /** Any steps have the effects that they have in the model. */
    @Property(tries = SEQUENCES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    protected void any_life_is_as_in_the_model(@ForAll("lives") String steps) {
        String told = System.getProperty(STEPS, "");
        run(Step.read(told.isEmpty() ? steps : told));
    }

    private void run(Seq<Step> steps) {
        failure(steps).forEach(failure -> {
            Seq<Step> fewer = Shrinking.of(steps, some -> failure(some).isDefined());
            AssertionError simplest = failure(fewer).getOrElse(failure);
            throw new AssertionError(
                    "-D" + STEPS + "=" + Step.write(fewer) + " runs this again. " + simplest.getMessage(),
                    simplest.getCause());
        });
    }

    private Option<AssertionError> failure(Seq<Step> steps) {
        TenantId tenant = new TenantId("life " + UUID.randomUUID());
        try {
            new LifeRun(ports(), tenant, THREADS, stepsBetweenChecks()).run(steps);
            return Option.none();
        } catch (AssertionError e) {
            return Option.some(e);
        }
    }

    @Provide
    final Arbitrary<String> lives() {
        Arbitrary<Integer> part =
                Arbitraries.integers().between(0, Step.BOUND - 1).withDistribution(RandomDistribution.uniform());
        return Combinators.combine(part, part, part, part, part)
                .as(Step::new)
                .list()
                .ofSize(LENGTH)
                .map(steps -> Step.write(Array.ofAll(steps)));
    }
}

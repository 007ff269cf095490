package dev.billing.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.billing.port.Ports;
import dev.billing.port.TenantId;
import dev.billing.testkit.InMemoryPorts;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The proof that lives and races bite: what is wrong with a storage is found soon, in few steps, and found again. */
class BrokenLifeTest {

    private static final int SEQUENCES = 40;
    private static final int LENGTH = 50;
    private static final Executor AT_ONCE = Runnable::run;
    private static final Pattern REPLAY =
            Pattern.compile("^-D" + LifeContract.STEPS.replace(".", "\\.") + "=(\\S+) runs this again\\. ");

    /** A life on some storage, as a test of that would be. */
    private static final class Lives extends LifeContract {
        private final Supplier<Ports> storage;

        Lives(Supplier<Ports> storage) {
            this.storage = storage;
        }

        @Override
        protected Ports ports() {
            return storage.get();
        }
    }

    /** One round of each race on a storage. */
    private static final class Race extends RaceContract {
        private final Ports storage;

        Race(Ports storage) {
            this.storage = storage;
        }

        @Override
        protected Ports ports() {
            return storage;
        }

        @Override
        protected int rounds() {
            return 1;
        }
    }

    @AfterEach
    void forget() {
        System.clearProperty(LifeContract.STEPS);
    }

    @TestFactory
    Stream<DynamicTest> what_is_wrong_with_a_storage_is_found() {
        return BrokenLives.all()
                .toJavaStream()
                .map(broken -> DynamicTest.dynamicTest(
                        broken._1,
                        () -> assertThat(failing(broken._2))
                                .as("A sequence of %s that fails on a storage that %s", SEQUENCES, broken._1)
                                .isNotEmpty()));
    }

    @Test
    void nothing_is_found_where_nothing_is_wrong() {
        assertThat(failing(InMemoryPorts::create)).isEmpty();
    }

    @Test
    void a_failure_is_made_as_small_as_it_can_be() {
        Supplier<Ports> broken =
                BrokenLives.all().get("applies half of a commit").get();
        Seq<Step> steps = failing(broken).get();
        Seq<Step> fewer = Shrinking.of(steps, some -> fails(broken, some));
        assertThat(fails(broken, fewer)).as("What is left fails: %s", fewer).isTrue();
        assertThat(fewer.size()).isLessThanOrEqualTo(3).isLessThan(steps.size());
        assertThat(Array.range(0, fewer.size()).filter(index -> fails(broken, fewer.removeAt(index))))
                .as("Steps of %s that could be left out", fewer)
                .isEmpty();
    }

    @Test
    void a_failure_is_run_again_with_one_line() {
        Supplier<Ports> broken =
                BrokenLives.all().get("applies half of a commit").get();
        AssertionError first = failure(broken, Step.write(failing(broken).get()));
        Matcher told = REPLAY.matcher(first.getMessage());
        assertThat(told.find()).as("A replay in: %s", first.getMessage()).isTrue();

        System.setProperty(LifeContract.STEPS, told.group(1));

        assertThat(failure(broken, "")).hasMessage(first.getMessage());
        assertThatCode(() -> new Lives(InMemoryPorts::create).any_life_is_as_in_the_model(""))
                .as("The same steps where nothing is wrong")
                .doesNotThrowAnyException();
    }

    /** Both have planned before either is stored, so that it is for the storage to refuse one of them. */
    @Test
    void a_race_finds_that_two_spend_the_same() {
        CyclicBarrier both = new CyclicBarrier(2);
        Thread test = Thread.currentThread();
        Ports broken = BrokenLives.lettingStaleEntriesPass(() -> {
            if (!Thread.currentThread().equals(test)) {
                await(both);
            }
        });
        Race race = new Race(broken);
        assertThat(catchThrowableOfType(AssertionError.class, race::credit_is_used_once))
                .hasMessageContaining("One of two must get the credit");
        assertThat(catchThrowableOfType(AssertionError.class, race::end))
                .hasMessageContaining("What is wrong after the race");
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("The other thread did not come", e);
        }
    }

    private static AssertionError failure(Supplier<Ports> storage, String steps) {
        return catchThrowableOfType(AssertionError.class, () -> new Lives(storage).any_life_is_as_in_the_model(steps));
    }

    /** The first of some sequences, always the same ones, that fails; without threads, so that it always does. */
    private static Option<Seq<Step>> failing(Supplier<Ports> storage) {
        Random random = new Random(1);
        return Array.range(0, SEQUENCES).map(any -> steps(random)).find(steps -> fails(storage, steps));
    }

    private static Seq<Step> steps(Random random) {
        return Array.fill(
                LENGTH,
                () -> new Step(
                        random.nextInt(Step.BOUND),
                        random.nextInt(Step.BOUND),
                        random.nextInt(Step.BOUND),
                        random.nextInt(Step.BOUND),
                        random.nextInt(Step.BOUND)));
    }

    private static boolean fails(Supplier<Ports> storage, Seq<Step> steps) {
        try {
            new LifeRun(storage.get(), new TenantId("life"), AT_ONCE, LENGTH).run(steps);
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }
}

package dev.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.billing.domain.meter.Accumulator;
import dev.billing.domain.meter.CustomAggregation;
import dev.billing.domain.meter.QuantityRounding;
import dev.billing.domain.meter.Reading;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** An aggregation that keeps the contract, and the contract bites. */
class CustomAggregationContractTest {

    private static final AtomicReference<CustomAggregation> BROKEN = new AtomicReference<>();
    private static final AtomicLong OF_ALL = new AtomicLong();

    /** The median: it cannot be made from two medians, so its parts keep all they have read. */
    @Nested
    class TheMedian extends CustomAggregationContract {
        @Override
        protected CustomAggregation aggregation() {
            return (period, asOf) -> new Median();
        }
    }

    static final class OfAggregations extends CustomAggregationContract {
        @Override
        protected CustomAggregation aggregation() {
            return BROKEN.get();
        }
    }

    @TestFactory
    Stream<DynamicTest> a_broken_aggregation_fails_at_its_rule() {
        return broken().toJavaStream()
                .map(defect -> DynamicTest.dynamicTest(
                        defect.breaks() + ": " + defect.what(),
                        () -> assertThat(rules(failures(defect.broken().get())))
                                .as("Rules that must fail on an aggregation that %s", defect.what())
                                .containsExactlyElementsOf(defect.rules())));
    }

    @Test
    void every_test_fails_on_one_of_them() {
        assertThat(broken().flatMap(defect -> failures(defect.broken().get())).distinct())
                .containsExactlyInAnyOrderElementsOf(Array.of(CustomAggregationContract.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(method -> method.getName()));
    }

    private static Seq<Defect<CustomAggregation>> broken() {
        return Array.of(
                defect("takes the last reading that arrives", "g1 g2", LastToArrive::new),
                defect("forgets what the other part has read", "g2", () -> new Median() {
                    @Override
                    void join(Median other) {
                        // only its own
                    }
                }),
                defect("counts a part once more than it is", "g2", () -> new Median() {
                    @Override
                    void join(Median other) {
                        super.join(other);
                        extra++;
                    }
                }),
                defect("takes parts of any aggregation", "g3", () -> new Median() {
                    @Override
                    public void merge(Accumulator other) {
                        if (other instanceof Median median) {
                            join(median);
                        }
                    }
                }),
                defect("counts the readings of all others too", "g1 g2 g4 g5 g6", () -> new Median() {
                    @Override
                    public void add(Reading reading) {
                        super.add(reading);
                        OF_ALL.incrementAndGet();
                    }

                    @Override
                    public long count() {
                        return OF_ALL.get();
                    }
                }),
                defect("uses its readings up", "g5", () -> new Median() {
                    @Override
                    public BigDecimal result(Option<QuantityRounding> rounding) {
                        BigDecimal result = super.result(rounding);
                        extra = read.size();
                        read.clear();
                        return result;
                    }
                }),
                defect("counts only what moves it", "g6", () -> new Median() {
                    @Override
                    public long count() {
                        return read.stream().distinct().count();
                    }
                }));
    }

    private static Defect<CustomAggregation> defect(String what, String breaks, Supplier<Accumulator> accumulator) {
        return new Defect<>(what, breaks, () -> (period, asOf) -> accumulator.get());
    }

    private static Seq<String> failures(CustomAggregation broken) {
        BROKEN.set(broken);
        return Array.ofAll(EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(OfAggregations.class))
                        .execute()
                        .testEvents()
                        .failed()
                        .stream())
                .map(event ->
                        ((MethodSource) event.getTestDescriptor().getSource().orElseThrow()).getMethodName());
    }

    private static Seq<String> rules(Seq<String> failures) {
        return failures.map(name -> name.substring(0, name.indexOf('_')))
                .distinct()
                .sorted();
    }

    /** The lower median of all readings. */
    private static class Median implements Accumulator {

        final List<BigDecimal> read = new ArrayList<>();
        long extra;

        @Override
        public void add(Reading reading) {
            read.add(reading.quantity());
        }

        @Override
        public void merge(Accumulator other) {
            if (!(other instanceof Median median)) {
                throw new IllegalArgumentException("A median must be merged with a median, but was with " + other);
            }
            join(median);
        }

        void join(Median other) {
            read.addAll(other.read);
            extra += other.extra;
        }

        @Override
        public long count() {
            return read.size() + extra;
        }

        @Override
        public BigDecimal result(Option<QuantityRounding> rounding) {
            List<BigDecimal> sorted = new ArrayList<>(read);
            Collections.sort(sorted);
            BigDecimal median = sorted.isEmpty() ? BigDecimal.ZERO : sorted.get((sorted.size() - 1) / 2);
            return rounding.map(how -> how.round(median)).getOrElse(median);
        }
    }

    private static final class LastToArrive extends Median {
        @Override
        public BigDecimal result(Option<QuantityRounding> rounding) {
            return read.isEmpty() ? BigDecimal.ZERO : read.get(read.size() - 1);
        }
    }
}

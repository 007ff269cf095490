package dev.billing.benchmarks;

import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.PricingRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.Warmup;

/** Our graduated prices beside a loop over an array of tiers, as one writes it by hand with {@link BigDecimal}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class TierBenchmark {

    static final List<String> QUANTITIES = List.of("672", "150000", "499996.125");

    /** In the first, the second and the third tier, the last one with a fraction. */
    @Param({"672", "150000", "499996.125"})
    public String quantity = "672";

    private final PricingRule rule = Ours.TIERS;
    private final Tier[] tiers = Work.TIERS.stream().map(Tier::of).toArray(Tier[]::new);
    private BigDecimal used = BigDecimal.ZERO;

    /** Both must come to the same. */
    @Setup
    public void check() {
        used = new BigDecimal(quantity);
        if (handWritten().compareTo(ours().amount()) != 0) {
            throw new IllegalStateException(
                    "Both must come to the same, but they were " + handWritten() + " and " + ours());
        }
    }

    @Benchmark
    public BigDecimal handWritten() {
        BigDecimal rest = used;
        BigDecimal price = BigDecimal.ZERO;
        for (Tier tier : tiers) {
            BigDecimal units = tier.size == null || rest.compareTo(tier.size) <= 0 ? rest : tier.size;
            price = price.add(units.multiply(tier.unitPrice));
            rest = rest.subtract(units);
            if (rest.signum() == 0) {
                break;
            }
        }
        return price;
    }

    @Benchmark
    public Money ours() {
        return rule.price(used);
    }

    /** So many units, or all of them if it has no size, at one price. */
    private record Tier(@Nullable BigDecimal size, BigDecimal unitPrice) {

        static Tier of(Work.Tier tier) {
            return new Tier(tier.size().orElse(null), tier.price());
        }
    }
}

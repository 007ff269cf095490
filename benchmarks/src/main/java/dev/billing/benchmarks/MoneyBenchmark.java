package dev.billing.benchmarks;

import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;
import javax.money.Monetary;
import javax.money.MonetaryAmount;
import javax.money.MonetaryOperator;
import javax.money.RoundingQueryBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Our {@link Money} beside plain {@link BigDecimal} and Moneta's default amount, on the same numbers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class MoneyBenchmark {

    private static final Rounding HALF_UP = Rounding.toMinorUnit(RoundingMode.HALF_UP);

    private BigDecimal one = new BigDecimal("1234.56");
    private BigDecimal other = new BigDecimal("0.0638");
    private BigDecimal factor = new BigDecimal("672.043");
    private BigDecimal divisor = new BigDecimal("28");
    private int digits = 2;
    private RoundingMode mode = RoundingMode.HALF_UP;

    private Money ourOne = Money.of(Monetary.getCurrency("USD"), one);
    private Money ourOther = Money.of(Monetary.getCurrency("USD"), other);

    private MonetaryAmount monetaOne = ourOne.toMonetaryAmount();
    private MonetaryAmount monetaOther = ourOther.toMonetaryAmount();
    private MonetaryOperator monetaRounding = Monetary.getRounding(
            RoundingQueryBuilder.of().setScale(2).set(RoundingMode.HALF_UP).build());

    @Benchmark
    public BigDecimal addBigDecimal() {
        return one.add(other);
    }

    @Benchmark
    public Money addOurs() {
        return ourOne.plus(ourOther);
    }

    @Benchmark
    public MonetaryAmount addMoneta() {
        return monetaOne.add(monetaOther);
    }

    @Benchmark
    public BigDecimal multiplyBigDecimal() {
        return one.multiply(factor);
    }

    @Benchmark
    public Money multiplyOurs() {
        return ourOne.times(factor);
    }

    @Benchmark
    public MonetaryAmount multiplyMoneta() {
        return monetaOne.multiply(factor);
    }

    @Benchmark
    public BigDecimal divideAndRoundBigDecimal() {
        return one.divide(divisor, digits, mode);
    }

    @Benchmark
    public Money divideAndRoundOurs() {
        return ourOne.dividedBy(divisor, HALF_UP);
    }

    @Benchmark
    public MonetaryAmount divideAndRoundMoneta() {
        return monetaOne.divide(divisor).with(monetaRounding);
    }
}

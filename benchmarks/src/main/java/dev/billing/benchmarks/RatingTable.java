package dev.billing.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/** Runs the benchmarks of rating and prints them as one table, each of ours beside its peer: medians, and the lowest to the highest. */
public final class RatingTable {

    private final Map<String, RunResult> results;

    private RatingTable(Collection<RunResult> results) {
        this.results = results.stream().collect(Collectors.toMap(RatingTable::name, Function.identity()));
    }

    /**
     * Runs and prints.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws RunnerException {
        RatingTable table = new RatingTable(new Runner(new OptionsBuilder()
                        .include("\\.(KillBill)?(Rating|Renewal)Benchmark\\.")
                        .include("\\.TierBenchmark\\.")
                        .addProfiler(GCProfiler.class)
                        .addProfiler(ProcessorTime.class)
                        .build())
                .run());
        say("| | unit | peer | ours | ratio | peer, B | ours, B |");
        say("|---|---|---|---|---|---|---|");
        table.records("one subscription × 100,000 records", "oneSubscription", "oneSubscription");
        table.records("the same, each id once", "oneSubscription", "oneSubscriptionEachIdOnce");
        table.records("1,000 subscriptions × 100 records", "thousandSubscriptions", "thousandSubscriptions");
        table.records("16,000 records again, every id known", "monthAgain", "monthAgain");
        table.renewal("6");
        table.renewal("60");
        TierBenchmark.QUANTITIES.forEach(table::tiers);
        table.inParallel();
    }

    private void records(String what, String peer, String ours) {
        row(
                what,
                "records/CPU-s",
                "KillBillRatingBenchmark." + peer,
                "RatingBenchmark." + ours,
                perOperation -> 1e9 / perOperation);
    }

    private void renewal(String earlier) {
        row(
                "renewal, " + earlier + " earlier invoices",
                "CPU-ms",
                "KillBillRenewalBenchmark.renewal " + earlier,
                "RenewalBenchmark.renewal " + earlier,
                perOperation -> perOperation / 1e6);
    }

    private void tiers(String quantity) {
        row(
                "tiers, quantity " + quantity,
                "CPU-ns",
                "TierBenchmark.handWritten " + quantity,
                "TierBenchmark.ours " + quantity,
                perOperation -> perOperation);
    }

    private void inParallel() {
        Statistics one = results.get("RatingBenchmark.accountsOneByOne")
                .getPrimaryResult()
                .getStatistics();
        Statistics all = results.get("RatingBenchmark.accountsInParallel")
                .getPrimaryResult()
                .getStatistics();
        DoubleUnaryOperator asIs = score -> score;
        say(
                "| 16 accounts, one by one and in parallel | records/s | %s | %s | %s | | |",
                spread(one, asIs), spread(all, asIs), number(median(all) / median(one)));
    }

    /**
     * One row.
     *
     * @param shown what is shown of the processor time of an operation in nanoseconds
     */
    private void row(String what, String unit, String peerName, String oursName, DoubleUnaryOperator shown) {
        Optional<RunResult> peer = Optional.ofNullable(results.get(peerName));
        Statistics ours = processor(results.get(oursName));
        say(
                "| %s | %s | %s | %s | %s | %s | %s |",
                what,
                unit,
                peer.map(found -> spread(processor(found), shown)).orElse("–"),
                spread(ours, shown),
                peer.map(found -> number(median(processor(found)) / median(ours)))
                        .orElse("–"),
                peer.map(RatingTable::allocated).orElse("–"),
                allocated(results.get(oursName)));
    }

    private static String name(RunResult result) {
        BenchmarkParams params = result.getParams();
        String values = params.getParamsKeys().stream()
                .map(key -> " " + params.getParam(key))
                .collect(Collectors.joining());
        String benchmark = params.getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1) + values;
    }

    private static Statistics processor(RunResult result) {
        return result.getSecondaryResults().get(ProcessorTime.NAME).getStatistics();
    }

    private static double median(Statistics values) {
        return values.getPercentile(50);
    }

    private static String spread(Statistics values, DoubleUnaryOperator shown) {
        double one = shown.applyAsDouble(values.getMin());
        double other = shown.applyAsDouble(values.getMax());
        return number(shown.applyAsDouble(median(values))) + " (" + number(Math.min(one, other)) + "–"
                + number(Math.max(one, other)) + ")";
    }

    private static String allocated(RunResult result) {
        Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return bytes == null ? "–" : number(bytes.getScore());
    }

    /** With three digits that count, or all of a whole number. */
    private static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}

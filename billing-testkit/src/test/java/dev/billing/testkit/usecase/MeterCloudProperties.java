package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.CloudWorld.PROFILE;
import static dev.billing.testkit.usecase.CloudWorld.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Decimals;
import dev.billing.domain.profile.Morpheus;
import dev.billing.usecase.BilledObject;
import dev.billing.usecase.CloudRun.ReportedCharge;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Runs of a cloud, whatever they bring and however often. */
class MeterCloudProperties {

    private static final FigureKey RUNNING = Morpheus.running(Basis.ACTUAL, Side.COST);
    private static final BilledObject ONE = thing("Container", "400", "10");
    private static final BilledObject OTHER = thing("Container", "401", "3");
    private static final BilledObject INSTANCE = thing("Instance", "331", "");

    /** An hour of an item of one of two containers; the same hour always costs the same. */
    record Hour(boolean ofOne, int item, int hour) {

        ReportedCharge charge() {
            String start = Instant.parse("2020-05-01T04:00:00Z")
                    .plusSeconds(hour * 3_600L)
                    .toString();
            int number = (ofOne ? 10_000 : 20_000) + item * 1_000 + hour;
            return CloudWorld.charge(
                    ofOne ? ONE : OTHER, Integer.toString(number), "item-" + item, cost().toPlainString(), start);
        }

        BigDecimal cost() {
            return BigDecimal.valueOf(item * 7_919L + hour * 31L + 1, 9);
        }
    }

    @Property(tries = 100)
    void every_hour_counts_once_and_groups_are_the_sum_of_their_leaves(@ForAll("runs") List<List<Hour>> runs) {
        CloudWorld world = new CloudWorld();
        for (int i = 0; i < runs.size(); i++) {
            ReportedCharge[] charges = runs.get(i).stream().map(Hour::charge).toArray(ReportedCharge[]::new);
            world.run(CloudWorld.run("run-" + i, CloudWorld.TO_8, Array.of(INSTANCE, ONE, OTHER), charges))
                    .get();
        }
        Seq<Hour> distinct = Array.ofAll(runs).flatMap(run -> run).distinct();
        assertThat(world.amount("400", RUNNING)).isEqualTo(sum(distinct.filter(Hour::ofOne)));
        assertThat(world.amount("401", RUNNING)).isEqualTo(sum(distinct.reject(Hour::ofOne)));
        assertThat(world.amount("331", RUNNING)).isEqualTo(sum(distinct));
        Seq<Figures> leaves = Array.of("400", "401").map(id -> figures(world, id));
        assertThat(figures(world, "331").verifySums(leaves)).isEmpty();
        for (String id : Array.of("400", "401", "331")) {
            assertThat(figures(world, id).verify(world.lines(id), PROFILE.rules()))
                    .isEmpty();
        }
    }

    private static Figures figures(CloudWorld world, String id) {
        return world.stored(id).invoice().figures();
    }

    private static String sum(Seq<Hour> hours) {
        return Decimals.toText(hours.map(Hour::cost).fold(BigDecimal.ZERO, BigDecimal::add));
    }

    @Provide
    Arbitrary<List<List<Hour>>> runs() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(0, 12))
                .as(Hour::new)
                .list()
                .ofMaxSize(6)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}

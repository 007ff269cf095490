package dev.billing.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Dimension;
import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.Ref;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.money.CurrencyUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class RollupProperties {

    @Property(tries = 500)
    void the_rollup_of_two_lists_is_the_rollup_of_the_one_plus_that_of_the_other(
            @ForAll @Size(max = 12) List<LineItem> one,
            @ForAll @Size(max = 12) List<LineItem> other,
            @ForAll("dimensions") Seq<Dimension> by) {
        Rollup both = Rollup.of(Array.ofAll(one).appendAll(other), by);
        assertThat(Rollup.of(one, by).plus(Rollup.of(other, by))).isEqualTo(both);
        assertThat(Rollup.of(other, by).plus(Rollup.of(one, by))).isEqualTo(both);
    }

    @Property(tries = 500)
    void any_order_and_grouping_gives_the_same_sums(
            @ForAll @Size(max = 15) List<LineItem> lines,
            @ForAll("dimensions") Seq<Dimension> by,
            @ForAll @IntRange(min = 1, max = 5) int size,
            @ForAll Random random) {
        Seq<Rollup> groups = DomainArbitraries.shuffled(lines, random)
                .grouped(size)
                .map(group -> Rollup.of(group, by))
                .toArray();
        Seq<Rollup> parts = DomainArbitraries.shuffled(groups, random);
        Rollup all = Rollup.of(lines, by);
        assertThat(parts.fold(Rollup.EMPTY, Rollup::plus)).isEqualTo(all);
        assertThat(parts.foldRight(Rollup.EMPTY, Rollup::plus)).isEqualTo(all).hasSameHashCodeAs(all);
    }

    @Property(tries = 500)
    void each_sum_is_what_adding_one_line_after_another_gives(
            @ForAll @Size(max = 15) List<LineItem> lines, @ForAll("dimensions") Seq<Dimension> by) {
        Map<List<Object>, Fraction> naive = new HashMap<>();
        for (LineItem line : lines) {
            add(naive, line, Side.PRICE, line.price().map(price -> price.gross().minus(price.discount())), by);
            add(naive, line, Side.COST, line.cost(), by);
        }
        Map<List<Object>, Fraction> rolledUp = new HashMap<>();
        Rollup.of(lines, by).sums().forEach((slot, sum) -> rolledUp.put(key(slot), Fraction.of(sum)));
        assertThat(rolledUp).isEqualTo(naive);
    }

    @Property(tries = 500)
    void a_sum_over_slots_is_the_sum_of_their_lines(
            @ForAll @Size(max = 15) List<LineItem> lines,
            @ForAll("dimensions") Seq<Dimension> by,
            @ForAll CurrencyUnit currency) {
        Money naive = Array.ofAll(lines)
                .filter(line -> line.category().equals("storage"))
                .flatMap(LineItem::net)
                .filter(amount -> amount.currency().equals(currency))
                .fold(Money.zero(currency), Money::plus);
        assertThat(Rollup.of(lines, by)
                        .sum(
                                currency,
                                slot -> slot.side() == Side.PRICE
                                        && slot.category().equals("storage")))
                .isEqualTo(naive);
    }

    @Property(tries = 300)
    void naming_a_dimension_twice_or_in_another_place_changes_nothing(
            @ForAll @Size(max = 10) List<LineItem> lines, @ForAll("dimensions") Seq<Dimension> by) {
        assertThat(Rollup.of(lines, by.reverse().appendAll(by))).isEqualTo(Rollup.of(lines, by));
    }

    @Provide
    Arbitrary<Seq<Dimension>> dimensions() {
        Dimension nowhere = new Dimension("nowhere");
        return Arbitraries.of(
                Array.empty(),
                Array.of(DomainArbitraries.ORGANIZATION),
                Array.of(DomainArbitraries.APP, DomainArbitraries.ORGANIZATION),
                Array.of(nowhere, DomainArbitraries.APP));
    }

    private static void add(
            Map<List<Object>, Fraction> sums, LineItem line, Side side, Option<Money> amount, Seq<Dimension> by) {
        amount.forEach(money -> sums.merge(
                List.of(
                        places(line.places(), by),
                        line.basis(),
                        side,
                        line.category(),
                        money.currency().getCurrencyCode()),
                Fraction.of(money),
                Fraction::plus));
    }

    private static List<Object> key(Slot slot) {
        return List.of(
                places(slot.group(), slot.group().keySet().toArray()),
                slot.basis(),
                slot.side(),
                slot.category(),
                slot.currency().getCurrencyCode());
    }

    private static String places(io.vavr.collection.Map<Dimension, Ref> places, Seq<Dimension> by) {
        return by.sorted()
                .flatMap(dimension -> places.get(dimension).map(place -> dimension + "=" + place))
                .mkString(", ");
    }
}

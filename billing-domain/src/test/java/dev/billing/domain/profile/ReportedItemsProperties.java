package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReportedItemsProperties {

    private static final Instant START = Instant.parse("2020-05-01T04:00:00Z");

    /** The amounts of an hour of an item, always the same for the same hour. */
    record Report(int item, int hour) {
        LineItem line() {
            Instant from = START.plusSeconds(hour * 3_600L);
            return LineItem.builder(
                            new LineId(item + "-" + hour),
                            "vm",
                            "compute",
                            from.plusSeconds(4_000),
                            Origin.Provided.of("item-" + item))
                    .quantity(BigDecimal.valueOf(hour + 1L, 3), "")
                    .cost(Money.of(
                            "USD", BigDecimal.valueOf(item * 31L + hour, 4).toPlainString()))
                    .period(Period.of(from, from.plusSeconds(3_600)))
                    .build();
        }
    }

    @Property(tries = 300)
    void neither_the_order_of_reports_nor_how_often_they_come_matters(
            @ForAll("reports") List<Report> reports, @ForAll Random random, @ForAll("cuts") int cut) {
        Seq<LineItem> lines = Array.ofAll(reports).map(Report::line);
        List<LineItem> shuffled = new ArrayList<>(lines.asJava());
        Collections.shuffle(shuffled, random);
        Seq<LineItem> otherwise = Array.ofAll(shuffled).appendAll(lines.take(cut));
        Seq<LineItem> first = ReportedItems.merge(Array.empty(), otherwise.take(cut));
        assertThat(amounts(ReportedItems.merge(first, otherwise.drop(cut))))
                .isEqualTo(amounts(ReportedItems.merge(Array.empty(), lines)));
    }

    @Property(tries = 300)
    void every_hour_of_every_item_counts_once(@ForAll("reports") List<Report> reports) {
        Seq<LineItem> merged =
                ReportedItems.merge(Array.empty(), Array.ofAll(reports).map(Report::line));
        Seq<LineItem> once = Array.ofAll(reports).distinct().map(Report::line);
        assertThat(total(merged)).isEqualTo(total(once));
        assertThat(merged.size())
                .isEqualTo(Array.ofAll(reports).map(Report::item).distinct().size());
    }

    private static Money total(Seq<LineItem> lines) {
        return lines.flatMap(LineItem::cost).fold(Money.of("USD", "0"), Money::plus);
    }

    /** All that is said of an item but what its first report says of itself. */
    private static Seq<Object> amounts(Seq<LineItem> merged) {
        return merged.sortBy(line -> ((Origin.Provided) line.origin()).externalId())
                .map(line -> List.of(
                        ((Origin.Provided) line.origin()).externalId(),
                        line.quantity(),
                        line.cost(),
                        line.net(),
                        line.period(),
                        line.postedAt(),
                        ((Origin.Provided) line.origin())
                                .text()
                                .get(ReportedItems.COUNTED)
                                .getOrElse(() -> line.period().get().toString())));
    }

    @Provide
    Arbitrary<List<Report>> reports() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 30))
                .as(Report::new)
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<Integer> cuts() {
        return Arbitraries.integers().between(0, 30);
    }
}

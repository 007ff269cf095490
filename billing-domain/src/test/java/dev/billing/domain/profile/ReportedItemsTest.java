package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReportedItemsTest {

    private static final Instant NOON = Instant.parse("2020-05-08T12:00:00Z");

    @Test
    void reports_of_an_item_add_up_and_its_time_spans_them_all() {
        LineItem merged = merge(Array.empty(), report(13, "0.0638"), report(12, "0.0640"), report(15, "0.1"))
                .head();
        assertThat(merged.quantity()).isEqualByComparingTo("3");
        assertThat(merged.cost()).contains(usd("0.2278"));
        assertThat(merged.net()).contains(usd("0.2278"));
        assertThat(merged.tax()).contains(usd("0.03"));
        assertThat(merged.period()).contains(Period.parse("2020-05-08T12:00:00Z/2020-05-08T16:00:00Z"));
        assertThat(merged.postedAt()).isEqualTo("2020-05-08T17:00:00Z");
        assertThat(merged.id()).as("that of the first").isEqualTo(new LineId("13"));
    }

    @Test
    void an_hour_that_was_counted_is_not_counted_again() {
        Seq<LineItem> known = merge(Array.empty(), report(12, "1"), report(13, "2"));
        assertThat(merge(known, report(12, "1"), report(13, "7"))).isEqualTo(known);
        assertThat(merge(known, report(14, "4")).head().cost()).contains(usd("7"));
        assertThat(merge(merge(Array.empty(), report(12, "1")), report(12, "1"))
                        .head()
                        .cost())
                .contains(usd("1"));
    }

    @Test
    void an_hour_within_a_gap_still_counts() {
        Seq<LineItem> known = merge(Array.empty(), report(12, "1"), report(14, "2"));
        assertThat(merge(known, report(13, "4")).head().cost()).contains(usd("7"));
    }

    @Test
    void items_are_kept_apart_by_their_external_ids_in_the_order_in_which_they_come() {
        LineItem other = report(12, "5").toBuilder(Origin.Provided.of("i-2")).build();
        assertThat(merge(Array.empty(), report(12, "1"), other)
                        .map(line -> line.cost().get()))
                .containsExactly(usd("1"), usd("5"));
    }

    @Test
    void a_report_without_a_price_is_charged_at_its_cost_and_one_with_a_price_at_that() {
        assertThat(merge(Array.empty(), report(12, "0.0638")).head().net()).contains(usd("0.0638"));
        LineItem marked = report(12, "0.0638").toBuilder().price(usd("0.07")).build();
        LineItem merged = merge(Array.empty(), marked, report(13, "1")).head();
        assertThat(merged.net()).contains(usd("1.07"));
        assertThat(merged.cost()).contains(usd("1.0638"));
    }

    @Test
    void what_came_with_the_first_report_stays_and_when_it_came() {
        LineItem first = report(12, "1").toBuilder(
                        new Origin.Provided("i-1", HashMap.of(Origin.Provided.UNIT_COST, "0.0638"), Option.some("{}")))
                .build();
        Origin.Provided origin = (Origin.Provided)
                merge(Array.empty(), first, report(13, "2")).head().origin();
        assertThat(origin.text().get(Origin.Provided.UNIT_COST)).contains("0.0638");
        assertThat(origin.text().get(ReportedItems.CREATED)).contains("2020-05-08T14:00:00.000Z");
        assertThat(origin.raw()).contains("{}");
        assertThat(origin.text().get(ReportedItems.COUNTED))
                .as("times that touch are one")
                .contains("2020-05-08T12:00:00Z/2020-05-08T14:00:00Z");
    }

    @Test
    void computed_again_a_line_keeps_when_it_was_created() {
        LineItem first =
                ReportedItems.merge(Array.empty(), Array.of(report(12, "1"))).head();
        LineItem again = first.toBuilder(new Origin.Provided(
                        "i-1", HashMap.of(ReportedItems.CREATED, "2020-05-09T00:00:00.000Z"), Option.none()))
                .build();
        LineItem unknown = report(13, "1");
        Seq<LineItem> kept = ReportedItems.keepCreation(Array.of(first), Array.of(again, unknown));
        assertThat(((Origin.Provided) kept.head().origin()).text().get(ReportedItems.CREATED))
                .contains("2020-05-08T14:00:00.000Z");
        assertThat(kept.last()).isEqualTo(unknown);
    }

    private static Seq<LineItem> merge(Seq<LineItem> known, LineItem... reports) {
        return ReportedItems.merge(known, Array.of(reports));
    }

    /** An hour of one item. */
    private static LineItem report(int hour, String cost) {
        Instant start = NOON.plusSeconds((hour - 12) * 3_600L);
        return LineItem.builder(
                        new LineId(Integer.toString(hour)),
                        "vm",
                        "compute",
                        start.plusSeconds(7_200),
                        Origin.Provided.of("i-1"))
                .quantity(BigDecimal.ONE, "hour")
                .cost(usd(cost))
                .tax(usd("0.01"))
                .period(Period.of(start, start.plusSeconds(3_600)))
                .build();
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

package dev.billing.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Markup;
import io.vavr.collection.Array;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarkupTest {

    private static final Money COST = Money.of("USD", "0.001142473117");

    @Test
    void a_price_follows_from_the_cost_exactly() {
        assertThat(Markup.none().price(COST)).isEqualTo(COST);
        assertThat(new Markup.Fixed(Money.of("USD", "0.01")).price(COST)).isEqualTo(Money.of("USD", "0.011142473117"));
        assertThat(new Markup.Percent(new BigDecimal("12.5")).price(COST))
                .isEqualTo(Money.of("USD", "0.001285282256625"));
        assertThat(new Markup.Custom(Money.of("USD", "3")).price(COST)).isEqualTo(Money.of("USD", "3"));
    }

    @Test
    void a_reported_line_keeps_its_cost_and_gets_a_price() {
        LineItem line = line().cost(COST).build();
        LineItem priced = ReportedItems.priced(line, new Markup.Percent(BigDecimal.valueOf(100)));
        assertThat(priced.cost()).contains(COST);
        assertThat(priced.net()).contains(COST.times(2));
        assertThat(ReportedItems.merge(Array.empty(), Array.of(priced)).head().net())
                .contains(COST.times(2));
    }

    @Test
    void a_line_without_a_cost_has_nothing_to_mark_up() {
        assertThatThrownBy(() -> ReportedItems.priced(line().price(COST).build(), Markup.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A line must have a cost, but was ");
    }

    @Test
    void a_part_of_a_plan_is_marked_up_by_the_unit() {
        Plan.Part part = Plan.Part.marked(
                "memory", "per MB", BigDecimal.valueOf(4_096), COST, new Markup.Percent(BigDecimal.TEN), false);
        assertThat(part.monthly(Side.COST)).isEqualTo(Money.of("USD", "4.679569887232"));
        assertThat(part.monthly(Side.PRICE)).isEqualTo(Money.of("USD", "5.1475268759552"));
    }

    private static LineItem.Builder line() {
        return LineItem.builder(
                        new LineId("1"),
                        "vm",
                        "compute",
                        Instant.parse("2020-05-08T15:00:00Z"),
                        Origin.Provided.of("i-1"))
                .period(Period.parse("2020-05-08T13:00:00Z/2020-05-08T14:00:00Z"));
    }
}

package dev.billing.domain.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.period.Existence;
import dev.billing.domain.period.Period;
import io.vavr.collection.HashMap;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LineItemTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void a_line_without_more_is_one_unit_for_a_whole_period() {
        LineItem line = line().price(Money.of("USD", "5")).build();
        assertThat(line.quantity()).isEqualTo(BigDecimal.ONE);
        assertThat(line.share()).isEqualTo(Ratio.ONE);
        assertThat(line.basis()).isEqualTo(Basis.INVOICED);
        assertThat(line.cost()).isEmpty();
        assertThat(line.places()).isEqualTo(HashMap.empty());
    }

    @Test
    void a_line_needs_a_price_or_a_cost() {
        assertThatIllegalArgumentException().isThrownBy(() -> line().build()).withMessageContaining("price or a cost");
        assertThat(line().cost(Money.of("USD", "0")).build().amount(Side.COST)).contains(Money.of("USD", "0"));
    }

    @Test
    void an_unknown_cost_is_not_zero_and_an_unknown_price_neither() {
        assertThat(line().price(Money.of("USD", "5")).build().amount(Side.COST)).isEmpty();
        assertThat(line().cost(Money.of("USD", "5")).build().amount(Side.PRICE)).isEmpty();
        assertThat(line().cost(Money.of("USD", "5")).build().net()).isEmpty();
    }

    @Test
    void the_price_of_a_line_is_net_of_its_discount() {
        LineItem line = line().price(Amount.of(Money.of("USD", "10"), Money.of("USD", "0.005")))
                .build();
        assertThat(line.amount(Side.PRICE)).contains(Money.of("USD", "9.995"));
    }

    @Test
    void a_discount_takes_off_and_is_of_the_same_currency() {
        Money gross = Money.of("USD", "10");
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.of(gross, Money.of("USD", "-1")));
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.of(gross, Money.of("JPY", "0")));
        assertThat(new Amount(gross, gross, Option.some(new BigDecimal("100.0"))))
                .isEqualTo(new Amount(gross, Money.of("USD", "10.00"), Option.some(new BigDecimal("1E+2"))));
    }

    @Test
    void lines_are_equal_by_value_in_milliseconds() {
        LineItem line = line().price(Money.of("USD", "1.10"))
                .quantity(new BigDecimal("2.50"), "GB")
                .build();
        LineItem same = LineItem.builder(
                        new LineId("1"), "sku", "category", NOON.plusNanos(999_999), Origin.Provided.of("outside"))
                .price(Money.of("USD", "1.1"))
                .quantity(new BigDecimal("2.5"), "GB")
                .build();
        assertThat(line).isEqualTo(same).hasSameHashCodeAs(same);
    }

    @Test
    void a_line_that_is_moved_keeps_everything_else() {
        Period day = Period.of(NOON, NOON.plusSeconds(86_400));
        LineItem line = line().position(3)
                .description("small machine")
                .quantity(new BigDecimal("2.5"), "GB")
                .unitPrice(Money.of("USD", "4"))
                .share(Ratio.of(5, 28))
                .tier(new Tier(BigDecimal.ZERO, Option.none()))
                .basis(Basis.ACTUAL)
                .price(Money.of("USD", "10"))
                .cost(Money.of("JPY", "900"))
                .period(day)
                .existence(Existence.since(NOON))
                .places(HashMap.of(new Dimension("app"), Ref.named("app", "api")))
                .tags(HashMap.of("team", "blue"))
                .build();
        assertThat(line.at(7).position()).isEqualTo(7);
        assertThat(line.at(7).at(3)).isEqualTo(line);
        assertThat(line.in(HashMap.empty()).places()).isEqualTo(HashMap.empty());
        assertThat(line.in(HashMap.empty()).in(line.places())).isEqualTo(line);
    }

    @Test
    void a_tier_ends_above_its_start() {
        assertThat(new Tier(new BigDecimal("100.0"), Option.none()))
                .isEqualTo(new Tier(new BigDecimal("1E+2"), Option.none()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tier(BigDecimal.TEN, Option.some(BigDecimal.TEN)))
                .withMessageContaining("10 to 10");
    }

    private static LineItem.Builder line() {
        return LineItem.builder(new LineId("1"), "sku", "category", NOON, Origin.Provided.of("outside"));
    }
}

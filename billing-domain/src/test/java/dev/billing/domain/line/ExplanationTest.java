package dev.billing.domain.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import io.vavr.collection.LinkedHashMap;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final Derivation TEN_FOR_A_THIRD = new Derivation(
            new PriceBookVersion("main", 3),
            new PerUnit(usd("10")),
            Measure.of(BigDecimal.ONE),
            "EXACT_TIME",
            Ratio.of(1, 3),
            Rounding.toMinorUnit(RoundingMode.HALF_UP));

    @Test
    void a_line_goes_on_from_the_agreed_price_to_what_it_charges() {
        LineItem line = line(new Origin.Rated(TEN_FOR_A_THIRD))
                .price(new Amount(usd("2.80"), usd("0.28"), Option.some(BigDecimal.TEN)))
                .tax(usd("0.50"))
                .build();
        assertThat(line.explain()).hasToString("""
                quantity: 1
                  rule: USD 10 per unit under main@3
                    whole period: USD 10
                      units: 1 × USD 10 = USD 10
                      share: 1/3 (EXACT_TIME)
                        rounded: HALF_UP to the minor unit: USD 3.33
                          remainder: USD 0.01 / 3
                            discount: USD 0.28 (10 %)
                              included tax: USD 0.53
                                tax: USD 0.50
                                  net: USD 2.52""");
        assertThat(line.explain().toJson())
                .endsWith("\"discount\":{\"amount\":\"USD 0.28\",\"percent\":\"10\"},\"included tax\":\"USD 0.53\","
                        + "\"tax\":{\"amount\":\"USD 0.50\"},\"net\":\"USD 2.52\"}");
    }

    @Test
    void a_line_without_discount_and_tax_says_nothing_of_them() {
        LineItem line = line(new Origin.Rated(TEN_FOR_A_THIRD))
                .price(usd("3.33"))
                .tax(usd("0"))
                .build();
        assertThat(line.explain().steps().map(Explanation.Step::name))
                .containsExactly("quantity", "rule", "whole period", "share", "rounded", "remainder", "net");
    }

    @Test
    void what_is_given_back_says_so() {
        assertThat(TEN_FOR_A_THIRD.asCredit().explain().toString())
                .contains("rounded: HALF_UP to the minor unit, given back: USD -3.33")
                .contains("remainder: USD -0.01 / 3");
        assertThat(TEN_FOR_A_THIRD.asCredit().explain().toJson())
                .contains("\"credited\":\"true\",\"amount\":\"USD -3.33\"");
    }

    @Test
    void what_was_counted_comes_first() {
        assertThat(TEN_FOR_A_THIRD
                        .counting(new Derivation.Count("calls", "sum", 1))
                        .explain()
                        .toString())
                .startsWith("counted: 1 fact on calls (sum)\n  quantity: 1");
        assertThat(TEN_FOR_A_THIRD
                        .counting(new Derivation.Count("calls", "sum", 2))
                        .explain()
                        .toString())
                .startsWith("counted: 2 facts on calls (sum)\n");
    }

    @Test
    void a_provided_line_says_what_its_source_says_and_names_never_clash() {
        Origin.Provided origin = new Origin.Provided(
                "limit/most", LinkedHashMap.of("maximum", "USD 5", "net", "nothing"), Option.none());
        LineItem line = line(origin).price(usd("-1")).build();
        assertThat(line.explain()).hasToString("""
                provided: limit/most
                  provided maximum: USD 5
                    provided net: nothing
                      net: USD -1""");
        assertThat(line.explain().toJson())
                .isEqualTo("{\"provided\":\"limit/most\",\"provided maximum\":\"USD 5\",\"provided net\":\"nothing\","
                        + "\"net\":\"USD -1\"}");
        assertThat(line(origin).cost(usd("3")).build().explain().steps().map(Explanation.Step::name))
                .as("a cost is not charged")
                .containsExactly("provided", "provided maximum", "provided net");
    }

    private static LineItem.Builder line(Origin origin) {
        return LineItem.builder(new LineId("line"), "sku", "usage", Instant.EPOCH, origin);
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

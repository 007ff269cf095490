package dev.billing.domain.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Ref;
import dev.billing.domain.money.Money;
import io.vavr.collection.HashMap;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

    private static final Ref ACME = new Ref("organization", "1", "acme");

    private static final LineItem DATABASE = LineItem.builder(
                    new LineId("1"), "sku", "addon", Instant.EPOCH, Origin.Provided.of("1"))
            .description("postgresql:small addon")
            .basis(Basis.ESTIMATED)
            .price(Money.of("USD", "5"))
            .places(HashMap.of(DomainArbitraries.ORGANIZATION, ACME))
            .build();

    @Test
    void every_line_is_among_all_lines() {
        assertThat(Selection.ALL.includes(DATABASE)).isTrue();
        assertThat(Selection.ALL).hasToString("all lines");
    }

    @Test
    void a_category_is_compared_exactly() {
        assertThat(Selection.category("addon").includes(DATABASE)).isTrue();
        assertThat(Selection.category("Addon").includes(DATABASE)).isFalse();
        assertThat(Selection.category("add").includes(DATABASE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"postgresql, true", "postgresql:small addon, true", "Postgresql, false", "redis, false", "'', true"})
    void a_part_of_the_description_is_compared_with_exact_case(String text, boolean included) {
        assertThat(Selection.of(new Selection.DescriptionContains(text)).includes(DATABASE))
                .isEqualTo(included);
    }

    @Test
    void a_place_is_known_by_its_id_whatever_it_is_called() {
        assertThat(Selection.at(DomainArbitraries.ORGANIZATION, new Ref("organization", "1", "renamed"))
                        .includes(DATABASE))
                .isTrue();
        assertThat(Selection.at(DomainArbitraries.ORGANIZATION, new Ref("organization", "2", "acme"))
                        .includes(DATABASE))
                .isFalse();
        assertThat(Selection.at(DomainArbitraries.APP, ACME).includes(DATABASE)).isFalse();
    }

    @Test
    void a_basis_is_one_of_three() {
        assertThat(Selection.of(new Selection.OfBasis(Basis.ESTIMATED)).includes(DATABASE))
                .isTrue();
        assertThat(Selection.of(new Selection.OfBasis(Basis.ACTUAL)).includes(DATABASE))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, true, false",
        "5, 7, true, false",
        "0, 0, false, false",
        "-5, 0, false, true",
    })
    void charges_and_credits_are_judged_before_discount(String gross, String discount, boolean charge, boolean credit) {
        LineItem line = line().price(Amount.of(Money.of("USD", gross), Money.of("USD", discount)))
                .build();
        assertThat(Selection.of(new Selection.Charges()).includes(line)).isEqualTo(charge);
        assertThat(Selection.of(new Selection.Credits()).includes(line)).isEqualTo(credit);
    }

    @Test
    void what_only_costs_us_is_neither_charge_nor_credit() {
        LineItem line = line().cost(Money.of("USD", "5")).build();
        assertThat(Selection.of(new Selection.Charges()).includes(line)).isFalse();
        assertThat(Selection.of(new Selection.Credits()).includes(line)).isFalse();
    }

    @Test
    void both_of_two_selections_must_include_a_line_and_order_does_not_matter() {
        Selection addons = Selection.category("addon");
        Selection acme = Selection.at(DomainArbitraries.ORGANIZATION, ACME);
        assertThat(addons.and(acme).includes(DATABASE)).isTrue();
        assertThat(Selection.category("dyno").and(acme).includes(DATABASE)).isFalse();
        assertThat(acme.and(Selection.category("dyno")).includes(DATABASE)).isFalse();
        assertThat(addons.and(acme)).isEqualTo(acme.and(addons)).hasSameHashCodeAs(acme.and(addons));
        assertThat(addons.and(Selection.ALL)).isEqualTo(addons);
        assertThat(addons.and(addons)).isEqualTo(addons);
    }

    private static LineItem.Builder line() {
        return LineItem.builder(new LineId("1"), "sku", "category", Instant.EPOCH, Origin.Provided.of("1"));
    }
}

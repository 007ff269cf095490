package dev.billing.domain.rating.settlement;

import static dev.billing.domain.rating.settlement.Baskets.START;
import static dev.billing.domain.rating.settlement.Baskets.context;
import static dev.billing.domain.rating.settlement.Baskets.lines;
import static dev.billing.domain.rating.settlement.Baskets.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.CreditGrant.Stage;
import dev.billing.domain.line.Bound;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.SettlementContext;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.domain.tax.Taxes;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import org.junit.jupiter.api.Test;

/** What a settled line says of discounts, minimums, maximums, credit and taxes, as people and as programs read it. */
class ExplainedSettlementTest {

    private static LineItem settled(Seq<LineItem> lines, Terms terms, SettlementContext context, int line) {
        return Settlement.of(lines, terms, context).lines().get(line);
    }

    @Test
    void discounts_of_a_line_say_who_took_what_of_what() {
        Terms terms = Terms.NONE.discounts(
                Discount.percent("loyal", "10").on(Scope.categories("usage")),
                Discount.percent("spring", "25").on(Scope.skus("sku 1")));
        LineItem line = settled(lines("USD", "100.00"), terms, context("USD"), 0);
        assertThat(line.explain()).hasToString("""
                provided: 1
                  discount: USD 32.50 (32.5 %)
                    spring, loyal: 25 % and 10 % off USD 100.00 = USD 32.50
                    net: USD 67.50""");
        assertThat(line.explain().toJson())
                .isEqualTo("{\"provided\":\"1\",\"discount\":{\"amount\":\"USD 32.50\",\"percent\":\"32.5\",\"parts\":["
                        + "{\"taken\":[{\"discount\":\"spring\",\"percent\":\"25\",\"amount\":\"USD 25.00\"},"
                        + "{\"discount\":\"loyal\",\"percent\":\"10\",\"amount\":\"USD 7.50\"}],"
                        + "\"base\":\"USD 100.00\",\"rounding\":\"HALF_UP to the minor unit\",\"due\":\"USD 100.00\","
                        + "\"over\":\"USD 100.00\",\"amount\":\"USD 32.50\","
                        + "\"remainder\":{\"dividend\":\"USD 0.0000\",\"divisor\":\"100\"}}]},\"net\":\"USD 67.50\"}");
    }

    @Test
    void a_discount_of_the_document_says_how_it_was_spread() {
        Terms terms = Terms.NONE.discounts(Discount.fixed("coupon", usd("10.00")));
        Seq<LineItem> settled = Settlement.of(lines("USD", "1.00", "1.00", "1.00", "9.00"), terms, context("USD"))
                .lines();
        assertThat(settled.get(0).explain()).hasToString("""
                provided: 1
                  discount: USD 0.84
                    coupon: USD 10.00 off USD 12.00 = USD 10.00, for USD 1.00 of USD 12.00: USD 0.84, remainder USD -0.08 / 12
                    net: USD 0.16""");
        assertThat(settled.get(1).explain().toString())
                .contains("for USD 1.00 of USD 12.00: USD 0.83, remainder USD 0.04 / 12");
    }

    @Test
    void a_true_up_says_minimum_share_rounding_and_what_was_charged() {
        Terms terms = Terms.NONE.commitments(
                new Commitment("floor", Scope.categories("usage", "addon"), "usage", usd("30"), true));
        SettlementContext context = context("USD").withShare(Ratio.of(6, 7)).after(HashMap.of("floor", usd("5.00")));
        LineItem line = settled(lines("USD", "15.00"), terms, context, 1);
        assertThat(line.explain()).hasToString("""
                minimum: USD 30 of categories addon, usage
                  share: 6/7
                    rounded: HALF_UP to the minor unit: USD 25.71
                      remainder: USD 0.03 / 7
                        charged: USD 15.00, and USD 5.00 before
                          difference: USD 5.71
                            net: USD 5.71""");
        assertThat(line.explain().toJson())
                .isEqualTo(
                        "{\"minimum\":{\"categories\":[\"addon\",\"usage\"],\"amount\":\"USD 30\"},\"share\":\"6/7\","
                                + "\"rounded\":{\"rounding\":\"HALF_UP to the minor unit\",\"amount\":\"USD 25.71\"},"
                                + "\"remainder\":{\"dividend\":\"USD 0.03\",\"divisor\":\"7\"},"
                                + "\"charged\":{\"here\":\"USD 15.00\",\"before\":\"USD 5.00\"},"
                                + "\"difference\":\"USD 5.71\",\"net\":\"USD 5.71\"}");
        assertThat(((Origin.Bounded) line.origin()).why())
                .isEqualTo(new Bound(
                        Bound.Kind.MINIMUM,
                        Scope.categories("addon", "usage"),
                        usd("30"),
                        Ratio.of(6, 7),
                        Baskets.HALF_UP,
                        usd("15"),
                        usd("5")));
    }

    @Test
    void a_limit_says_maximum_and_what_was_charged() {
        Terms terms = Terms.NONE.limits(new SpendLimit("most", Scope.DOCUMENT, "usage", usd("125.004")));
        assertThat(settled(lines("USD", "100.00", "50.00"), terms, context("USD"), 2)
                        .explain())
                .hasToString("""
                        maximum: USD 125.004 of the document
                          share: 1/1
                            rounded: HALF_UP to the minor unit: USD 125.00
                              remainder: USD 0.004 / 1
                                charged: USD 150.00
                                  difference: USD -25.00
                                    net: USD -25.00""");
    }

    @Test
    void scopes_of_skus_are_named_in_order() {
        Terms terms = Terms.NONE.commitments(
                new Commitment("floor", Scope.skus("sku 1", "b", "a"), "usage", usd("30"), false));
        assertThat(settled(lines("USD", "15.00"), terms, context("USD"), 1)
                        .explain()
                        .toString())
                .startsWith("minimum: USD 30 of skus a, b, sku 1\n  share: 1/1\n");
    }

    @Test
    void taxes_say_rate_base_policy_and_what_spreading_took() {
        Terms terms = Terms.NONE.taxes(TaxTable.of(
                TaxRounding.of(TaxRounding.Policy.PER_RATE),
                TaxRate.exclusive("Sales", "state", "6"),
                TaxRate.exclusive("Sales", "city", "4").on("usage")));
        LineItem line = settled(lines("USD", "1.05", "1.05", "4.84"), terms, context("USD"), 0);
        assertThat(line.explain()).hasToString("""
                provided: 1
                  tax: USD 0.11 (PER_RATE, HALF_UP to the minor unit)
                    Sales state on usage: 6 % of USD 1.05 = USD 0.07, remainder USD -0.7 / 100
                    Sales city on usage: 4 % of USD 1.05 = USD 0.04, remainder USD 0.2 / 100
                    net: USD 1.05""");
        assertThat(line.explain().toJson())
                .isEqualTo("{\"provided\":\"1\",\"tax\":{\"amount\":\"USD 0.11\",\"policy\":\"PER_RATE\","
                        + "\"rounding\":\"HALF_UP to the minor unit\",\"levies\":["
                        + "{\"name\":\"Sales\",\"jurisdiction\":\"state\",\"category\":\"usage\",\"percent\":\"6\","
                        + "\"included\":\"false\",\"base\":\"USD 1.05\",\"amount\":\"USD 0.07\","
                        + "\"remainder\":{\"dividend\":\"USD -0.70\",\"divisor\":\"100\"}},"
                        + "{\"name\":\"Sales\",\"jurisdiction\":\"city\",\"category\":\"usage\",\"percent\":\"4\","
                        + "\"included\":\"false\",\"base\":\"USD 1.05\",\"amount\":\"USD 0.04\","
                        + "\"remainder\":{\"dividend\":\"USD 0.20\",\"divisor\":\"100\"}}]},\"net\":\"USD 1.05\"}");
    }

    @Test
    void included_taxes_are_parts_of_the_price() {
        Terms terms = Terms.NONE.taxes(TaxTable.of(
                TaxRounding.of(TaxRounding.Policy.PER_LINE),
                TaxRate.inclusive("VAT", "DE", "7"),
                TaxRate.inclusive("City", "B", "3")));
        assertThat(settled(lines("USD", "1.00"), terms, context("USD"), 0).explain())
                .hasToString("""
                        provided: 1
                          included tax: USD 0.09
                            tax: USD 0.09 (PER_LINE, HALF_UP to the minor unit)
                              VAT DE on usage: 7 / 110 of USD 1.00 = USD 0.06, remainder USD 0.4 / 110
                              City B on usage: 3 / 110 of USD 1.00 = USD 0.03, remainder USD -0.3 / 110
                              net: USD 0.91""");
    }

    @Test
    void grants_say_what_they_paid_before_and_after_taxes() {
        Terms terms = Terms.NONE
                .taxes(TaxTable.of(TaxRounding.STANDARD, TaxRate.exclusive("VAT", "DE", "10")))
                .grants(
                        CreditGrant.of("wallet", usd("20.00"), START).at(Stage.BEFORE_TAX),
                        CreditGrant.of("promo", usd("5.00"), START).at(Stage.AFTER_TAX),
                        CreditGrant.of("gift", usd("1.00"), START).at(Stage.AFTER_TAX));
        LineItem line = settled(lines("USD", "100.00"), terms, context("USD"), 0);
        assertThat(line.explain()).hasToString("""
                provided: 1
                  credit before taxes: USD 20.00
                    wallet: USD 20.00
                    tax: USD 8.00 (PER_RATE, HALF_UP to the minor unit)
                      VAT DE on usage: 10 % of USD 80.00 = USD 8.00, remainder none
                      net: USD 100.00
                        credit after taxes: USD 6.00
                          gift: USD 1.00
                          promo: USD 5.00""");
        assertThat(line.explain().toJson())
                .endsWith(
                        "\"credit after taxes\":{\"amount\":\"USD 6.00\",\"grants\":["
                                + "{\"grant\":\"gift\",\"amount\":\"USD 1.00\"},{\"grant\":\"promo\",\"amount\":\"USD 5.00\"}]}}");
    }

    @Test
    void taxes_of_an_outside_engine_say_that_their_rounding_is_not_known() {
        TaxTable table = TaxTable.of(TaxRounding.STANDARD, TaxRate.exclusive("VAT", "DE", "10"));
        Settlement.Untaxed untaxed = Settlement.untaxed(lines("USD", "100.00"), Terms.NONE, context("USD"));
        Taxes computed = table.taxes(DomainArbitraries.USD, untaxed.lines());
        assertThat(computed.rounding()).contains(TaxRounding.STANDARD);
        Taxes outside = Taxes.of(DomainArbitraries.USD, computed.lines());
        assertThat(outside).isEqualTo(computed);
        assertThat(untaxed.taxed(outside).lines().head().explain()).hasToString("""
                provided: 1
                  tax: USD 10.00
                    VAT DE on usage: 10 % of USD 100.00 = USD 10.00, remainder none
                    net: USD 100.00""");
    }

    @Test
    void a_line_that_terms_leave_alone_keeps_nothing_of_them() {
        Terms terms = Terms.NONE.discounts(Discount.percent("other", "10").on(Scope.skus("sku 2")));
        Seq<LineItem> settled = Settlement.of(lines("USD", "10.00", "10.00"), terms, context("USD"))
                .lines();
        assertThat(settled.get(0).settled()).isEmpty();
        assertThat(settled.get(1).settled()).isNotEmpty();
    }
}

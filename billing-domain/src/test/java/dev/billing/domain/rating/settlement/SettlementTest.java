package dev.billing.domain.rating.settlement;

import static dev.billing.domain.rating.settlement.Baskets.END;
import static dev.billing.domain.rating.settlement.Baskets.START;
import static dev.billing.domain.rating.settlement.Baskets.context;
import static dev.billing.domain.rating.settlement.Baskets.line;
import static dev.billing.domain.rating.settlement.Baskets.lines;
import static dev.billing.domain.rating.settlement.Baskets.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.CreditGrant.Stage;
import dev.billing.domain.invoice.CreditUse;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.RecordedSum;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.Basis;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.domain.tax.Taxes;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementTest {

    private static final TaxTable VAT = TaxTable.of(TaxRounding.STANDARD, TaxRate.exclusive("VAT", "DE", "19"));
    private static final TaxTable VAT_INCLUDED =
            TaxTable.of(TaxRounding.STANDARD, TaxRate.inclusive("VAT", "DE", "19"));

    @Test
    void without_terms_a_document_is_the_sum_of_its_lines() {
        Seq<LineItem> lines = lines("USD", "10.00", "-2.50");
        Settlement settled = Settlement.of(lines, Terms.NONE, context("USD"));
        assertThat(settled.lines()).isEqualTo(lines);
        assertThat(settled.figures().amount(Settlement.BILLED)).isEqualTo(usd("7.50"));
        assertThat(settled.figures().amount(Settlement.DISCOUNT)).isEqualTo(usd("0"));
    }

    @Test
    void figures_say_where_they_come_from() {
        Settlement settled = Settlement.of(
                lines("USD", "100.00"),
                Terms.NONE
                        .discounts(Discount.percent("spring", "10"))
                        .taxes(VAT)
                        .grants(CreditGrant.of("wallet", usd("7.10"), START)),
                context("USD").startingWith(usd("100.01")));
        assertThat(settled.figures().find(Settlement.SUBTOTAL).get()).isInstanceOf(Figure.Folded.class);
        assertThat(settled.figures().find(Settlement.STARTING_BALANCE).get()).isInstanceOf(Figure.Declared.class);
        assertThat(calculated(settled, Settlement.DISCOUNT).inputs()).isEqualTo(HashMap.of("spring", BigDecimal.TEN));
        assertThat(calculated(settled, Settlement.TAX).inputs())
                .isEqualTo(HashMap.of("VAT DE 19%", new BigDecimal("17.1")));
        assertThat(calculated(settled, Settlement.CREDITS).inputs())
                .isEqualTo(HashMap.of("wallet", new BigDecimal("7.09")));
        assertThat(settled.figures().amount(Settlement.BILLED)).isEqualTo(usd("0"));
        assertThat(settled.figures().amount(Settlement.ENDING_BALANCE)).isEqualTo(usd("0"));
    }

    /** Once on the net amount, once with the price that the customer was told. */
    @Test
    void a_price_with_tax_is_split() {
        Terms terms = Terms.NONE.taxes(VAT_INCLUDED).discounts(Discount.fixed("coupon", usd("10.00")));
        LineItem settled = Settlement.of(lines("USD", "129.00"), terms, context("USD"))
                .lines()
                .head();
        assertThat(settled.price()).contains(Amount.of(usd("110.00"), usd("10.00")));
        assertThat(settled.net()).contains(usd("100.00"));
        assertThat(settled.tax()).contains(usd("19.00"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            BEFORE_TAX, 9.50,  59.50
            AFTER_TAX,  19.00, 69.00
            """)
    void credit_lowers_taxes_or_pays_them(Stage stage, String tax, String billed) {
        Terms terms = Terms.NONE
                .taxes(VAT)
                .grants(CreditGrant.of("wallet", usd("50.00"), START).at(stage));
        Settlement settled = Settlement.of(lines("USD", "100.00"), terms, context("USD"));
        assertThat(settled.figures().amount(Settlement.SUBTOTAL)).isEqualTo(usd("100"));
        assertThat(settled.figures().amount(Settlement.TAX)).isEqualTo(usd(tax));
        assertThat(settled.figures().amount(Settlement.CREDITS)).isEqualTo(usd("50"));
        assertThat(settled.figures().amount(Settlement.BILLED)).isEqualTo(usd(billed));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            -1, 0
            0,  0
            1,  10
            """)
    void expired_credit_is_not_used_from_its_expiry_on(long millisAfter, String used) {
        CreditGrant grant = CreditGrant.of("wallet", usd("10"), START).until(END.plusMillis(millisAfter));
        Settlement settled = Settlement.of(lines("USD", "30"), Terms.NONE.grants(grant), context("USD"));
        assertThat(settled.figures().amount(Settlement.CREDITS)).isEqualTo(usd(used));
    }

    @Test
    void the_next_to_expire_then_the_oldest_is_used_first() {
        Terms terms = Terms.NONE.grants(
                CreditGrant.of("never", usd("1"), START),
                CreditGrant.of("late", usd("1"), START).until(END.plusSeconds(9)),
                CreditGrant.of("young", usd("1"), START.plusSeconds(1)).until(END.plusSeconds(5)),
                CreditGrant.of("old", usd("1"), START).until(END.plusSeconds(5)),
                CreditGrant.of("first", usd("1"), END).withPriority(-1),
                CreditGrant.of("future", usd("1"), END.plusMillis(1)).withPriority(-1));
        assertThat(Settlement.of(lines("USD", "30"), terms, context("USD"))
                        .credits()
                        .map(CreditUse::grant))
                .containsExactly("first", "old", "young", "late", "never");
    }

    @Test
    void line_discounts_come_before_invoice_discounts_and_percent_before_fixed() {
        Terms terms = Terms.NONE.discounts(
                Discount.fixed("a", usd("10.00")),
                Discount.percent("b", "50"),
                Discount.fixed("c", usd("20.00")).on(Scope.skus("sku 1")),
                Discount.percent("d", "10").on(Scope.categories("usage")));
        Settlement settled = Settlement.of(lines("USD", "100.00", "30.00"), terms, context("USD"));
        assertThat(settled.discounts().map(use -> use.discount() + " " + use.amount()))
                .as("90 and 27, then 70 and 27, then half of 97.00, then 10 of 48.50")
                .containsExactly("d USD 13.00", "c USD 20.00", "b USD 48.50", "a USD 10.00");
        assertThat(settled.figures().amount(Settlement.BILLED)).isEqualTo(usd("38.50"));
    }

    @Test
    void a_line_shows_the_percentage_if_there_is_nothing_else() {
        Terms percents = Terms.NONE.discounts(
                Discount.percent("a", "10"), Discount.percent("b", "25").on(Scope.skus("sku 1")));
        assertThat(Settlement.of(lines("USD", "100.00", "50.00", "0"), percents, context("USD"))
                        .lines()
                        .map(line -> line.price()
                                .get()
                                .percent()
                                .map(BigDecimal::toPlainString)
                                .getOrElse("-")))
                .containsExactly("32.5", "10", "-");
        Terms mixed = percents.discounts(Discount.percent("a", "10"), Discount.fixed("b", usd("1")));
        assertThat(Settlement.of(lines("USD", "100.00"), mixed, context("USD"))
                        .lines()
                        .head()
                        .price()
                        .get()
                        .percent())
                .isEmpty();
    }

    @Test
    void a_discount_that_a_line_has_stays() {
        LineItem line = line("1", "usage", usd("1")).toBuilder()
                .price(new Amount(usd("100"), usd("20"), Option.some(BigDecimal.valueOf(20))))
                .build();
        assertThat(Settlement.of(Array.of(line), Terms.NONE, context("USD")).lines())
                .containsExactly(line);
        Terms terms = Terms.NONE.discounts(Discount.percent("a", "10"));
        assertThat(Settlement.of(Array.of(line), terms, context("USD"))
                        .lines()
                        .head()
                        .price())
                .contains(Amount.of(usd("100"), usd("28")));
    }

    @Test
    void what_is_given_back_bears_no_discount() {
        Terms terms = Terms.NONE.discounts(Discount.percent("a", "10"));
        assertThat(Settlement.of(lines("USD", "100.00", "-30.00"), terms, context("USD"))
                        .lines()
                        .flatMap(LineItem::net))
                .containsExactly(usd("90.00"), usd("-30.00"));
    }

    @Test
    void a_discount_of_everything_leaves_nothing_not_even_a_part_of_a_cent() {
        Terms terms = Terms.NONE.discounts(Discount.percent("a", "100"));
        assertThat(Settlement.of(lines("USD", "0.004", "1.0051"), terms, context("USD"))
                        .lines()
                        .flatMap(LineItem::net))
                .containsExactly(usd("0"), usd("0"));
    }

    /** A percentage of what a maximum left: 10 % of 125.00, not of 150.00. */
    @Test
    void invoice_discounts_are_of_what_minimums_and_maximums_made() {
        Terms limited = Terms.NONE
                .limits(new SpendLimit("cap", Scope.DOCUMENT, "usage", usd("125")))
                .discounts(Discount.percent("a", "10"));
        assertThat(Settlement.of(lines("USD", "150.00"), limited, context("USD"))
                        .figures()
                        .amount(Settlement.BILLED))
                .isEqualTo(usd("112.50"));
        Terms committed = Terms.NONE
                .commitments(new Commitment("floor", Scope.DOCUMENT, "usage", usd("200"), false))
                .discounts(
                        Discount.percent("a", "10"), Discount.percent("b", "50").on(Scope.skus("sku 1")));
        Settlement settled = Settlement.of(lines("USD", "150.00"), committed, context("USD"));
        assertThat(settled.lines().flatMap(LineItem::net))
                .as("75.00 are left of the line, 125.00 are missing, and both bear 10 %")
                .containsExactly(usd("67.50"), usd("112.50"));
        assertThat(settled.lines().last().id()).isEqualTo(new LineId("true-up/floor"));
        assertThat(settled.lines().last().period()).contains(context("USD").period());
        assertThat(settled.lines().last().description()).contains("minimum").contains("USD 200");
    }

    @Test
    void narrow_minimums_count_for_wide_ones() {
        Terms terms = Terms.NONE.commitments(
                new Commitment("all", Scope.DOCUMENT, "usage", usd("100"), false),
                new Commitment("one", Scope.skus("sku 1"), "usage", usd("60"), false));
        assertThat(Settlement.of(lines("USD", "50", "30"), terms, context("USD"))
                        .lines()
                        .map(line -> line.id() + " " + line.net().get()))
                .containsExactly("1 USD 50", "2 USD 30", "true-up/one USD 10.00", "true-up/all USD 10.00");
    }

    @Test
    void narrow_maximums_count_for_wide_ones() {
        Terms terms = Terms.NONE.limits(
                new SpendLimit("all", Scope.DOCUMENT, "usage", usd("60")),
                new SpendLimit("one", Scope.skus("sku 1"), "usage", usd("40")));
        assertThat(Settlement.of(lines("USD", "50", "30"), terms, context("USD"))
                        .lines()
                        .map(line -> line.id() + " " + line.net().get()))
                .containsExactly("1 USD 50", "2 USD 30", "limit/one USD -10.00", "limit/all USD -10.00");
    }

    @Test
    void what_comes_to_its_bounds_by_itself_is_left_alone() {
        Terms terms = Terms.NONE
                .commitments(new Commitment("floor", Scope.DOCUMENT, "usage", usd("80"), false))
                .limits(new SpendLimit("cap", Scope.DOCUMENT, "usage", usd("80")));
        assertThat(Settlement.of(lines("USD", "50", "30"), terms, context("USD"))
                        .lines())
                .hasSize(2);
    }

    @Test
    void new_lines_are_placed_one_behind_the_other() {
        Terms terms = Terms.NONE.commitments(
                new Commitment("a", Scope.skus("sku 1"), "usage", usd("20"), false),
                new Commitment("b", Scope.DOCUMENT, "usage", usd("50"), false));
        assertThat(Settlement.of(lines("USD", "10"), terms, context("USD"))
                        .lines()
                        .map(LineItem::position)
                        .asJava())
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void the_minimums_and_maximums_of_a_price_book_are_added_to_an_account_s() {
        Commitment own = new Commitment("own", Scope.DOCUMENT, "usage", usd("1"), false);
        Commitment listed = new Commitment("listed", Scope.DOCUMENT, "usage", usd("2"), false);
        SpendLimit most = new SpendLimit("most", Scope.DOCUMENT, "usage", usd("3"));
        PriceBook book = PriceBook.of(new PriceBookVersion("main", 1), DomainArbitraries.USD, START, Array.empty())
                .with(Array.of(listed), Array.of(most));
        assertThat(Terms.NONE.commitments(own).taxes(VAT).and(book))
                .isEqualTo(Terms.NONE.commitments(own, listed).limits(most).taxes(VAT));
    }

    @Test
    void only_the_last_document_of_a_period_is_brought_to_its_bounds() {
        Terms terms = Terms.NONE
                .commitments(new Commitment("floor", Scope.DOCUMENT, "usage", usd("100"), false))
                .limits(new SpendLimit("cap", Scope.skus("sku 1"), "usage", usd("5")));
        assertThat(Settlement.of(lines("USD", "10"), terms, context("USD").withMoreToFollow())
                        .lines())
                .hasSize(1);
        assertThat(Settlement.of(lines("USD", "10"), terms, context("USD")).lines())
                .hasSize(3);
    }

    @Test
    void lines_without_a_price_are_left_alone_and_new_ones_follow() {
        LineItem cost = LineItem.builder(new LineId("cost"), "sku", "usage", START, Origin.Provided.of("x"))
                .position(7)
                .cost(usd("3"))
                .basis(Basis.ACTUAL)
                .build();
        Terms terms =
                Terms.NONE.taxes(VAT).commitments(new Commitment("floor", Scope.DOCUMENT, "usage", usd("100"), false));
        Seq<LineItem> settled = Settlement.of(lines("USD", "10").append(cost), terms, context("USD"))
                .lines();
        assertThat(settled.get(1)).isEqualTo(cost);
        assertThat(settled.last().position()).isEqualTo(8);
    }

    @Test
    void taxes_may_come_from_elsewhere() {
        Settlement.Untaxed untaxed = Settlement.untaxed(lines("USD", "10.00"), Terms.NONE, context("USD"));
        Taxes taxes = VAT.taxes(DomainArbitraries.USD, untaxed.lines());
        assertThat(untaxed.taxed(taxes))
                .isEqualTo(Settlement.of(lines("USD", "10.00"), Terms.NONE.taxes(VAT), context("USD")));
        assertThat(untaxed.taxed(Taxes.none(DomainArbitraries.USD))
                        .lines()
                        .head()
                        .tax())
                .isEmpty();
        Taxes others = VAT.taxes(
                DomainArbitraries.USD,
                Settlement.untaxed(lines("USD", "1", "2"), Terms.NONE, context("USD"))
                        .lines());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> untaxed.taxed(others))
                .withMessageContaining("(1, 2)");
        Taxes moved = VAT.taxes(
                DomainArbitraries.USD,
                Settlement.untaxed(lines("USD", "10.01"), Terms.NONE, context("USD"))
                        .lines());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> untaxed.taxed(moved))
                .withMessageContaining("USD 10.01");
    }

    @Test
    void lines_that_do_not_fit_are_refused() {
        LineItem line = line("1", "usage", usd("1"));
        LineItem taxed = line.toBuilder().tax(usd("0.19")).build();
        LineItem actual =
                line("2", "usage", usd("1")).toBuilder().basis(Basis.ACTUAL).build();
        refused(Array.of(line, line), "different ids");
        refused(Array.of(taxed), "USD 0.19");
        refused(Array.of(line, actual), "ACTUAL");
        refused(Array.of(line("1", "usage", Money.of("EUR", "1"))), "EUR");
    }

    private static void refused(Seq<LineItem> lines, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settlement.of(lines, Terms.NONE, context("USD")))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XAU", "XXX"})
    void what_has_no_minor_unit_is_no_billing_currency(String currency) {
        assertThatIllegalArgumentException().isThrownBy(() -> context(currency)).withMessageContaining(currency);
    }

    @Test
    void terms_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Terms.NONE.discounts(Discount.percent("a", "1"), Discount.percent("a", "2")))
                .withMessageContaining("Discounts");
        Commitment floor = new Commitment("floor", Scope.DOCUMENT, "usage", usd("1"), false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Terms.NONE.commitments(floor, floor))
                .withMessageContaining("Commitments");
        SpendLimit cap = new SpendLimit("cap", Scope.DOCUMENT, "usage", usd("1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Terms.NONE.limits(cap, cap))
                .withMessageContaining("Limits");
        CreditGrant wallet = CreditGrant.of("wallet", usd("1"), START);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Terms.NONE.grants(wallet, wallet))
                .withMessageContaining("Grants");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CreditGrant.of("wallet", usd("-1"), START))
                .withMessageContaining("USD -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CreditUse("wallet", new LineId("1"), usd("0")))
                .withMessageContaining("USD 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordedSum.RECORDED_SUM.apply(Array.empty(), HashMap.empty()))
                .withMessageContaining("one figure");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> context("USD").startingWith(Money.of("EUR", "1")))
                .withMessageContaining("EUR");
    }

    private static Figure.Calculated calculated(Settlement settled, FigureKey key) {
        return (Figure.Calculated) settled.figures().find(key).get();
    }
}

package dev.billing.domain.rating.settlement;

import static dev.billing.domain.rating.settlement.Baskets.HALF_UP;
import static dev.billing.domain.rating.settlement.Baskets.START;
import static dev.billing.domain.rating.settlement.Baskets.context;
import static dev.billing.domain.rating.settlement.Baskets.decimal;
import static dev.billing.domain.rating.settlement.Baskets.line;
import static dev.billing.domain.rating.settlement.Baskets.lines;
import static dev.billing.domain.rating.settlement.Baskets.list;
import static dev.billing.domain.rating.settlement.Baskets.minor;
import static dev.billing.domain.rating.settlement.Baskets.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Vectors;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.FreeUnits;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceTier;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.domain.pricing.Volume;
import dev.billing.domain.rating.Metered;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.Creditable;
import dev.billing.domain.tax.LineTax;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.domain.tax.TaxedLine;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of other systems, to the cent. */
class SettlementVectorsTest {

    private static final Volume VOLUME = new Volume(
            Array.of(
                    PriceTier.upTo(decimal("5"), usd("0")).withFee(usd("100")),
                    PriceTier.upTo(decimal("10"), usd("0")).withFee(usd("150")),
                    PriceTier.upTo(decimal("15"), usd("10")),
                    PriceTier.beyond(usd("5"))),
            false);

    /** Meteroid: what is left to be taxed. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            discount_distribution-001, 6000 4000, 1000, 5400 3600
            discount_distribution-004, 1000 2000, 4000, 0 0
            """)
    void discounts_are_spread(String id, String prices, String discount, String left) {
        Seq<LineItem> basket = list(prices).zipWithIndex((price, i) -> line(id + i, "usage", minor("EUR", price)));
        Terms terms = Terms.NONE.discounts(Discount.fixed("coupon", minor("EUR", discount)));
        assertThat(Settlement.of(basket, terms, context("EUR"))
                        .lines()
                        .map(line -> line.net().get()))
                .as(id)
                .containsExactlyElementsOf(list(left).map(cents -> minor("EUR", cents)));
    }

    /** Meteroid: percentages compound, and come before fixed amounts. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            coupons-001, 100.00, 10% 25%,   32.50
            coupons-004, 100.00, 10% 50.00, 60.00
            """)
    void coupons_are_taken_in_one_order(String id, String subtotal, String coupons, String discount) {
        Seq<Discount> given = list(coupons)
                .zipWithIndex((coupon, i) -> coupon.endsWith("%")
                        ? Discount.percent("coupon " + i, coupon.replace("%", ""))
                        : Discount.fixed("coupon " + i, usd(coupon)));
        for (Seq<Discount> order : given.permutations()) {
            Settlement settled = Settlement.of(
                    lines("USD", subtotal), Terms.NONE.discounts(order.toJavaArray(Discount[]::new)), context("USD"));
            assertThat(settled.figures().amount(Settlement.DISCOUNT)).as(id).isEqualTo(usd(discount));
            assertThat(settled.lines().head().price().get().discount()).as(id).isEqualTo(usd(discount));
        }
    }

    /** OpenMeter: what the first line leaves of a grant pays the next, and the other way round. */
    @Test
    @Vectors("credits_applied-001")
    void grants_pay_line_after_line() {
        Terms terms = Terms.NONE.grants(
                CreditGrant.of("a", usd("75"), START), CreditGrant.of("b", usd("75"), START.plusSeconds(1)));
        Settlement settled = Settlement.of(lines("USD", "100", "50"), terms, context("USD"));
        assertThat(settled.credits().map(use -> use.line() + " " + use.grant() + " " + use.amount()))
                .containsExactly("1 a USD 75", "1 b USD 25", "2 b USD 50");
        assertThat(settled.figures().amount(Settlement.BILLED)).isEqualTo(usd("0"));
    }

    /** Lago: the lower priority is drained first; of two the older. */
    @Test
    @Vectors("wallets-001")
    void wallets_are_drained_by_priority() {
        Terms terms = Terms.NONE.grants(
                CreditGrant.of("normal", minor("EUR", "1000"), START).withPriority(50),
                CreditGrant.of("priority charge-only", minor("EUR", "1000"), START.plusSeconds(1))
                        .withPriority(49)
                        .on(Scope.categories("charge")),
                CreditGrant.of("priority", minor("EUR", "1000"), START).withPriority(49));
        Settlement settled = Settlement.of(Array.of(line("1", "charge", minor("EUR", "1500"))), terms, context("EUR"));
        assertThat(settled.paidByGrant())
                .isEqualTo(HashMap.of("priority", minor("EUR", "1000"), "priority charge-only", minor("EUR", "500")));
    }

    /** Stripe's table. */
    @Test
    @Vectors("tax-001")
    void tax_is_rounded_line_by_line() {
        Terms terms = Terms.NONE.taxes(
                TaxTable.of(TaxRounding.of(TaxRounding.Policy.PER_LINE), TaxRate.exclusive("tax", "US", "15")));
        Settlement settled = Settlement.of(lines("USD", "0.43", "4.84"), terms, context("USD"));
        assertThat(settled.lines().flatMap(LineItem::tax)).containsExactly(usd("0.06"), usd("0.73"));
        assertThat(settled.figures().amount(Settlement.TAX)).isEqualTo(usd("0.79"));
        assertThat(settled.figures().amount(Settlement.SUBTOTAL)).isEqualTo(usd("5.27"));
        assertThat(settled.figures().amount(Settlement.BILLED)).isEqualTo(usd("6.06"));
    }

    /** Lago: a minimum of 10.00 for 25 of 28 days. */
    @Test
    @Vectors("true_up-001")
    void a_minimum_is_prorated_and_taxed() {
        Terms terms = Terms.NONE
                .commitments(new Commitment("minimum", Scope.DOCUMENT, "usage", minor("EUR", "1000"), true))
                .taxes(TaxTable.of(TaxRounding.STANDARD, TaxRate.exclusive("VAT", "FR", "20")));
        Settlement settled =
                Settlement.of(lines("EUR", "8.00"), terms, context("EUR").withShare(Ratio.of(25, 28)));
        assertThat(settled.lines().last().net()).contains(minor("EUR", "93"));
        assertThat(settled.lines().last().tax()).contains(minor("EUR", "19"));
        assertThat(settled.figures().amount(Settlement.SUBTOTAL)).isEqualTo(minor("EUR", "893"));
        assertThat(settled.figures().amount(Settlement.TAX)).isEqualTo(minor("EUR", "179"));
        assertThat(settled.figures().amount(Settlement.BILLED)).isEqualTo(minor("EUR", "1072"));
    }

    /** OpenMeter: volume prices with a minimum. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            min_commitment-001, 0,   150, 100, 50, 150
            min_commitment-004, 100, 100, 500, 0,  500
            """)
    void a_minimum_is_made_up_for(
            String id, String quantity, String minimum, String usage, String trueUp, String amount) {
        Seq<LineItem> charged = Metered.lines(VOLUME, decimal(quantity));
        assertThat(charged.flatMap(LineItem::net)).as(id).containsExactly(usd(usage));
        Terms terms = Terms.NONE.commitments(
                new Commitment("minimum", Scope.categories("usage"), "usage", usd(minimum), false));
        Settlement settled = Settlement.of(charged, terms, context("USD"));
        assertThat(extra(settled)).as(id).isEqualTo(usd(trueUp));
        assertThat(settled.figures().amount(Settlement.SUBTOTAL)).as(id).isEqualTo(usd(amount));
    }

    /** Lago: minimums of a part of a period. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            min_commitment_prorated-001, 3000,   6,   7,   2571
            min_commitment_prorated-004, 200000, 352, 366, 192350
            """)
    void a_minimum_shrinks_with_its_period(String id, String minimum, long days, long of, String prorated) {
        Commitment commitment = new Commitment("minimum", Scope.DOCUMENT, "usage", minor("EUR", minimum), true);
        assertThat(commitment.minimum(Ratio.of(days, of), HALF_UP)).as(id).isEqualTo(minor("EUR", prorated));
        Settlement settled = Settlement.of(
                Array.empty(),
                Terms.NONE.commitments(commitment),
                context("EUR").withShare(Ratio.of(days, of)));
        assertThat(settled.figures().amount(Settlement.BILLED)).as(id).isEqualTo(minor("EUR", prorated));
    }

    /** OpenMeter: 7 units of volume prices, at most 125. */
    @Test
    @Vectors("max_commitment-001")
    void a_maximum_is_kept() {
        Seq<LineItem> charged = Metered.lines(VOLUME, decimal("7"));
        assertThat(charged.flatMap(LineItem::net)).containsExactly(usd("150"));
        Settlement settled = Settlement.of(charged, limit("125"), context("USD"));
        assertThat(extra(settled)).isEqualTo(usd("-25"));
        assertThat(settled.figures().amount(Settlement.BILLED)).isEqualTo(usd("125"));
    }

    /** OpenMeter: a maximum for several documents of a period. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            max_commitment-004, 10000, 9000, 1000, 0
            max_commitment-007, 10000, 9600, 1000, 600
            """)
    void a_maximum_counts_what_was_charged_before(
            String id, String maximum, String before, String now, String discount) {
        Settlement settled = Settlement.of(
                lines("USD", now), limit(maximum), context("USD").after(HashMap.of("maximum", usd(before))));
        assertThat(extra(settled)).as(id).isEqualTo(usd(discount).negated());
    }

    /** jBilling 3.1: some units are included, the rest is charged up to a cap. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            included_and_cap-001, 1.00, 2,   10.00, 1,   0
            included_and_cap-004, 1.00, 2,   10.00, 100, 10.00
            included_and_cap-007, 5.00, 100, 50.00, 112, 50.00
            """)
    void usage_beyond_what_is_included_is_capped(
            String id, String unitPrice, BigDecimal included, String cap, BigDecimal quantity, String amount) {
        FreeUnits rule = new FreeUnits(included, new PerUnit(usd(unitPrice)));
        Settlement settled = Settlement.of(Metered.lines(rule, quantity), limit(cap), context("USD"));
        assertThat(settled.figures().amount(Settlement.BILLED)).as(id).isEqualTo(usd(amount));
    }

    /** Lago: 29 of 30 days are given back. */
    @Test
    @Vectors("credit_note-001")
    void unused_days_are_credited() {
        Creditable.Part part = creditable("EUR", "200.00", "25", "50.00").credit(Ratio.of(29, 30), HALF_UP);
        assertThat(part.net()).isEqualTo(minor("EUR", "19333"));
        assertThat(part.taxes().map(LineTax::amount)).containsExactly(minor("EUR", "4833"));
        assertThat(part.total()).isEqualTo(minor("EUR", "24166"));
    }

    /** Lago: in two parts, which make the whole. */
    @Test
    @Vectors("credit_note-004")
    void the_last_credit_note_takes_what_is_left() {
        Creditable.Part first = creditable("EUR", "769.00", "20", "153.80")
                .credit(Money.of("EUR", "726.86"), HALF_UP)
                .get();
        assertThat(first.taxes().map(LineTax::amount)).containsExactly(Money.of("EUR", "145.37"));
        assertThat(first.total()).isEqualTo(Money.of("EUR", "872.23"));
        assertThat(first.rest().rest().total()).isEqualTo(Money.of("EUR", "50.57"));
    }

    private static Creditable creditable(String currency, String net, String percent, String tax) {
        return Creditable.of(new TaxedLine(
                new LineId("1"),
                Money.of(currency, net),
                Array.of(new LineTax(TaxRate.exclusive("VAT", "FR", percent), Money.of(currency, tax)))));
    }

    private static Terms limit(String maximum) {
        return Terms.NONE.limits(new SpendLimit("maximum", Scope.DOCUMENT, "usage", usd(maximum)));
    }

    /** What the lines beyond the first come to. */
    private static Money extra(Settlement settled) {
        return Baskets.sum("USD", settled.lines().tail().flatMap(LineItem::net));
    }
}

package dev.billing.domain.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.Amount;
import dev.billing.domain.line.Derivation;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.Tier;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.Measure;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PricingRule;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Profile;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The month of an Atlas organization: daily lines, tax, credits and a balance that is carried over. */
class AtlasShapeTest {

    private static final Profile PROFILE = Atlas.profile();
    private static final Period JUNE = PROFILE.calendar().period(YearMonth.of(2018, 6));
    private static final Instant POSTED = Instant.parse("2018-06-19T05:12:00Z");
    private static final BigDecimal TAX_RATE = new BigDecimal("0.085");

    private static final Seq<FigureKey> SETTLED = Array.of(
            Atlas.SUBTOTAL, Atlas.TAX, Atlas.CREDITS, Atlas.STARTING_BALANCE, Atlas.BILLED, Atlas.ENDING_BALANCE);

    @Test
    void a_closed_month_with_discount_credit_and_a_balance_ties() {
        Seq<LineItem> lines = Array.of(
                line("ATLAS_AWS_INSTANCE_M30", discounted("10.00", "1.00", "10")),
                line("ATLAS_AWS_DATA_TRANSFER_INTERNET", Amount.of(Money.of("USD", "2.50"))),
                line("CREDIT", Amount.of(Money.of("USD", "-3.00"))));
        Figures figures = settle(lines, "0.50");
        assertThat(cents(figures)).containsExactly(1150L, 98L, 300L, 50L, 898L, 0L);
        assertThat(figures.verify(lines, PROFILE.rules())).isEmpty();
    }

    @Test
    void credit_that_is_left_over_starts_the_next_document() {
        Seq<LineItem> lines = Array.of(
                line("ATLAS_AWS_INSTANCE_M10", Amount.of(Money.of("USD", "2.00"))),
                line("CREDIT", Amount.of(Money.of("USD", "-5.00"))));
        Figures figures = settle(lines, "0.50");
        assertThat(cents(figures)).containsExactly(200L, 17L, 500L, 50L, 0L, 333L);
        Figures next = settle(Array.empty(), "3.33");
        assertThat(cents(next)).containsExactly(0L, 0L, 0L, 333L, 0L, 333L);
    }

    @Test
    void a_month_that_was_paid() {
        Figures figures = settle(Array.of(line("ATLAS_AWS_INSTANCE_M10", Amount.of(Money.of("USD", "6.69")))), "0");
        assertThat(cents(figures)).containsExactly(669L, 57L, 0L, 0L, 726L, 0L);
        Instant paidAt = Instant.parse("2018-03-01T07:00:54Z");
        Standing paid = Standing.initial(new InvoiceId("1"), InvoiceStatus.CLOSED, JUNE.end())
                .receiving(new Payment("p", figures.amount(Atlas.BILLED), paidAt), InvoiceStatus.PAID);
        assertThat(paid.paid(PROFILE.currency()).minorUnits()).isEqualTo(726);
        assertThat(paid.updatedAt()).isEqualTo(paidAt);
    }

    @Test
    void a_month_that_runs_bears_no_tax_yet() {
        Seq<LineItem> lines = Array.of(line("ATLAS_AWS_INSTANCE_M10", Amount.of(Money.of("USD", "6.69"))));
        Figures figures = Atlas.settle(folded(lines), BigDecimal.ZERO, Money.of("USD", "0"));
        assertThat(cents(figures)).containsExactly(669L, 0L, 0L, 0L, 669L, 0L);
    }

    @Test
    void a_document_from_outside_keeps_zero_totals_over_priced_lines() {
        Seq<LineItem> lines = Array.of(
                rated("ATLAS_AWS_INSTANCE_M10", "12.0", "server hours", "0.026"),
                rated("ATLAS_ADVANCED_SECURITY", "1.0", "hours", "0.0351"),
                rated("ATLAS_INSTANCE_M0", "72.0", "server hours", "0.0"));
        Figures declared = SETTLED.foldLeft(
                Figures.NONE, (figures, key) -> figures.declare(key, "outside", Money.zero(PROFILE.currency())));
        Invoice.Running pending = new Invoice.Running(head(), declared, 1);
        assertThat(cents(pending.figures())).containsOnly(0L);
        assertThat(pending.figures().verify(lines, PROFILE.rules())).isEmpty();
        assertThat(folded(lines).amount(Atlas.SUBTOTAL).minorUnits()).isEqualTo(35);
    }

    @ParameterizedTest(name = "{0}: {2} {3} at {4}")
    @CsvSource(textBlock = """
            L1,  ATLAS_AWS_INSTANCE_M10,                   12.0,                 server hours, 0.026,    31
            L2,  ATLAS_ADVANCED_SECURITY,                  1.0,                  hours,        0.0351,   4
            L3,  ATLAS_INSTANCE_M0,                        72.0,                 server hours, 0.0,      0
            L6,  ATLAS_AWS_DATA_TRANSFER_INTERNET,         1.507005000002115E-4, GB,           0.090000, 0
            L7,  ATLAS_APP_DATA_DOWNLOADED_FREE_TIER,      1.8073254138E-5,      GB,           0.000000, 0
            L8,  ATLAS_AWS_DATA_TRANSFER_DIFFERENT_REGION, 6.035E-7,             GB,           0.02,     0
            L9,  ATLAS_AWS_INSTANCE_M30,                   72.0,                 server hours, 0.54,     3888
            C2,  exact decimals matter,                    1.0,                  '',           1.005,    101
            C4a, first tier,                               100.0,                '',           0.10,     1000
            C4b, second tier,                              50.0,                 '',           0.05,     250
            """)
    void a_line_is_rounded_to_cents_once(
            String number, String sku, String quantity, String unit, String price, long cents) {
        LineItem line = rated(sku, quantity, unit, price);
        assertThat(line.net().get().minorUnits()).isEqualTo(cents);
        assertThat(line.quantity().doubleValue()).isEqualTo(Double.parseDouble(quantity));
        assertThat(line.unitPrice().get().amount()).isEqualByComparingTo(price);
    }

    @Test
    void a_tie_goes_away_from_zero_on_credits_too() {
        assertThat(Money.of("USD", "-0.005")
                        .times(BigDecimal.ONE)
                        .rounded(PROFILE.rounding())
                        .minorUnits())
                .isEqualTo(-1);
        assertThat(Math.round(1.0 * 1.005 * 100))
                .as("doubles would lose the cent")
                .isEqualTo(100);
    }

    @Test
    void each_tier_that_is_touched_is_a_line_of_its_own() {
        Tier first = new Tier(BigDecimal.ZERO, Option.some(new BigDecimal("100")));
        Tier second = new Tier(new BigDecimal("100"), Option.none());
        Seq<LineItem> lines = Array.of(tier("100.0", "0.10", first), tier("50.0", "0.05", second));
        assertThat(lines.map(line -> line.net().get().minorUnits())).containsExactly(1000L, 250L);
        assertThat(lines.flatMap(LineItem::tier)).containsExactly(first, second);
        assertThat(folded(lines).amount(Atlas.SUBTOTAL).minorUnits()).isEqualTo(1250);
    }

    @Test
    void a_line_says_where_when_and_when_it_was_posted() {
        Ref cluster = Ref.named("cluster", "Cluster0");
        Period day = Period.of(Instant.parse("2018-06-18T00:00:00Z"), Instant.parse("2018-06-19T00:00:00Z"));
        LineItem line = builder("ATLAS_AWS_INSTANCE_M10")
                .price(discounted("10.00", "1.00", "10"))
                .period(day)
                .places(HashMap.of(
                        new Dimension("project"),
                        new Ref("project", "5b0000000000000000000002", "My Project"),
                        new Dimension("cluster"),
                        cluster))
                .tags(HashMap.of("replicaSetName", "rs0"))
                .build();
        assertThat(line.postedAt()).isAfter(line.period().get().end());
        assertThat(line.places().get(new Dimension("cluster"))).contains(cluster);
        assertThat(line.price().get().percent().get()).isEqualByComparingTo("10");
        assertThat(line.net().get().minorUnits()).isEqualTo(900);
    }

    private static Figures settle(Seq<LineItem> lines, String startingBalance) {
        return Atlas.settle(folded(lines), TAX_RATE, Money.of("USD", startingBalance));
    }

    private static Figures folded(Seq<LineItem> lines) {
        return Figures.fold(PROFILE.figures(), lines, PROFILE.currency());
    }

    /** Subtotal, tax, credits, starting balance, billed, ending balance. */
    private static Seq<Long> cents(Figures figures) {
        return SETTLED.map(key -> figures.amount(key).minorUnits());
    }

    private static LineItem rated(String sku, String quantity, String unit, String price) {
        PricingRule rule = new PerUnit(Money.of("USD", price));
        Derivation why = new Derivation(
                new PriceBookVersion("atlas", 1),
                rule,
                Measure.of(new BigDecimal(quantity)),
                PROFILE.proration().name(),
                Ratio.ONE,
                PROFILE.rounding());
        return LineItem.builder(new LineId(sku), sku, "usage", POSTED, new Origin.Rated(why))
                .quantity(new BigDecimal(quantity), unit)
                .unitPrice(rule.unitPrice())
                .price(why.amount())
                .build();
    }

    private static LineItem tier(String quantity, String price, Tier tier) {
        return builder("REQUEST_UNITS")
                .quantity(new BigDecimal(quantity), "units")
                .unitPrice(Money.of("USD", price))
                .tier(tier)
                .price(rated("REQUEST_UNITS", quantity, "units", price).price().get())
                .build();
    }

    private static LineItem line(String sku, Amount amount) {
        return builder(sku).price(amount).build();
    }

    private static LineItem.Builder builder(String sku) {
        return LineItem.builder(new LineId(sku), sku, "usage", POSTED, Origin.Provided.of(sku));
    }

    private static Amount discounted(String gross, String discount, String percent) {
        return new Amount(Money.of("USD", gross), Money.of("USD", discount), Option.some(new BigDecimal(percent)));
    }

    private static Head head() {
        return Head.of(
                new InvoiceId("5b0000000000000000000003"),
                PROFILE.name(),
                new AccountId("5b0000000000000000000001"),
                JUNE,
                PROFILE.currency(),
                Instant.parse("2018-06-01T04:05:10Z"));
    }
}

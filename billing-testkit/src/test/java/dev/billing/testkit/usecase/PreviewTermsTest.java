package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCESS;
import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.USD;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.port.Access;
import dev.billing.port.TaxCalculator;
import dev.billing.port.TaxRefused;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.MonthRefused;
import dev.billing.usecase.SettledMonth;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A month under discounts, minimums, maximums, taxes and prepaid credit. */
class PreviewTermsTest {

    private static final Instant OVER = at("2024-04-01T00:00:00Z");
    private static final TaxTable FIFTH = TaxTable.of(TaxRounding.STANDARD, TaxRate.exclusive("VAT", "GB", "20"));

    private final World world = new World();

    @BeforeEach
    void seventy_five_dollars() {
        world.record(
                begun("dyno", "dyno", "2024-03-01T00:00:00Z"), begun("database", "database", "2024-03-01T00:00:00Z"));
    }

    @Test
    void discounts_taxes_and_credit_are_on_lines_and_figures() {
        Terms terms = Terms.NONE
                .discounts(Discount.percent("tenth", "10"))
                .taxes(FIFTH)
                .grants(CreditGrant.of("gift", usd("5.00"), at("2024-01-01T00:00:00Z")));
        SettledMonth month = preview(terms, OVER);
        Figures figures = month.document().invoice().figures();
        assertThat(figures.amount(Akkeris.TOTAL)).isEqualTo(usd("67.50"));
        assertThat(figures.amount(Settlement.SUBTOTAL)).isEqualTo(usd("67.50"));
        assertThat(figures.amount(Settlement.TAX)).isEqualTo(usd("13.50"));
        assertThat(figures.amount(Settlement.CREDITS)).isEqualTo(usd("5.00"));
        assertThat(figures.amount(Settlement.BILLED)).isEqualTo(usd("76.00"));
        assertThat(month.document().lines().map(line -> line.tax().get())).containsExactly(usd("4.50"), usd("9.00"));
        assertThat(month.settlement().paidByGrant().get("gift")).contains(usd("5.00"));
        assertThat(figures.verify(month.document().lines(), Settlement.RULES)).isEmpty();
    }

    @Test
    void a_line_explains_itself_down_to_what_it_charges() {
        Terms terms = Terms.NONE.discounts(Discount.percent("tenth", "10")).taxes(FIFTH);
        LineItem dyno = preview(terms, OVER).document().lines().head();
        assertThat(dyno.explain()).hasToString("""
                quantity: 1
                  rule: USD 25.00 per unit under main@1
                    whole period: USD 25.00
                      units: 1 × USD 25.00 = USD 25.00
                      share: 31/31 (CALENDAR_DAYS_INCLUSIVE)
                        rounded: HALF_UP to the minor unit: USD 25.00
                          remainder: none
                            discount: USD 2.50 (10 %)
                              tenth: 10 % off USD 75.00 = USD 7.50, for USD 25.00 of USD 75.00: USD 2.50, remainder none
                              tax: USD 4.50 (PER_RATE, HALF_UP to the minor unit)
                                VAT GB on dyno: 20 % of USD 22.50 = USD 4.50, remainder none
                                net: USD 22.50""");
    }

    @Test
    void an_outside_engine_computes_the_taxes_or_refuses() {
        Terms terms = Terms.NONE.discounts(Discount.percent("tenth", "10"));
        assertThat(world.billing
                        .with(TaxCalculator.of(FIFTH))
                        .previewMonth()
                        .preview(ACCESS, ACCOUNT, MARCH, OVER, terms)
                        .get()
                        .document()
                        .invoice()
                        .figures()
                        .amount(Settlement.TAX))
                .isEqualTo(usd("13.50"));
        TaxRefused refused = new TaxRefused.Other("closed");
        assertThat(world.billing
                        .with((tenant, question) -> Either.left(refused))
                        .previewMonth()
                        .preview(ACCESS, ACCOUNT, MARCH, OVER, terms))
                .isEqualTo(Either.left(refused));
    }

    @Test
    void nothing_outside_the_access_is_shown() {
        assertThat(world.billing.previewMonth().preview(ACCESS, OTHER, MARCH, OVER, Terms.NONE))
                .isEqualTo(Either.left(new CommandRefused.NoAccess(OTHER)));
    }

    @Test
    void a_price_in_another_currency_than_the_account_is_billed_in_is_refused() {
        CurrencyUnit euro = Monetary.getCurrency("EUR");
        assertThat(world.billing
                        .with(Akkeris.profile().in(euro))
                        .previewMonth()
                        .preview(ACCESS, ACCOUNT, MARCH, OVER, Terms.NONE))
                .isEqualTo(Either.left(new MonthRefused.OtherCurrency(ACCOUNT, USD, euro)));
    }

    @Test
    void the_minimums_and_maximums_of_the_price_book_are_on_every_document_once_the_month_is_over() {
        put(
                Array.of(new Commitment("least", Scope.skus("dyno"), Akkeris.DYNO, usd("40.00"), false)),
                Array.of(new SpendLimit("most", Scope.skus("database"), Akkeris.ADDON, usd("30.00"))));
        Seq<LineItem> lines = world.billing
                .previewMonth()
                .preview(ACCESS, ACCOUNT, MARCH, OVER)
                .get()
                .lines();
        assertThat(lines.map(line -> line.net().get()))
                .containsExactly(usd("25.00"), usd("50.00"), usd("15.00"), usd("-20.00"));
        assertThat(preview(Terms.NONE, OVER).settlement().figures().amount(Settlement.BILLED))
                .isEqualTo(usd("70.00"));
        assertThat(world.billing
                        .previewMonth()
                        .preview(ACCESS, ACCOUNT, MARCH, OVER.minusMillis(1))
                        .get()
                        .lines())
                .as("before that nobody knows what a minimum lacks")
                .hasSize(2);
    }

    @Test
    void a_prorated_minimum_is_for_the_part_of_the_month_that_the_account_was_there() {
        world.record(begun("late", OTHER, "database", World.API, "2024-03-22T00:00:00Z", Option.none()));
        put(
                Array.of(new Commitment("least", Scope.DOCUMENT, Akkeris.DYNO, usd("310.00"), true)),
                Array.of(new SpendLimit("cents", Scope.skus("database"), Akkeris.ADDON, usd("10.555"))));
        Access all = Access.toAll(TENANT);
        Seq<LineItem> late = world.billing
                .previewMonth()
                .preview(all, OTHER, MARCH, OVER)
                .get()
                .lines();
        assertThat(late.map(line -> line.net().get()))
                .as(
                        "10 of 31 days of the database, the rest of 10/31 of 310.00, and what is beyond 10.56 of the database")
                .containsExactly(usd("16.13"), usd("83.87"), usd("-5.57"));
        assertThat(world.billing
                        .previewMonth()
                        .preview(all, new AccountId("nobody"), MARCH, OVER)
                        .get()
                        .lines())
                .as("an account without any facts owes no minimum")
                .isEmpty();
    }

    private void put(Seq<Commitment> commitments, Seq<SpendLimit> limits) {
        Product dyno = new Product("dyno", Akkeris.DYNO, "month", new PerUnit(Money.of("USD", "25.00")), Option.none());
        PriceBook book = PriceBook.of(new PriceBookVersion("main", 2), USD, at("2024-03-02T00:00:00Z"), Array.of(dyno))
                .with(commitments, limits);
        world.billing.priceBooks().put(TENANT, book).get();
    }

    private SettledMonth preview(Terms terms, Instant asOf) {
        return world.billing
                .previewMonth()
                .preview(ACCESS, ACCOUNT, MARCH, asOf, terms)
                .get();
    }
}

package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCESS;
import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.USD;
import static dev.billing.testkit.usecase.World.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.Graduated;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.PriceTier;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.domain.profile.Akkeris;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.usecase.Comparison;
import dev.billing.usecase.Comparison.Change;
import dev.billing.usecase.Comparison.Measure;
import dev.billing.usecase.Report;
import dev.billing.usecase.Scenario;
import dev.billing.usecase.SettledMonth;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A comparison is two previews, each of a service of its own in which the prices, policies and terms of one side hold. */
class WhatIfProperties {

    private static final Instant BEGIN = at("2024-03-01T00:00:00Z");
    private static final Instant OVER = at("2024-04-01T00:00:00Z");

    /** Something used, or a thing that began. */
    record Happening(boolean used, int hour, int amount) {}

    /** All that may differ: cents, per cent, and policies. */
    record Side(int first, int bound, int beyond, int dyno, int least, int most, Terms terms, Profile profile) {}

    @Provide
    Arbitrary<List<Happening>> happenings() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 31 * 24 - 1),
                        Arbitraries.integers().between(1, 5_000))
                .as(Happening::new)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<Side> sides() {
        Arbitrary<Integer> cents = Arbitraries.integers().between(0, 999);
        return Combinators.combine(
                        cents,
                        Arbitraries.integers().between(1, 400),
                        cents,
                        cents,
                        cents,
                        Arbitraries.integers().between(100, 99_999),
                        terms(),
                        Arbitraries.of(Standard.profile(), Akkeris.profile(), Akkeris.upstream()))
                .as((first, bound, beyond, dyno, least, most, terms, profile) ->
                        new Side(first, bound, beyond, dyno, least, most, terms, profile));
    }

    private static Arbitrary<Terms> terms() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.of(TaxRounding.Policy.class),
                        Arbitraries.of(
                                Array.empty(),
                                Array.of(TaxRate.exclusive("State", "US", "6"), TaxRate.exclusive("City", "US", "4")),
                                Array.of(TaxRate.inclusive("VAT", "GB", "20"))),
                        Arbitraries.integers().between(1, 3_000),
                        Arbitraries.of(CreditGrant.Stage.class),
                        Arbitraries.integers().between(0, 9_999))
                .as((percent, rounding, rates, gift, stage, least) -> Terms.NONE
                        .discounts(Discount.percent("off", Integer.toString(percent)))
                        .taxes(new TaxTable(rates.map(TaxRate.class::cast), TaxRounding.of(rounding)))
                        .grants(
                                CreditGrant.of("gift", cents(gift), Instant.EPOCH)
                                        .at(stage),
                                CreditGrant.of("other gift", cents(300), Instant.EPOCH))
                        .commitments(new Commitment("own least", Scope.DOCUMENT, "least", cents(least), true)));
    }

    @Property(tries = 200)
    void a_comparison_is_two_previews(
            @ForAll("happenings") List<Happening> happenings,
            @ForAll("sides") Side now,
            @ForAll("sides") Side then,
            @ForAll boolean otherPrices,
            @ForAll boolean otherPolicies,
            @ForAll boolean otherTerms) {
        Side other = new Side(
                otherPrices ? then.first : now.first,
                otherPrices ? then.bound : now.bound,
                otherPrices ? then.beyond : now.beyond,
                otherPrices ? then.dyno : now.dyno,
                otherPrices ? then.least : now.least,
                otherPrices ? then.most : now.most,
                otherTerms ? then.terms : now.terms,
                otherPolicies ? then.profile : now.profile);
        Billing billing = service(now, happenings);
        Scenario scenario = new Scenario(
                Option.when(otherPrices, book(then)),
                Option.when(otherPolicies, then.profile),
                Option.when(otherTerms, account -> then.terms));
        Comparison comparison = billing.whatIf()
                .compare(ACCESS, Array.of(ACCOUNT), MARCH, OVER, account -> now.terms, scenario, Runnable::run)
                .get();
        check(comparison, preview(billing, now), preview(service(other, happenings), other));
    }

    private static void check(Comparison comparison, SettledMonth now, SettledMonth then) {
        Map<LineId, LineItem> before = byId(now);
        Map<LineId, LineItem> after = byId(then);
        assertThat(HashSet.ofAll(comparison.lines().map(Comparison.Line::id)))
                .isEqualTo(HashSet.ofAll(before.keySet().addAll(after.keySet())));
        assertThat(comparison.lines().map(Comparison.Line::id).distinct())
                .hasSize(comparison.lines().size());
        comparison.lines().forEach(line -> {
            assertThat(comparison.of(line)).isEqualTo(change(net(before, line), net(after, line)));
            assertThat(comparison.of(line, Measure.TAX)).isEqualTo(change(tax(before, line), tax(after, line)));
        });
        Figures first = now.settlement().figures();
        Figures second = then.settlement().figures();
        assertThat(comparison.total())
                .isEqualTo(change(first.amount(Settlement.SUBTOTAL), second.amount(Settlement.SUBTOTAL)));
        assertThat(comparison.total(Measure.TAX))
                .isEqualTo(change(first.amount(Settlement.TAX), second.amount(Settlement.TAX)));
        assertThat(comparison.total(Measure.CREDIT))
                .isEqualTo(change(first.amount(Settlement.CREDITS), second.amount(Settlement.CREDITS)));
        assertThat(comparison.total(Measure.DUE)).isEqualTo(change(due(first), due(second)));
        for (Measure measure : Measure.values()) {
            assertThat(sum(comparison.bySku(measure))).isEqualTo(comparison.total(measure));
            assertThat(sum(comparison.byAccount(measure))).isEqualTo(comparison.total(measure));
        }
        assertThat(comparison.changed().isEmpty())
                .isEqualTo(comparison
                        .lines()
                        .forAll(line -> Array.of(Measure.values())
                                .forAll(measure -> comparison
                                        .of(line, measure)
                                        .difference()
                                        .isZero())));
    }

    private static Change sum(Map<?, Change> parts) {
        return change(
                parts.values().map(Change::now).fold(cents(0), Money::plus),
                parts.values().map(Change::then).fold(cents(0), Money::plus));
    }

    private static Money due(Figures figures) {
        return figures.amount(Settlement.BILLED).minus(figures.amount(Settlement.ENDING_BALANCE));
    }

    private static Change change(Money now, Money then) {
        return new Change(now, then);
    }

    private static Money net(Map<LineId, LineItem> lines, Comparison.Line line) {
        return lines.get(line.id()).flatMap(LineItem::net).getOrElse(cents(0));
    }

    private static Money tax(Map<LineId, LineItem> lines, Comparison.Line line) {
        return lines.get(line.id()).flatMap(LineItem::tax).getOrElse(cents(0));
    }

    private static Map<LineId, LineItem> byId(SettledMonth month) {
        return month.document().lines().toLinkedMap(LineItem::id, line -> line);
    }

    private static SettledMonth preview(Billing billing, Side side) {
        return billing.previewMonth()
                .preview(ACCESS, ACCOUNT, MARCH, OVER, side.terms())
                .get();
    }

    /** A service in which this was so from the start. */
    private static Billing service(Side side, List<Happening> happenings) {
        Billing billing = Billing.on(InMemoryPorts.create()).with(side.profile());
        billing.priceBooks().put(TENANT, book(side)).get();
        Seq<Report> reports = Array.ofAll(happenings).zipWithIndex(WhatIfProperties::report);
        billing.recordFacts().record(TENANT, reports).get();
        return billing;
    }

    private static Report report(Happening happening, int number) {
        Instant when = BEGIN.plus(Duration.ofHours(happening.hour()));
        return happening.used()
                ? new Report.Used(
                        World.id("use " + number),
                        ACCOUNT,
                        "calls",
                        BigDecimal.valueOf(happening.amount(), 1),
                        when,
                        World.API)
                : new Report.Begun(
                        World.id("thing " + number),
                        ACCOUNT,
                        "dyno",
                        BigDecimal.ONE,
                        "a thing",
                        World.API,
                        when,
                        Option.none());
    }

    private static PriceBook book(Side side) {
        Graduated tiers = new Graduated(
                Array.of(
                        new PriceTier(Option.some(BigDecimal.valueOf(side.bound())), cents(side.first()), cents(5)),
                        new PriceTier(Option.none(), cents(side.beyond()), cents(0))),
                false);
        return PriceBook.of(
                        new PriceBookVersion("main", 1),
                        USD,
                        at("2020-01-01T00:00:00Z"),
                        Array.of(
                                new Product("calls", Akkeris.ADDON, "call", tiers, Option.some("calls")),
                                new Product(
                                        "dyno", Akkeris.DYNO, "month", new PerUnit(cents(side.dyno())), Option.none())))
                .with(
                        Array.of(new Commitment("least", Scope.skus("dyno"), Akkeris.DYNO, cents(side.least()), false)),
                        Array.of(new SpendLimit("most", Scope.skus("calls"), Akkeris.ADDON, cents(side.most()))));
    }

    private static Money cents(int cents) {
        return Money.ofMinor(USD, cents);
    }
}

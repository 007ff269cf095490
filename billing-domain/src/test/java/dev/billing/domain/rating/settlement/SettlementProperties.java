package dev.billing.domain.rating.settlement;

import static dev.billing.domain.rating.settlement.Baskets.END;
import static dev.billing.domain.rating.settlement.Baskets.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.CreditUse;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Discount;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.pricing.SpendLimit;
import dev.billing.domain.pricing.Validity;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.SettlementContext;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.tax.TaxBehavior;
import dev.billing.domain.tax.TaxRate;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import dev.billing.domain.tax.TaxableLine;
import dev.billing.domain.tax.Taxes;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class SettlementProperties {

    /** Lines, terms and context, all of one currency. */
    record Case(Seq<LineItem> lines, Terms terms, SettlementContext context) {

        Settlement settled() {
            return Settlement.of(lines, terms, context);
        }
    }

    @Property(tries = 1_000)
    void what_comes_in_goes_out_under_every_tax_rounding(
            @ForAll("cases") Case any, @ForAll("fine") Rounding lineDigits) {
        for (TaxRounding.Policy policy : TaxRounding.Policy.values()) {
            Terms terms = any.terms().taxes(new TaxTable(any.terms().taxes().rates(), TaxRounding.of(policy)));
            Seq<LineItem> lines = any.lines().map(line -> finer(line, lineDigits));
            Settlement settled = Settlement.of(lines, terms, any.context());
            Fraction subtotal = sum(settled.lines().flatMap(LineItem::net));
            Fraction tax = sum(settled.lines().flatMap(LineItem::tax));
            Fraction credits = sum(settled.credits().map(CreditUse::amount));
            Fraction billed = Fraction.of(settled.figures().amount(Settlement.BILLED));
            Fraction ending = Fraction.of(settled.figures().amount(Settlement.ENDING_BALANCE));
            assertThat(billed.minus(ending))
                    .isEqualTo(subtotal.plus(tax)
                            .minus(credits)
                            .minus(Fraction.of(any.context().startingBalance())));
            assertThat(billed).isGreaterThanOrEqualTo(Fraction.ZERO);
            assertThat(ending).isGreaterThanOrEqualTo(Fraction.ZERO);
            assertThat(billed.equals(Fraction.ZERO) || ending.equals(Fraction.ZERO))
                    .isTrue();
            assertThat(Fraction.of(settled.figures().amount(Settlement.SUBTOTAL)))
                    .isEqualTo(subtotal);
            assertThat(Fraction.of(settled.figures().amount(Settlement.TAX))).isEqualTo(tax);
            assertThat(sum(settled.taxes().rates().map(rate -> rate.amount()))).isEqualTo(tax);
            assertThat(Fraction.of(settled.figures().amount(Settlement.CREDITS)))
                    .isEqualTo(credits);
            assertThat(sum(settled.paidByGrant().values().toArray())).isEqualTo(credits);
            assertThat(settled.figures().verify(settled.lines(), Settlement.RULES))
                    .isEmpty();
            assertThat(settled.balance().billed()).isEqualTo(settled.figures().amount(Settlement.BILLED));
            assertThat(settled.balance().endingBalance())
                    .isEqualTo(settled.figures().amount(Settlement.ENDING_BALANCE));
        }
    }

    @Property(tries = 1_000)
    void every_step_equals_the_slow_one(@ForAll("cases") Case any) {
        SlowSettlement slow = new SlowSettlement(any.lines(), any.terms(), any.context());
        Settlement settled = any.settled();
        Seq<TaxableLine> taxables = Array.ofAll(slow.taxables());
        assertThat(Settlement.untaxed(any.lines(), any.terms(), any.context()).lines())
                .containsExactlyElementsOf(taxables);
        Taxes taxes = any.terms().taxes().rates().isEmpty()
                ? Taxes.none(any.context().currency())
                : any.terms().taxes().taxes(any.context().currency(), taxables);
        assertThat(settled.taxes()).isEqualTo(taxes);
        slow.payAfter(taxes);
        assertThat(settled.credits()).containsExactlyElementsOf(slow.uses);
        assertThat(settled.lines().map(line -> line.id().value()))
                .containsExactlyElementsOf(slow.rows.stream().map(row -> row.id).toList());
        for (int i = 0; i < slow.rows.size(); i++) {
            SlowSettlement.Row row = slow.rows.get(i);
            LineItem line = settled.lines().get(i);
            Money included = taxes.line(line.id())
                    .map(taxed -> taxed.included())
                    .getOrElse(Money.zero(any.context().currency()));
            assertThat(line.net()).contains(slow.money(row.due).minus(included));
            assertThat(line.price().get().discount()).isEqualTo(slow.money(row.price.minus(row.due)));
        }
    }

    @Property(tries = 1_000)
    void no_order_of_the_terms_changes_anything(@ForAll("cases") Case any, @ForAll Random random) {
        Terms terms = any.terms();
        Terms shuffled = new Terms(
                DomainArbitraries.shuffled(terms.discounts(), random),
                DomainArbitraries.shuffled(terms.commitments(), random),
                DomainArbitraries.shuffled(terms.limits(), random),
                terms.taxes(),
                DomainArbitraries.shuffled(terms.grants(), random));
        assertThat(Settlement.of(any.lines(), shuffled, any.context())).isEqualTo(any.settled());
    }

    @Property(tries = 1_000)
    void no_discount_takes_more_than_there_is(@ForAll("cases") Case any, @ForAll("fine") Rounding lineDigits) {
        Seq<LineItem> lines = any.lines().map(line -> finer(line, lineDigits));
        Settlement settled = Settlement.of(lines, any.terms(), any.context());
        Fraction taken = Fraction.ZERO;
        for (LineItem line : settled.lines()) {
            Fraction discount = Fraction.of(line.price().get().discount());
            Fraction left = Fraction.of(line.net().get())
                    .plus(Fraction.of(settled.taxes()
                            .line(line.id())
                            .map(taxed -> taxed.included())
                            .getOrElse(Money.zero(any.context().currency()))));
            Fraction price = left.plus(discount);
            taken = taken.plus(discount);
            assertThat(price.compareTo(Fraction.ZERO) > 0 ? left : Fraction.ONE.minus(discount))
                    .as("what is left of %s", line)
                    .isGreaterThanOrEqualTo(price.compareTo(Fraction.ZERO) > 0 ? Fraction.ZERO : Fraction.ONE);
            assertThat(lines.find(given -> given.id().equals(line.id()))
                            .forAll(given -> Fraction.of(given.net().get()).equals(price)))
                    .as("the price of %s", line)
                    .isTrue();
        }
        assertThat(sum(settled.discounts().map(Settlement.DiscountUse::amount))).isEqualTo(taken);
        assertThat(Fraction.of(settled.figures().amount(Settlement.DISCOUNT))).isEqualTo(taken);
        assertThat(settled.discounts()).noneMatch(use -> use.amount().isNegative());
        assertThat(settled.discounts().map(Settlement.DiscountUse::discount)).doesNotHaveDuplicates();
    }

    @Property(tries = 1_000)
    void no_grant_pays_what_it_must_not(@ForAll("cases") Case any) {
        Settlement settled = any.settled();
        for (CreditUse use : settled.credits()) {
            CreditGrant grant = any.terms()
                    .grants()
                    .find(one -> one.id().equals(use.grant()))
                    .get();
            LineItem line =
                    settled.lines().find(one -> one.id().equals(use.line())).get();
            assertThat(grant.scope().covers(line.sku(), line.category())).isTrue();
            assertThat(grant.expiresAt().forAll(END::isBefore)).isTrue();
        }
        settled.paidByGrant()
                .forEach((id, paid) -> assertThat(paid)
                        .isLessThanOrEqualTo(any.terms()
                                .grants()
                                .find(one -> one.id().equals(id))
                                .get()
                                .available()));
        settled.credits().groupBy(CreditUse::line).forEach((id, uses) -> {
            LineItem line = settled.lines().find(one -> one.id().equals(id)).get();
            assertThat(sum(uses.map(CreditUse::amount)))
                    .isLessThanOrEqualTo(
                            Fraction.of(line.net().get()).plus(sum(line.tax().toArray())));
        });
    }

    @Property(tries = 500)
    void a_period_in_several_documents_costs_between_its_minimum_and_its_maximum(
            @ForAll("cases") Case any,
            @ForAll @IntRange(max = 500) int minimum,
            @ForAll @IntRange(max = 500) int more,
            @ForAll @IntRange(max = 8) int cut) {
        CurrencyUnit currency = any.context().currency();
        Money least = Money.ofMinor(currency, minimum);
        Money most = Money.ofMinor(currency, minimum + more);
        Terms terms = Terms.NONE
                .commitments(new Commitment("minimum", Scope.DOCUMENT, "a", least, false))
                .limits(new SpendLimit("maximum", Scope.DOCUMENT, "a", most));
        Settlement first = Settlement.of(
                any.lines().take(cut), terms, Baskets.context(currency).withMoreToFollow());
        Money before = first.figures().amount(Settlement.SUBTOTAL);
        Settlement last = Settlement.of(
                any.lines().drop(cut),
                terms,
                Baskets.context(currency).after(HashMap.of("minimum", before, "maximum", before)));
        Fraction total = sum(any.lines().flatMap(LineItem::net));
        Fraction bounded = total.compareTo(Fraction.of(least)) < 0
                ? Fraction.of(least)
                : total.compareTo(Fraction.of(most)) > 0 ? Fraction.of(most) : total;
        assertThat(first.lines()).hasSize(Math.min(cut, any.lines().size()));
        assertThat(Fraction.of(before).plus(Fraction.of(last.figures().amount(Settlement.SUBTOTAL))))
                .isEqualTo(bounded);
    }

    private static Fraction sum(Seq<Money> amounts) {
        return DomainArbitraries.sum(amounts.map(Fraction::of));
    }

    /** The same line with a price that has more digits than the currency. */
    private static LineItem finer(LineItem line, Rounding digits) {
        Money net = line.net().get();
        Money finer = net.times(Ratio.of(1, 7), digits).plus(net);
        return line.toBuilder().price(finer).build();
    }

    @Provide
    Arbitrary<Rounding> fine() {
        return Arbitraries.of(0, 2, 5, 9).map(digits -> Rounding.toDecimals(digits, RoundingMode.HALF_UP));
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.of("JPY", "USD", "KWD")
                .map(Monetary::getCurrency)
                .flatMap(currency -> Combinators.combine(lines(currency), terms(currency), runs(currency))
                        .as(Case::new))
                .withoutEdgeCases();
    }

    private static Arbitrary<Seq<LineItem>> lines(CurrencyUnit currency) {
        Arbitrary<Long> prices = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.longs().between(0, 20)),
                Tuple.of(5, Arbitraries.longs().between(0, 1_000)),
                Tuple.of(1, Arbitraries.longs().between(-200, 0)));
        return Combinators.combine(prices, Arbitraries.of("x", "y", "z"), Arbitraries.of("a", "b"))
                .as(Tuple::of)
                .list()
                .ofMaxSize(6)
                .map(all -> Array.ofAll(all)
                        .zipWithIndex((line, i) -> LineItem.builder(
                                        new LineId("line " + i),
                                        line.get2(),
                                        line.get3(),
                                        START,
                                        Origin.Provided.of("out"))
                                .position(i)
                                .price(Money.ofMinor(currency, line.get1()))
                                .build()));
    }

    private static Arbitrary<Terms> terms(CurrencyUnit currency) {
        Arbitrary<Seq<Commitment>> commitments = Combinators.combine(
                        scopes(), categories(), amounts(currency, 800), bool())
                .as((scope, category, minimum, prorated) -> new Commitment("c", scope, category, minimum, prorated))
                .list()
                .ofMaxSize(2)
                .map(all -> Array.ofAll(all)
                        .zipWithIndex((each, i) -> new Commitment(
                                "c" + i, each.scope(), each.category(), each.minimum(), each.prorated())));
        Arbitrary<Seq<SpendLimit>> limits = Combinators.combine(scopes(), categories(), amounts(currency, 1_500))
                .as((scope, category, maximum) -> new SpendLimit("l", scope, category, maximum))
                .list()
                .ofMaxSize(2)
                .map(all -> Array.ofAll(all)
                        .zipWithIndex(
                                (each, i) -> new SpendLimit("l" + i, each.scope(), each.category(), each.maximum())));
        return Combinators.combine(discounts(currency), often(commitments), often(limits), taxes(), grants(currency))
                .as(Terms::new);
    }

    private static <T> Arbitrary<Seq<T>> often(Arbitrary<Seq<T>> some) {
        return Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(Array.<T>empty())), Tuple.of(1, some));
    }

    private static Arbitrary<Seq<Discount>> discounts(CurrencyUnit currency) {
        Arbitrary<Discount.Off> offs = Arbitraries.oneOf(
                Arbitraries.of("0", "10", "25", "33.3", "99", "100", "0.5")
                        .map(percent -> new Discount.Percent(new BigDecimal(percent))),
                amounts(currency, 400).map(Discount.Fixed::new));
        Arbitrary<Validity> validities = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Validity.ALWAYS)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                Validity.from(START),
                                Validity.from(START.plusMillis(1)),
                                Validity.between(START.minusMillis(1), START))));
        return Combinators.combine(offs, scopes(), validities)
                .as(Tuple::of)
                .list()
                .ofMaxSize(5)
                .map(all -> Array.ofAll(all)
                        .zipWithIndex((each, i) -> new Discount("d" + i, each.get1(), each.get2(), each.get3())));
    }

    private static Arbitrary<TaxTable> taxes() {
        return Combinators.combine(
                        Arbitraries.of("19", "7", "8.875", "0"),
                        Arbitraries.of(TaxBehavior.class),
                        Arbitraries.of("", "a", "b"))
                .as((percent, behavior, category) -> new TaxRate(
                        "tax",
                        "here",
                        new BigDecimal(percent),
                        behavior,
                        HashSet.of(category).remove("")))
                .list()
                .uniqueElements(TaxRate::label)
                .ofMaxSize(3)
                .flatMap(rates -> Arbitraries.of(TaxRounding.Policy.class)
                        .map(policy -> new TaxTable(Array.ofAll(rates), TaxRounding.of(policy))));
    }

    private static Arbitrary<Seq<CreditGrant>> grants(CurrencyUnit currency) {
        Arbitrary<Option<Instant>> expiries = Arbitraries.of(
                Option.none(), Option.some(END), Option.some(END.plusMillis(1)), Option.some(END.plusSeconds(9)));
        return Combinators.combine(
                        amounts(currency, 600),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of(START, START.plusSeconds(1), END, END.plusMillis(1)),
                        expiries,
                        scopes(),
                        Arbitraries.of(CreditGrant.Stage.class))
                .as((available, priority, granted, expiry, scope, stage) ->
                        new CreditGrant("g", available, priority, granted, expiry, scope, stage))
                .list()
                .ofMaxSize(4)
                .map(all -> Array.ofAll(all)
                        .zipWithIndex((each, i) -> new CreditGrant(
                                "g" + i,
                                each.available(),
                                each.priority(),
                                each.grantedAt(),
                                each.expiresAt(),
                                each.scope(),
                                each.stage())));
    }

    private static Arbitrary<SettlementContext> runs(CurrencyUnit currency) {
        Arbitrary<Money> balances = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(Money.zero(currency))),
                Tuple.of(1, amounts(currency, 500)),
                Tuple.of(1, amounts(currency, 500).map(Money::negated)));
        Arbitrary<List<Money>> before = amounts(currency, 300).list().ofSize(2);
        return Combinators.combine(
                        balances, before, bool(), Arbitraries.integers().between(0, 31))
                .as((balance, earlier, closing, days) -> new SettlementContext(
                        currency,
                        Baskets.context(currency).period(),
                        END,
                        Baskets.HALF_UP,
                        Ratio.of(days, 31),
                        closing,
                        HashMap.of("c0", earlier.get(0), "l0", earlier.get(1)),
                        balance));
    }

    private static Arbitrary<Scope> scopes() {
        return Arbitraries.of(
                Scope.DOCUMENT,
                Scope.DOCUMENT,
                Scope.skus("x"),
                Scope.skus("x", "y"),
                Scope.categories("a"),
                Scope.categories("a", "b"));
    }

    private static Arbitrary<String> categories() {
        return Arbitraries.of("a", "b", "commitment");
    }

    private static Arbitrary<Boolean> bool() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<Money> amounts(CurrencyUnit currency, long max) {
        return Arbitraries.longs().between(0, max).map(units -> Money.ofMinor(currency, units));
    }
}

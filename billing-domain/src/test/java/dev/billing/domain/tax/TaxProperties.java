package dev.billing.domain.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.tax.TaxRounding.Policy;
import io.vavr.collection.Array;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class TaxProperties {

    /** Lines in whole minor units of a currency, and a table. */
    record Basket(CurrencyUnit currency, Seq<TaxableLine> lines, TaxTable table) {

        Taxes taxes() {
            return table.taxes(currency, lines);
        }

        int digits() {
            return currency.getDefaultFractionDigits();
        }

        RoundingMode mode() {
            return table.rounding().rounding().mode();
        }
    }

    @Property(tries = 1_000)
    void what_is_shown_per_line_per_rate_and_for_the_document_adds_up(@ForAll("baskets") Basket basket) {
        Taxes taxes = basket.taxes();
        Fraction cells =
                DomainArbitraries.sum(taxes.lines().flatMap(TaxedLine::taxes).map(tax -> Fraction.of(tax.amount())));
        assertThat(DomainArbitraries.sum(taxes.lines().map(line -> Fraction.of(line.tax()))))
                .isEqualTo(cells);
        assertThat(DomainArbitraries.sum(taxes.rates().map(rate -> Fraction.of(rate.amount()))))
                .isEqualTo(cells);
        assertThat(Fraction.of(taxes.total())).isEqualTo(cells);
        for (RateTax rate : taxes.rates()) {
            Seq<TaxedLine> of = taxes.lines()
                    .filter(line -> line.taxes().exists(tax -> tax.rate().equals(rate.rate())));
            assertThat(Fraction.of(rate.taxable()))
                    .isEqualTo(DomainArbitraries.sum(of.map(line -> Fraction.of(line.net()))));
        }
    }

    @Property(tries = 1_000)
    void a_price_never_moves(@ForAll("baskets") Basket basket) {
        Taxes taxes = basket.taxes();
        assertThat(taxes.lines().map(TaxedLine::id))
                .containsExactlyElementsOf(basket.lines().map(TaxableLine::id));
        assertThat(taxes.lines().map(TaxedLine::price))
                .containsExactlyElementsOf(basket.lines().map(TaxableLine::amount));
        for (int i = 0; i < basket.lines().size(); i++) {
            String category = basket.lines().get(i).category();
            assertThat(HashSet.ofAll(taxes.lines().get(i).taxes().map(LineTax::rate)))
                    .isEqualTo(HashSet.ofAll(basket.table()
                            .rates()
                            .filter(rate -> rate.categories().isEmpty()
                                    || rate.categories().contains(category))));
        }
    }

    @Property(tries = 1_000)
    void the_sums_that_the_policy_names_are_rounded_once(@ForAll("baskets") Basket basket) {
        Taxes taxes = basket.taxes();
        Map<Object, Fraction> exact = new LinkedHashMap<>();
        Map<Object, Fraction> given = new LinkedHashMap<>();
        Map<Object, Fraction> prices = new LinkedHashMap<>();
        for (int i = 0; i < basket.lines().size(); i++) {
            TaxedLine taxed = taxes.lines().get(i);
            Fraction price = Fraction.of(basket.lines().get(i).amount());
            List<TaxRate> included = new ArrayList<>();
            for (LineTax tax : taxed.taxes()) {
                if (tax.rate().isInclusive()) {
                    included.add(tax.rate());
                }
            }
            for (LineTax tax : taxed.taxes()) {
                Object group = group(basket, i, tax.rate(), included);
                Fraction share = tax.rate().isInclusive()
                        ? price.times(percent(tax.rate())).dividedBy(onePlus(included))
                        : Fraction.of(taxed.net()).times(percent(tax.rate()));
                exact.merge(group, share, Fraction::plus);
                given.merge(group, Fraction.of(tax.amount()), Fraction::plus);
            }
            if (!included.isEmpty()) {
                prices.merge(group(basket, i, included.get(0), included), price, Fraction::plus);
            }
        }
        exact.forEach((group, tax) -> {
            Fraction price = prices.getOrDefault(group, Fraction.ZERO);
            BigDecimal rounded = prices.containsKey(group)
                    ? price.minus(Fraction.of(price.minus(tax).rounded(basket.digits(), basket.mode())))
                            .rounded(9, RoundingMode.UNNECESSARY)
                    : tax.rounded(basket.digits(), basket.mode());
            assertThat(given.get(group)).as("%s of %s", group, basket).isEqualTo(Fraction.of(rounded));
        });
    }

    @Property(tries = 1_000)
    void each_tax_on_a_line_is_less_than_one_unit_from_what_it_exactly_is(@ForAll("baskets") Basket basket) {
        Fraction unit = Fraction.of(BigDecimal.ONE.movePointLeft(basket.digits()));
        for (TaxedLine line : basket.taxes().lines()) {
            Seq<LineTax> included = line.taxes().filter(tax -> tax.rate().isInclusive());
            for (LineTax tax : line.taxes().removeAll(included)) {
                Fraction distance =
                        Fraction.of(line.net()).times(percent(tax.rate())).minus(Fraction.of(tax.amount()));
                assertThat(distance.abs()).as("%s of %s", tax, line).isLessThan(unit);
            }
            for (LineTax tax : included) {
                Fraction exact = Fraction.of(line.price())
                        .times(percent(tax.rate()))
                        .dividedBy(onePlus(included.map(LineTax::rate)));
                assertThat(exact.minus(Fraction.of(tax.amount())).abs())
                        .as("%s of %s", tax, line)
                        .isLessThan(unit);
            }
        }
    }

    /** Units go to those that lack most: no unit could be moved from one line to another and leave both nearer. */
    @Property(tries = 500)
    void no_unit_would_be_better_on_another_line(@ForAll("baskets") Basket basket) {
        Fraction unit = Fraction.of(BigDecimal.ONE.movePointLeft(basket.digits()));
        Map<Object, List<Fraction>> lacks = new LinkedHashMap<>();
        Seq<TaxedLine> lines = basket.taxes().lines();
        for (int i = 0; i < lines.size(); i++) {
            for (LineTax tax : lines.get(i).taxes()) {
                Fraction exact = Fraction.of(lines.get(i).net()).times(percent(tax.rate()));
                if (!tax.rate().isInclusive() && exact.compareTo(Fraction.ZERO) != 0) {
                    lacks.computeIfAbsent(group(basket, i, tax.rate(), List.of()), any -> new ArrayList<>())
                            .add(exact.minus(Fraction.of(tax.amount())));
                }
            }
        }
        lacks.values().forEach(group -> {
            for (Fraction giver : group) {
                for (Fraction taker : group) {
                    assertThat(taker.minus(giver)).isLessThanOrEqualTo(unit);
                }
            }
        });
    }

    @Property(tries = 500)
    void what_is_given_back_is_taxed_like_what_is_charged(@ForAll("baskets") Basket basket) {
        RoundingMode mode = basket.mode();
        boolean symmetric = mode != RoundingMode.CEILING && mode != RoundingMode.FLOOR;
        if (symmetric) {
            Seq<TaxableLine> mirrored = basket.lines()
                    .map(line -> new TaxableLine(
                            line.id(),
                            line.sku(),
                            line.category(),
                            line.amount().negated()));
            Taxes negative = basket.table().taxes(basket.currency(), mirrored);
            assertThat(negative.lines().map(line -> line.tax().negated()))
                    .containsExactlyElementsOf(basket.taxes().lines().map(TaxedLine::tax));
        }
    }

    @Property(tries = 300)
    void the_order_of_the_lines_does_not_change_what_a_rate_takes_in_all(
            @ForAll("baskets") Basket basket, @ForAll Random random) {
        Seq<TaxableLine> shuffled = DomainArbitraries.shuffled(basket.lines(), random);
        Taxes other = basket.table().taxes(basket.currency(), shuffled);
        Taxes taxes = basket.taxes();
        assertThat(other.total()).isEqualTo(taxes.total());
        if (basket.table().rounding().policy() == Policy.PER_LINE) {
            assertThat(HashSet.ofAll(other.lines())).isEqualTo(HashSet.ofAll(taxes.lines()));
        }
        if (basket.table().rates().forAll(rate -> !rate.isInclusive())
                && basket.table().rounding().policy() == Policy.PER_RATE) {
            assertThat(HashSet.ofAll(other.rates())).isEqualTo(HashSet.ofAll(taxes.rates()));
        }
    }

    private static Object group(Basket basket, int line, TaxRate rate, List<TaxRate> included) {
        Object kind = rate.isInclusive();
        return switch (basket.table().rounding().policy()) {
            case PER_LINE -> List.of(kind, line, rate.isInclusive() ? "" : rate);
            case PER_RATE -> List.of(kind, rate.isInclusive() ? included : rate);
            case PER_DOCUMENT -> kind;
        };
    }

    private static Fraction percent(TaxRate rate) {
        return Fraction.of(rate.percent()).times(Fraction.of(1, 100));
    }

    private static Fraction onePlus(Iterable<TaxRate> rates) {
        return Fraction.ONE.plus(DomainArbitraries.sum(Array.ofAll(rates).map(TaxProperties::percent)));
    }

    @Provide
    static Arbitrary<Basket> baskets() {
        return Arbitraries.of("JPY", "USD", "KWD")
                .map(Monetary::getCurrency)
                .flatMap(currency -> Combinators.combine(lines(currency), tables())
                        .as((lines, table) -> new Basket(currency, lines, table)))
                .withoutEdgeCases();
    }

    static Arbitrary<TaxTable> tables() {
        Arbitrary<List<TaxRate>> rates = Combinators.combine(
                        Arbitraries.of("19", "7", "20", "5.5", "8.875", "0", "50", "2.1", "0.35"),
                        Arbitraries.of(TaxBehavior.class),
                        Arbitraries.of("", "a", "b", "a b"))
                .as((percent, behavior, categories) -> new TaxRate(
                        "tax",
                        "here",
                        new BigDecimal(percent),
                        behavior,
                        HashSet.of(categories.split(" ", -1)).remove("")))
                .list()
                .uniqueElements(TaxRate::label)
                .ofMaxSize(4);
        Arbitrary<RoundingMode> modes = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(RoundingMode.HALF_UP)),
                Tuple.of(2, Arbitraries.of(RoundingMode.class).filter(mode -> mode != RoundingMode.UNNECESSARY)));
        return Combinators.combine(rates, Arbitraries.of(Policy.class), modes)
                .as((some, policy, mode) ->
                        new TaxTable(Array.ofAll(some), new TaxRounding(policy, Rounding.toMinorUnit(mode))));
    }

    private static Arbitrary<Seq<TaxableLine>> lines(CurrencyUnit currency) {
        Arbitrary<Long> amounts = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(0, 30)),
                Tuple.of(3, Arbitraries.longs().between(0, 100_000)),
                Tuple.of(2, Arbitraries.longs().between(-2_000, -1)));
        return Combinators.combine(amounts, Arbitraries.of("a", "b", "c"))
                .as(Tuple::of)
                .list()
                .ofMaxSize(7)
                .map(all -> Array.ofAll(all)
                        .zipWithIndex((line, i) -> new TaxableLine(
                                new LineId("line " + i), "sku", line.get2(), Money.ofMinor(currency, line.get1()))));
    }
}

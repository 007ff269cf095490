package dev.billing.domain.rating.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Fraction;
import dev.billing.domain.line.JsonReader;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.line.WrittenRounding;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.notation.Notation;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.settlement.SettlementProperties.Case;
import dev.billing.domain.tax.TaxRounding;
import dev.billing.domain.tax.TaxTable;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import javax.money.CurrencyUnit;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every amount of a settled document is computed again from what its lines say in JSON, with fractions. */
class ExplainedSettlementProperties {

    private static final Fraction HUNDRED = Fraction.of(100, 1);

    @Provide
    Arbitrary<Case> cases() {
        return new SettlementProperties().cases();
    }

    private static Array<Notation> explained(Settlement settled) {
        return settled.lines()
                .filter(line -> line.price().isDefined())
                .map(line -> (Notation) JsonReader.read(line.explain().toJson()))
                .toArray();
    }

    private static boolean says(Notation tree, String name) {
        return ((Notation.Fields) tree).byName().containsKey(name);
    }

    private static Fraction number(Notation tree, String... names) {
        return Fraction.of(money(tree, names));
    }

    private static Money money(Notation tree, String... names) {
        return Money.parse(JsonReader.text(tree, names));
    }

    private static Fraction rest(Notation tree) {
        return number(tree, "remainder", "dividend")
                .dividedBy(Fraction.of(new BigDecimal(JsonReader.text(tree, "remainder", "divisor"))));
    }

    private static Array<Notation> discounts(Notation line) {
        return says(line, "discount") && says(JsonReader.at(line, "discount"), "parts")
                ? JsonReader.items(line, "discount", "parts")
                : Array.empty();
    }

    /** Each percentage is taken at once with those before it, and rounded; amounts take what is left. */
    private static Fraction taken(Notation discount, CurrencyUnit currency) {
        WrittenRounding rounding = WrittenRounding.read(JsonReader.text(discount, "rounding"));
        Fraction base = number(discount, "base");
        Fraction kept = Fraction.ONE;
        Fraction all = Fraction.ZERO;
        for (Notation use : JsonReader.items(discount, "taken")) {
            Fraction before = all;
            if (says(use, "percent")) {
                Fraction percent = Fraction.of(new BigDecimal(JsonReader.text(use, "percent")));
                kept = kept.times(HUNDRED.minus(percent)).dividedBy(HUNDRED);
                Fraction off = Fraction.of(rounding.round(base.minus(base.times(kept)), currency));
                all = kept.equals(Fraction.ZERO) || off.compareTo(base) > 0 ? base : off;
            } else {
                Fraction most = base.minus(all);
                Fraction fixed = number(use, "fixed");
                all = all.plus(fixed.compareTo(most) > 0 ? most : fixed);
            }
            assertThat(number(use, "amount")).isEqualTo(all.minus(before));
        }
        return all;
    }

    @Property(tries = 500)
    void discounts_are_computed_again(@ForAll("cases") Case any) {
        Settlement settled = any.settled();
        CurrencyUnit currency = any.context().currency();
        for (Notation line : explained(settled)) {
            Fraction all = Fraction.ZERO;
            for (Notation discount : discounts(line)) {
                Fraction exact =
                        taken(discount, currency).times(number(discount, "due")).dividedBy(number(discount, "over"));
                assertThat(number(discount, "amount").plus(rest(discount))).isEqualTo(exact);
                if (number(discount, "due").equals(number(discount, "over"))) {
                    assertThat(number(discount, "amount")).isEqualTo(exact);
                }
                all = all.plus(number(discount, "amount"));
            }
            if (says(line, "discount")) {
                assertThat(number(line, "discount", "amount")).isEqualTo(all);
            }
        }
    }

    /** Lines that say the same of what was spread have borne it together: their parts are those of the largest remainders. */
    @Property(tries = 500)
    void what_was_spread_is_spread_again(@ForAll("cases") Case any) {
        Settlement settled = any.settled();
        CurrencyUnit currency = any.context().currency();
        explained(settled)
                .flatMap(ExplainedSettlementProperties::discounts)
                .reject(discount -> number(discount, "due").equals(number(discount, "over")))
                .groupBy(discount -> JsonReader.items(discount, "taken").map(Notation::toJson)
                        + JsonReader.text(discount, "base")
                        + JsonReader.text(discount, "over"))
                .values()
                .forEach(parts -> {
                    assertThat(sum(parts.map(part -> number(part, "due")))).isEqualTo(number(parts.head(), "over"));
                    assertThat(parts.map(part -> number(part, "amount")))
                            .isEqualTo(spread(
                                    taken(parts.head(), currency),
                                    parts.map(part -> money(part, "due")),
                                    WrittenRounding.read(JsonReader.text(parts.head(), "rounding"))
                                            .digits(currency)));
                });
    }

    /** Whole units first, cut down; then unit by unit to whoever lacks most. */
    private static Seq<Fraction> spread(Fraction whole, Seq<Money> dues, int least) {
        int digits = dues.map(due -> due.amount().stripTrailingZeros().scale())
                .append(least)
                .max()
                .get();
        Fraction unit = Fraction.of(BigDecimal.ONE.movePointLeft(digits));
        Fraction over = dues.map(Fraction::of).fold(Fraction.ZERO, Fraction::plus);
        List<Fraction> exact =
                dues.map(due -> whole.times(Fraction.of(due)).dividedBy(over)).toJavaList();
        List<Fraction> parts = new ArrayList<>();
        exact.forEach(share -> parts.add(Fraction.of(share.rounded(digits, RoundingMode.FLOOR))));
        Fraction left = whole.minus(Array.ofAll(parts).fold(Fraction.ZERO, Fraction::plus));
        List<Integer> served = new ArrayList<>();
        while (left.compareTo(Fraction.ZERO) > 0) {
            int most = Array.range(0, parts.size())
                    .reject(served::contains)
                    .reduce((one, other) -> exact.get(other)
                                            .minus(parts.get(other))
                                            .compareTo(exact.get(one).minus(parts.get(one)))
                                    > 0
                            ? other
                            : one);
            Fraction more = left.compareTo(unit) < 0 ? left : unit;
            parts.set(most, parts.get(most).plus(more));
            served.add(most);
            left = left.minus(more);
        }
        return Array.ofAll(parts);
    }

    @Property(tries = 500)
    void minimums_and_maximums_are_computed_again(@ForAll("cases") Case any) {
        for (LineItem line : any.settled().lines().filter(one -> one.origin() instanceof Origin.Bounded)) {
            Notation json = JsonReader.read(line.explain().toJson());
            String kind = says(json, "minimum") ? "minimum" : "maximum";
            Fraction exact =
                    number(json, kind, "amount").times(Fraction.of(Ratio.parse(JsonReader.text(json, "share"))));
            Fraction bound = Fraction.of(WrittenRounding.read(JsonReader.text(json, "rounded", "rounding"))
                    .round(exact, any.context().currency()));
            assertThat(number(json, "rounded", "amount")).isEqualTo(bound);
            assertThat(bound.plus(rest(json))).isEqualTo(exact);
            Fraction difference = bound.minus(number(json, "charged", "here")).minus(number(json, "charged", "before"));
            assertThat(number(json, "difference")).isEqualTo(difference);
            assertThat(difference.compareTo(Fraction.ZERO) > 0).isEqualTo(kind.equals("minimum"));
            Fraction included = says(json, "included tax") ? number(json, "included tax") : Fraction.ZERO;
            Fraction discount = says(json, "discount") ? number(json, "discount", "amount") : Fraction.ZERO;
            assertThat(number(json, "net"))
                    .isEqualTo(difference.minus(discount).minus(included))
                    .isEqualTo(Fraction.of(line.net().get()));
        }
    }

    /** Of each line on its own where each tax is rounded, and of all lines together otherwise. */
    @Property(tries = 500)
    void taxes_are_computed_again(@ForAll("cases") Case any, @ForAll TaxRounding.Policy policy) {
        TaxTable table = new TaxTable(any.terms().taxes().rates(), TaxRounding.of(policy));
        Settlement settled = Settlement.of(any.lines(), any.terms().taxes(table), any.context());
        Array<Tuple2<Notation, Integer>> numbered = explained(settled)
                .filter(line -> says(line, "tax"))
                .flatMap(line -> JsonReader.items(line, "tax", "levies").map(levy -> checked(line, levy)))
                .zipWithIndex();
        Array<Notation> levies = numbered.map(Tuple2::_1);
        WrittenRounding rounding = new WrittenRounding(RoundingMode.HALF_UP, "the minor unit");
        numbered.filter(levy -> JsonReader.text(levy._1, "included").equals("false"))
                .groupBy(levy -> switch (policy) {
                    case PER_LINE -> levy._2;
                    case PER_RATE ->
                        Array.of("name", "jurisdiction", "percent").map(name -> JsonReader.text(levy._1, name));
                    case PER_DOCUMENT -> policy;
                })
                .values()
                .map(together -> together.map(Tuple2::_1))
                .forEach(together -> assertThat(sum(together.map(levy -> number(levy, "amount"))))
                        .isEqualTo(Fraction.of(rounding.round(
                                sum(together.map(levy -> number(levy, "amount").plus(rest(levy)))),
                                any.context().currency()))));
        assertThat(sum(levies.map(levy -> number(levy, "amount"))))
                .isEqualTo(Fraction.of(settled.figures().amount(Settlement.TAX)));
    }

    /** The levy, if amount and remainder are the percentage of what it is levied on, which is what the line has. */
    private static Notation checked(Notation line, Notation levy) {
        Array<Notation> levies = JsonReader.items(line, "tax", "levies");
        boolean included = Boolean.parseBoolean(JsonReader.text(levy, "included"));
        Seq<Notation> ofPrice = levies.filter(one -> Boolean.parseBoolean(JsonReader.text(one, "included")));
        Fraction credit =
                says(line, "credit before taxes") ? number(line, "credit before taxes", "amount") : Fraction.ZERO;
        Fraction net = number(line, "net").minus(credit);
        Fraction price = net.plus(sum(ofPrice.map(one -> number(one, "amount"))));
        Fraction base = included ? price : net;
        Fraction divisor = included ? HUNDRED.plus(sum(ofPrice.map(ExplainedSettlementProperties::percent))) : HUNDRED;
        assertThat(number(levy, "base")).isEqualTo(base);
        assertThat(number(levy, "amount").plus(rest(levy)))
                .isEqualTo(base.times(percent(levy)).dividedBy(divisor));
        return levy;
    }

    private static Fraction percent(Notation levy) {
        return Fraction.of(new BigDecimal(JsonReader.text(levy, "percent")));
    }

    private static Fraction sum(Seq<Fraction> parts) {
        return parts.fold(Fraction.ZERO, Fraction::plus);
    }

    @Property(tries = 500)
    void what_grants_paid_of_lines_is_what_they_paid_of_the_document(@ForAll("cases") Case any) {
        Settlement settled = any.settled();
        Seq<Tuple2<String, Fraction>> paid = explained(settled)
                .flatMap(line -> Array.of("credit before taxes", "credit after taxes")
                        .filter(name -> says(line, name))
                        .flatMap(name -> JsonReader.items(line, name, "grants")))
                .map(grant -> new Tuple2<>(JsonReader.text(grant, "grant"), number(grant, "amount")));
        settled.paidByGrant()
                .forEach((grant, amount) -> assertThat(
                                sum(paid.filter(one -> one._1.equals(grant)).map(Tuple2::_2)))
                        .isEqualTo(Fraction.of(amount)));
        assertThat(sum(paid.map(Tuple2::_2)))
                .isEqualTo(Fraction.of(settled.figures().amount(Settlement.CREDITS)));
    }
}

package dev.billing.domain.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Ratio;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.tax.TaxProperties.Basket;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CreditableProperties {

    private static final Rounding HALF_UP = Rounding.toMinorUnit(RoundingMode.HALF_UP);

    /** Parts are taken of any line in any order, by share and by amount, until nothing is left. */
    @Property(tries = 1_000)
    void all_credit_notes_of_a_fully_credited_invoice_sum_to_it_line_by_line_and_rate_by_rate(
            @ForAll("baskets") Basket basket, @ForAll Random random, @ForAll @IntRange(max = 12) int notes) {
        Seq<TaxedLine> lines = basket.taxes().lines();
        List<Creditable> left = new ArrayList<>(lines.map(Creditable::of).asJava());
        List<List<Creditable.Part>> parts =
                new ArrayList<>(lines.map(line -> (List<Creditable.Part>) new ArrayList<Creditable.Part>())
                        .asJava());
        for (int note = 0; note < notes && !left.isEmpty(); note++) {
            int i = random.nextInt(left.size());
            take(left, parts, i, some(left.get(i), random));
        }
        for (int i = 0; i < left.size(); i++) {
            take(left, parts, i, left.get(i).rest());
        }
        for (int i = 0; i < lines.size(); i++) {
            TaxedLine line = lines.get(i);
            assertThat(sum(Array.ofAll(parts.get(i)).map(Creditable.Part::net))).isEqualTo(Fraction.of(line.net()));
            for (int r = 0; r < line.taxes().size(); r++) {
                int rate = r;
                assertThat(sum(Array.ofAll(parts.get(i))
                                .map(part -> part.taxes().get(rate).amount())))
                        .isEqualTo(Fraction.of(line.taxes().get(r).amount()));
            }
            assertThat(left.get(i).net().isZero()).isTrue();
            assertThat(left.get(i).taxes()).allMatch(tax -> tax.amount().isZero());
        }
    }

    @Property(tries = 500)
    void a_part_has_the_net_amount_of_its_share_and_the_tax_of_its_rate_and_never_the_other_sign(
            @ForAll("baskets") Basket basket, @ForAll @IntRange(max = 31) int days) {
        for (TaxedLine line : basket.taxes().lines()) {
            Creditable.Part part = Creditable.of(line).credit(Ratio.of(days, 31), HALF_UP);
            Fraction net = Fraction.of(Fraction.of(line.net())
                    .times(Fraction.of(days, 31))
                    .rounded(basket.digits(), RoundingMode.HALF_UP));
            assertThat(Fraction.of(part.net())).isEqualTo(net);
            boolean last = net.equals(Fraction.of(line.net()));
            for (int r = 0; r < part.taxes().size(); r++) {
                LineTax tax = part.taxes().get(r);
                Fraction whole = Fraction.of(line.taxes().get(r).amount());
                Fraction byRate = Fraction.of(net.times(Fraction.of(tax.rate().percent()))
                        .times(Fraction.of(1, 100))
                        .rounded(basket.digits(), RoundingMode.HALF_UP));
                Fraction most = whole.compareTo(Fraction.ZERO) < 0
                        ? max(min(byRate, Fraction.ZERO), whole)
                        : min(max(byRate, Fraction.ZERO), whole);
                assertThat(Fraction.of(tax.amount())).isEqualTo(last ? whole : most);
            }
        }
    }

    @Property(tries = 300)
    void more_than_is_left_is_refused(@ForAll("baskets") Basket basket) {
        for (TaxedLine line : basket.taxes().lines()) {
            Creditable whole = Creditable.of(line);
            Money unit = Money.ofMinor(basket.currency(), line.net().isNegative() ? -1 : 1);
            Money tooMuch = line.net().plus(unit);
            assertThat(whole.credit(tooMuch, HALF_UP).getLeft())
                    .isEqualTo(new TaxError.TooMuchCredited(tooMuch, line.net()));
            assertThat(whole.credit(unit.negated(), HALF_UP).isLeft())
                    .as("the other sign")
                    .isTrue();
            assertThat(whole.credit(Ratio.of(3, 2), HALF_UP).rest().net().isZero())
                    .isTrue();
            Creditable.Part all = whole.credit(line.net(), HALF_UP).get();
            assertThat(all).isEqualTo(whole.rest());
            assertThat(all.total()).isEqualTo(line.net().plus(line.tax()));
        }
    }

    @Example
    void thirds_of_five_cents() {
        TaxRate rate = TaxRate.exclusive("VAT", "FR", "20");
        Money net = Money.of("USD", "0.05");
        Creditable line = Creditable.of(
                new TaxedLine(new LineId("1"), net, Array.of(new LineTax(rate, Money.of("USD", "0.01")))));
        Creditable.Part first = line.credit(Ratio.of(1, 3), HALF_UP);
        Creditable.Part second = first.rest().credit(Ratio.of(1, 3), HALF_UP);
        Creditable.Part third = second.rest().credit(Ratio.of(1, 3), HALF_UP);
        assertThat(Array.of(first, second, third).map(part -> part.net() + " " + part.total()))
                .containsExactly("USD 0.02 USD 0.02", "USD 0.02 USD 0.02", "USD 0.01 USD 0.02");
        assertThat(new TaxError.TooMuchCredited(net, first.rest().net()).message())
                .contains("USD 0.05")
                .contains("USD 0.03");
    }

    @Provide
    Arbitrary<Basket> baskets() {
        return TaxProperties.baskets();
    }

    private static Creditable.Part some(Creditable left, Random random) {
        int of = 1 + random.nextInt(7);
        Ratio share = Ratio.of(random.nextInt(of + 1), of);
        return random.nextBoolean()
                ? left.credit(share, HALF_UP)
                : left.credit(left.net().times(share, HALF_UP), HALF_UP).get();
    }

    private static void take(List<Creditable> left, List<List<Creditable.Part>> parts, int line, Creditable.Part part) {
        parts.get(line).add(part);
        left.set(line, part.rest());
    }

    private static Fraction sum(Seq<Money> amounts) {
        return DomainArbitraries.sum(amounts.map(Fraction::of));
    }

    private static Fraction min(Fraction one, Fraction other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Fraction max(Fraction one, Fraction other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

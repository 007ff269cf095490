package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Atlas;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(DomainContext.Global.class)
@Domain(value = DomainArbitraries.class, priority = 1)
class BalanceProperties {

    @Property(tries = 1_000)
    void what_comes_in_goes_out(
            @ForAll BigDecimal subtotal,
            @ForAll BigDecimal tax,
            @ForAll BigDecimal credits,
            @ForAll BigDecimal starting) {
        Balance balance = new Balance(usd(subtotal), usd(tax), usd(credits), usd(starting));
        Fraction in = Fraction.of(subtotal)
                .plus(Fraction.of(tax))
                .minus(Fraction.of(credits))
                .minus(Fraction.of(starting));
        assertThat(Fraction.of(balance.billed()).minus(Fraction.of(balance.endingBalance())))
                .isEqualTo(in);
        assertThat(balance.billed().isNegative()).isFalse();
        assertThat(balance.endingBalance().isNegative()).isFalse();
        assertThat(balance.billed().isZero() || balance.endingBalance().isZero())
                .isTrue();
    }

    @Property(tries = 500)
    void the_rules_give_what_the_balance_has(
            @ForAll BigDecimal subtotal,
            @ForAll BigDecimal tax,
            @ForAll BigDecimal credits,
            @ForAll BigDecimal starting) {
        Seq<Money> parts = Array.of(subtotal, tax, credits, starting).map(BalanceProperties::usd);
        Balance balance = new Balance(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
        assertThat(Balance.Rule.BILLED.apply(parts, HashMap.empty())).isEqualTo(balance.billed());
        assertThat(Balance.Rule.ENDING_BALANCE.apply(parts, HashMap.empty())).isEqualTo(balance.endingBalance());
        assertThatIllegalArgumentException().isThrownBy(() -> Balance.Rule.BILLED.apply(parts.tail(), HashMap.empty()));
    }

    @Property(tries = 500)
    void a_settled_document_ties_its_lines_tax_and_balance(
            @ForAll @Size(max = 10) List<LineItem> anyLines,
            @ForAll @IntRange(max = 25_000) int taxRate,
            @ForAll BigDecimal starting) {
        Seq<LineItem> lines = Array.ofAll(anyLines).map(line -> DomainArbitraries.in(DomainArbitraries.USD, line));
        Figures figures = Atlas.settle(
                Figures.fold(Atlas.profile().figures(), lines, DomainArbitraries.USD),
                BigDecimal.valueOf(taxRate, 5),
                usd(starting));
        Fraction charges = net(lines, 1);
        BigDecimal tax = charges.times(Fraction.of(taxRate, 100_000)).rounded(2, RoundingMode.HALF_UP);
        assertThat(Fraction.of(figures.amount(Atlas.SUBTOTAL))).isEqualTo(charges);
        assertThat(Fraction.of(figures.amount(Atlas.CREDITS)))
                .isEqualTo(net(lines, -1).negated());
        assertThat(figures.amount(Atlas.TAX)).isEqualTo(usd(tax));
        assertThat(Fraction.of(figures.amount(Atlas.BILLED)).minus(Fraction.of(figures.amount(Atlas.ENDING_BALANCE))))
                .isEqualTo(charges.plus(Fraction.of(tax))
                        .plus(net(lines, -1))
                        .minus(Fraction.of(figures.amount(Atlas.STARTING_BALANCE))));
    }

    private static Fraction net(Seq<LineItem> lines, int sign) {
        return DomainArbitraries.sum(lines.flatMap(LineItem::price)
                .filter(price -> price.gross().amount().signum() == sign)
                .map(price -> Fraction.of(price.gross()).minus(Fraction.of(price.discount()))));
    }

    private static Money usd(BigDecimal amount) {
        return Money.of(DomainArbitraries.USD, amount);
    }
}

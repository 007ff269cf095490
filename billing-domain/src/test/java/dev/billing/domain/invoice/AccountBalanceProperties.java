package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.Fraction;
import dev.billing.domain.invoice.AccountBalance.Document;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AccountBalanceProperties {

    @Property(tries = 1_000)
    void moving_credit_changes_nothing_that_is_owed(@ForAll("documents") @Size(max = 6) List<Document> documents) {
        AccountBalance account = new AccountBalance(DomainArbitraries.USD, Array.ofAll(documents));
        AccountBalance settled = account.settle();
        assertThat(Fraction.of(settled.balance())).isEqualTo(owed(documents));
        assertThat(settled.settle()).isEqualTo(settled);
        assertThat(settled.credit().isNegative()).isFalse();
        assertThat(settled.documents()).allMatch(document -> !document.balance().isNegative());
        assertThat(settled.credit().isZero()
                        || settled.documents()
                                .forAll(document -> document.balance().isZero()))
                .as("no credit is left while a document is open")
                .isTrue();
        boolean open = false;
        for (int i = 0; i < documents.size(); i++) {
            boolean used = settled.documents()
                            .get(i)
                            .credited()
                            .compareTo(documents.get(i).credited())
                    < 0;
            assertThat(open && used).as("an older document is still open").isFalse();
            open = open || settled.documents().get(i).balance().isPositive();
        }
    }

    @Property(tries = 1_000)
    void a_refund_is_owed_again_and_leaves_no_credit_below_zero(
            @ForAll("documents") @Size(min = 1, max = 6) List<Document> documents,
            @ForAll @IntRange(max = 5) int which,
            @ForAll @IntRange(min = 1, max = 100) int percent) {
        AccountBalance account = new AccountBalance(DomainArbitraries.USD, Array.ofAll(documents)).settle();
        int i = which % documents.size();
        Money paid = account.documents().get(i).paid();
        if (paid.isPositive()) {
            Money amount = Money.of(paid.currency(), paid.amount().multiply(new BigDecimal(percent).movePointLeft(2)));
            AccountBalance refunded = account.refund(i, amount);
            assertThat(Fraction.of(refunded.balance()))
                    .isEqualTo(Fraction.of(account.balance()).plus(Fraction.of(amount)));
            assertThat(refunded.credit().isNegative()).isFalse();
            assertThat(refunded.credit().isZero()
                            || refunded.documents()
                                    .get(i)
                                    .balance()
                                    .equals(account.documents().get(i).balance()))
                    .as("credit goes before money")
                    .isTrue();
        }
    }

    /** By the definition: what was charged less what was paid; credit only moves. */
    private static Fraction owed(List<Document> documents) {
        return DomainArbitraries.sum(Array.ofAll(documents)
                .map(document -> Fraction.of(document.charged()).minus(Fraction.of(document.paid()))));
    }

    @Provide
    Arbitrary<List<Document>> documents() {
        Arbitrary<Money> charged = cents(-300, 500);
        Arbitrary<Money> paid = Arbitraries.oneOf(cents(0, 0), cents(0, 500));
        return Combinators.combine(charged, paid)
                .as((items, payments) -> Document.of(items).paid(payments))
                .list();
    }

    private static Arbitrary<Money> cents(long min, long max) {
        return Arbitraries.longs().between(min, max).map(cents -> Money.ofMinor(DomainArbitraries.USD, cents));
    }
}

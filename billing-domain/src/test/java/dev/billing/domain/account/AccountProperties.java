package dev.billing.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountSteps.Step;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.money.Money;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.util.List;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class AccountProperties {

    private static final AccountId ID = new AccountId("account");

    @Property(tries = 300)
    void what_is_open_and_free_is_what_the_movements_make_of_it_one_by_one(@ForAll("steps") List<Step> steps) {
        SlowAccount slow = new SlowAccount();
        Account account = Account.of(ID);
        for (Step step : steps) {
            Option<Movement> movement = AccountSteps.movement(step, slow);
            if (movement.isDefined()) {
                slow.add(movement.get());
                account = account.after(new Entry(account.entries() + 1, AccountSteps.NOW, movement.get()));
                assertSame(account, slow);
                Statistics.label("movements").collect(movement.get().getClass().getSimpleName());
            }
        }
        Statistics.label("movements")
                .coverage(all -> Array.of("Allocated", "Released", "Returned", "Waived", "Reinstated", "Drawn")
                        .forEach(kind -> all.check(kind).count(n -> n > 25)));
    }

    private static void assertSame(Account account, SlowAccount slow) {
        assertThat(account.items().keySet()).isEqualTo(slow.documents().toSet());
        assertThat(account.funds().keySet()).isEqualTo(slow.sources().toSet());
        account.items().forEach((id, item) -> {
            assertThat(item.open().amount()).isEqualByComparingTo(slow.open(id)).isNotNegative();
            assertThat(item.waived().amount())
                    .isEqualByComparingTo(slow.waived(id))
                    .isNotNegative();
            slow.sources()
                    .forEach(source -> assertThat(
                                    item.paid().get(source).map(Money::amount).getOrElse(BigDecimal.ZERO))
                            .isEqualByComparingTo(slow.paid(source, id)));
        });
        account.funds().forEach((source, fund) -> {
            assertThat(fund.free().amount())
                    .isEqualByComparingTo(slow.free(source))
                    .isNotNegative();
            assertThat(fund.uses().keySet().toArray())
                    .isEqualTo(slow.uses(source).toArray());
            fund.uses()
                    .forEach((id, amount) ->
                            assertThat(amount.amount()).isPositive().isEqualByComparingTo(slow.paid(source, id)));
        });
        assertThat(account.grants().values().map(CreditGrant::available).map(Money::amount))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactlyElementsOf(slow.grants().map(slow::left));
        assertThat(account.parking().isDefined()).isEqualTo(slow.isParked());
        for (String currency : List.of("USD", "EUR")) {
            assertSame(account, Monetary.getCurrency(currency), slow);
        }
    }

    private static void assertSame(Account account, CurrencyUnit currency, SlowAccount slow) {
        assertThat(account.balance(currency))
                .isEqualTo(account.open(currency).minus(account.free(currency)))
                .isEqualTo(Money.of(currency, slow.balance(currency.getCurrencyCode())));
        assertThat(account.openItems(currency).<InvoiceId>map(Tuple2::_1))
                .isEqualTo(slow.documents()
                        .filter(id -> slow.currency(id).equals(currency.getCurrencyCode()))
                        .filter(id -> slow.open(id).signum() > 0));
        assertThat(account.freeFunds(currency).<Source>map(Tuple2::_1))
                .isEqualTo(slow.sources()
                        .filter(source -> slow.currency(source).equals(currency.getCurrencyCode()))
                        .filter(source -> slow.free(source).signum() > 0));
    }

    @Property(tries = 300)
    void a_cent_more_than_there_is_is_refused(@ForAll("steps") List<Step> steps) {
        SlowAccount slow = new SlowAccount();
        for (Step step : steps) {
            Account account = Account.of(ID, AccountSteps.entries(slow.movements()));
            boolean limited = (step.kind() >= 2 && step.kind() <= 6) || step.kind() == 9;
            if (limited) {
                AccountSteps.movement(step, slow, new BigDecimal("0.01")).forEach(more -> assertRefused(account, more));
            }
            AccountSteps.movement(step, slow).forEach(slow::add);
        }
    }

    private static void assertRefused(Account account, Movement movement) {
        assertThatIllegalArgumentException()
                .as("%s", movement)
                .isThrownBy(() -> account.after(new Entry(account.entries() + 1, AccountSteps.NOW, movement)))
                .withMessageContaining("at most");
    }

    @Property(tries = 300)
    void the_state_does_not_depend_on_where_the_fold_was_interrupted(
            @ForAll("steps") List<Step> steps, @ForAll int where) {
        Seq<Entry> entries = AccountSteps.entries(steps);
        int cut = Math.floorMod(where, entries.size() + 1);
        Account first = Account.of(ID, entries.take(cut));
        assertThat(entries.drop(cut).foldLeft(first, Account::after)).isEqualTo(Account.of(ID, entries));
        assertThat(first.entries()).isEqualTo(cut);
    }

    @Property(tries = 300)
    void nothing_is_entered_twice(@ForAll("steps") List<Step> steps) {
        SlowAccount slow = new SlowAccount();
        steps.forEach(step -> AccountSteps.movement(step, slow).forEach(slow::add));
        Seq<Movement> movements = slow.movements();
        Account account = Account.of(ID, AccountSteps.entries(movements));
        movements
                .filter(movement -> movement instanceof Movement.Charged
                        || movement instanceof Movement.Received
                        || movement instanceof Movement.Returned
                        || movement instanceof Movement.Granted)
                .forEach(again -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> account.after(new Entry(account.entries() + 1, AccountSteps.NOW, again)))
                        .withMessageContaining("must be new"));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return AccountSteps.steps(30);
    }
}

package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.DraftWorld.ACCOUNT;
import static dev.billing.testkit.usecase.DraftWorld.id;
import static dev.billing.testkit.usecase.DraftWorld.line;
import static dev.billing.testkit.usecase.DraftWorld.lineOf;
import static dev.billing.testkit.usecase.DraftWorld.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.account.Source;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Standard;
import dev.billing.usecase.PaymentCommand.Allocation;
import dev.billing.usecase.PaymentCommand.Receive;
import dev.billing.usecase.PaymentCommand.Refund;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Kill Bill says that an account owes, when the same is drafted, made final, paid and refunded here. */
class CreditVectorsTest {

    private static final CurrencyUnit USD = Monetary.getCurrency("USD");

    private static LineItem[] items(String currency, String amounts) {
        return Array.of(amounts.split(" ", -1))
                .zipWithIndex((amount, i) ->
                        lineOf("item " + i).price(Money.of(currency, amount)).build())
                .toJavaArray(LineItem[]::new);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            killbill-balance-001, USD, 12 15,                    27
            killbill-balance-006, USD, 39.95 -39.95,             0
            killbill-balance-011, USD, 3.21,                     3.21
            killbill-balance-016, USD, 30 -12,                   18
            killbill-balance-021, USD, 20,                       20
            killbill-balance-026, USD, 12.67,                    12.67
            killbill-balance-031, USD, -2 24,                    22
            killbill-balance-036, USD, 0.49 2.95 2.95 2.95 2.95, 12.29
            killbill-balance-041, USD, 5 10,                     15
            killbill-balance-046, BRL, 1499.95,                  1499.95
            """)
    void a_document_without_payments_is_open(String id, String currency, String items, String balance) {
        CurrencyUnit of = Monetary.getCurrency(currency);
        DraftWorld world = new DraftWorld(Standard.profile().in(of));
        world.issued("i", items(currency, items));
        assertThat(world.account().balance(of)).isEqualTo(Money.of(currency, balance));
        assertThat(world.account().free(of).isZero()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            killbill-credit-001,            17 -17,      0,  0, 0,  0
            killbill-credit-004,            20,          20, 7, 7,  0
            killbill-credit-007,            5 20 -20 10, 25, 7, -3, 3
            killbill-credit-allocation-001, 5 -2,        0,  0, 3,  0
            """)
    void a_refund_takes_back_credit_first(
            String id, String items, String paid, String refunded, String balance, String credit) {
        DraftWorld world = new DraftWorld();
        world.issued("i", items("USD", items));
        if (!usd(paid).isZero()) {
            world.done(new Receive(ACCOUNT, "p", usd(paid), new Allocation.OldestFirst()));
        }
        if (!usd(refunded).isZero()) {
            world.done(new Refund(ACCOUNT, Source.payment("p"), "r", usd(refunded), Option.none()));
        }
        assertThat(world.account().balance(USD)).isEqualTo(usd(balance));
        assertThat(world.account().free(USD)).isEqualTo(usd(credit));
    }

    /** Kill Bill, killbill-credit-allocation-004. */
    @Test
    void a_new_document_is_paid_with_credit() {
        DraftWorld world = new DraftWorld();
        world.issued("credit", line("a", "-20"));
        assertThat(world.account().free(USD)).isEqualTo(usd("20"));
        world.issued("charge", line("a", "15"));
        assertThat(world.account().items().get(id("charge")).get().open()).isEqualTo(usd("0"));
        assertThat(world.account().free(USD)).isEqualTo(usd("5"));
    }
}

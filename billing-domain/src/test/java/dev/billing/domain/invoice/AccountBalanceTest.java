package dev.billing.domain.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.DomainArbitraries;
import dev.billing.domain.invoice.AccountBalance.Document;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kill Bill's balances of documents and accounts. */
class AccountBalanceTest {

    @ParameterizedTest
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
        Money charged = Array.of(items.split(" ", -1))
                .map(item -> Money.of(currency, item))
                .fold(Money.zero(Monetary.getCurrency(currency)), Money::plus);
        assertThat(Document.of(charged).balance()).as(id).isEqualTo(Money.of(currency, balance));
        AccountBalance account = new AccountBalance(charged.currency(), Array.of(Document.of(charged)));
        assertThat(account.balance()).as(id).isEqualTo(Money.of(currency, balance));
        assertThat(account.settle()).as(id).isEqualTo(account);
    }

    /** Items of credit are apart from the others. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            killbill-credit-001, 17 -17,      '',   '',    0,  0
            killbill-credit-004, 20,          '',   20 -7, 7,  0
            killbill-credit-007, 5 20 -20 10, 10 -7, 25 -7, -3, 3
            """)
    void an_account_owes_what_its_documents_do_less_its_credit(
            String id, String items, String credits, String payments, String balance, String credit) {
        AccountBalance account = account(new Document(sum(items), sum(credits), sum(payments)));
        assertThat(account.balance()).as(id).isEqualTo(usd(balance));
        assertThat(account.credit()).as(id).isEqualTo(usd(credit));
    }

    /** The same as killbill-credit-007, step by step: what the refund takes back of the credit is left out of it. */
    @Test
    void a_refund_takes_back_credit_first() {
        AccountBalance generated =
                account(Document.of(sum("5 20 -20 10")).paid(usd("25"))).settle();
        assertThat(generated.credit()).isEqualTo(usd("10"));
        AccountBalance refunded = generated.refund(0, usd("7"));
        assertThat(refunded.credit()).isEqualTo(usd("3"));
        assertThat(refunded.balance()).isEqualTo(usd("-3"));
        assertThat(refunded.documents().head().balance()).isEqualTo(usd("0"));
    }

    /** Kill Bill, credit-allocation-001. */
    @Test
    void credit_on_an_open_document_lowers_it() {
        AccountBalance account = account(Document.of(sum("5 -2"))).settle();
        assertThat(account.documents().head().balance()).isEqualTo(usd("3"));
        assertThat(account.credit()).isEqualTo(usd("0"));
    }

    /** Kill Bill, credit-allocation-004. */
    @Test
    void a_new_document_is_paid_with_credit() {
        AccountBalance account = account(Document.of(usd("-20")))
                .settle()
                .issue(Document.of(usd("15")))
                .settle();
        assertThat(account.documents().last().credited()).isEqualTo(usd("-15"));
        assertThat(account.documents().last().balance()).isEqualTo(usd("0"));
        assertThat(account.credit()).isEqualTo(usd("5"));
    }

    /** Kill Bill, credit-allocation-007: half of the credit was used when the payment that it came from is refunded. */
    @Test
    void a_refund_takes_back_what_is_left_of_the_credit() {
        AccountBalance used = account(Document.of(sum("10 -10")).paid(usd("10")))
                .settle()
                .issue(Document.of(usd("5")))
                .settle();
        assertThat(used.documents().map(Document::credited)).containsExactly(usd("10"), usd("-5"));
        AccountBalance refunded = used.refund(0, usd("10"));
        assertThat(refunded.credit()).isEqualTo(usd("0"));
        assertThat(refunded.documents().map(Document::balance)).containsExactly(usd("5"), usd("0"));
        assertThat(refunded.documents().map(Document::credited)).containsExactly(usd("5"), usd("-5"));
    }

    @Test
    void the_oldest_open_document_is_paid_first() {
        AccountBalance account = account(Document.of(usd("4")), Document.of(usd("5")), Document.of(usd("-6")))
                .settle();
        assertThat(account.documents().map(Document::balance)).containsExactly(usd("0"), usd("3"), usd("0"));
    }

    @Test
    void what_makes_no_sense_is_refused() {
        AccountBalance account = account(Document.of(usd("5")).paid(usd("5")));
        for (String amount : Array.of("5.01", "0", "-1")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> account.refund(0, usd(amount)))
                    .withMessageContaining(amount);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> account.issue(Document.of(Money.of("EUR", "1"))))
                .withMessageContaining("EUR");
    }

    private static AccountBalance account(Document... documents) {
        return new AccountBalance(DomainArbitraries.USD, Array.of(documents));
    }

    private static Money sum(String amounts) {
        Seq<String> parts = Array.of(amounts.split(" ", -1)).reject(String::isEmpty);
        return parts.map(AccountBalanceTest::usd).fold(usd("0"), Money::plus);
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

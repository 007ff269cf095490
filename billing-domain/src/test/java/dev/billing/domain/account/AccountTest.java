package dev.billing.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.Vectors;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.money.Rounding;
import dev.billing.domain.period.Period;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.SettlementContext;
import dev.billing.domain.rating.Terms;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.RoundingMode;
import java.time.Instant;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTest {

    private static final AccountId ID = new AccountId("account");
    private static final Instant NOW = AccountSteps.NOW;
    private static final CurrencyUnit USD = Monetary.getCurrency("USD");
    private static final InvoiceId A = new InvoiceId("a");
    private static final InvoiceId B = new InvoiceId("b");
    private static final Source P = Source.payment("p");

    @Test
    void an_account_without_entries_owes_nothing() {
        Account account = Account.of(ID, Array.empty());
        assertThat(account.balance(USD)).isEqualTo(usd("0"));
        assertThat(account.lastAt()).isEqualTo(Instant.EPOCH);
        assertThat(account.parking()).isEmpty();
    }

    @Test
    void what_is_paid_too_much_is_free_and_lowers_the_balance() {
        Account account = account(charged(A, "12"), received(P, "15"), allocated(P, A, "12"));
        assertThat(account.open(USD)).isEqualTo(usd("0"));
        assertThat(account.free(USD)).isEqualTo(usd("3"));
        assertThat(account.balance(USD)).isEqualTo(usd("-3"));
        assertThat(account.items().get(A).get().paidInAll()).isEqualTo(usd("12"));
    }

    @Test
    void entries_are_numbered_without_gaps() {
        Account account = account(charged(A, "1"));
        for (long number : new long[] {1, 3}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> account.after(new Entry(number, NOW, charged(B, "1"))))
                    .withMessage("The next entry of account account is number 2, but was " + number);
        }
    }

    @Test
    void the_last_entry_is_as_late_as_any() {
        Account account = Account.of(ID)
                .after(new Entry(1, NOW, charged(A, "1")))
                .after(new Entry(2, NOW.minusSeconds(1), charged(B, "1")));
        assertThat(account.lastAt()).isEqualTo(NOW);
    }

    /** On an account with document a of 10, of which 4 are paid and 2 waived, payment p of 7 and grant g of 5. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            charge a 1        | A document must be new on account account, but a is there already
            receive p 1       | A source must be new on account account, but PAYMENT p is there already
            grant g 1         | A grant must be new on account account, but g is there already
            return p r 1      | A return must be new on account account, but r is there already
            allocate x a 1    | A source must be on account account before it is used, but PAYMENT x is not
            allocate p x 1    | A document must be on account account before it is used, but x is not
            allocate p b 2.01 | An allocation on account account must be at most the USD 2 free of PAYMENT p, but was USD 2.01
            allocate q a 4.01 | An allocation on account account must be at most the USD 4 open on a, but was USD 4.01
            allocate e a 1    | Amounts must be of one currency, but were USD and EUR
            allocate p c 1    | Amounts must be of one currency, but were USD and EUR
            release x a 1     | A source must be on account account before it is used, but PAYMENT x is not
            release p x 1     | A document must be on account account before it is used, but x is not
            release p a 4.01  | What is released on account account must be at most the USD 4 paid by PAYMENT p on a, but was USD 4.01
            release q a 1     | What is released on account account must be at most the USD 0 paid by PAYMENT q on a, but was USD 1
            return x s 1      | A source must be on account account before it is used, but PAYMENT x is not
            return p s 2.01   | What is returned on account account must be at most the USD 2 free of PAYMENT p, but was USD 2.01
            waive x 1         | A document must be on account account before it is used, but x is not
            waive a 4.01      | What is waived on account account must be at most the USD 4 open on a, but was USD 4.01
            reinstate x 1     | A document must be on account account before it is used, but x is not
            reinstate a 2.01  | What is reinstated on account account must be at most the USD 2 waived on a, but was USD 2.01
            draw x 1          | A grant must be on account account before it is used, but x is not
            draw g 5.01       | What is drawn on account account must be at most the USD 5 left of grant g, but was USD 5.01
            fail x 1          | A document must be on account account before it is used, but x is not
            fail c 1          | An attempt on account account must be in EUR, but was USD 1
            resume            | Account account must be parked to be resumed, but is not
            """)
    void what_cannot_follow_is_refused(String movement, String message) {
        Account account = account(
                charged(A, "10"),
                charged(B, "20"),
                new Movement.Charged(new InvoiceId("c"), Money.of("EUR", "10")),
                received(P, "7"),
                received(Source.payment("q"), "9"),
                new Movement.Received(Source.payment("e"), Money.of("EUR", "9")),
                returned(P, "r", "1"),
                allocated(P, A, "4"),
                new Movement.Waived(A, Movement.Waived.Kind.FORGIVEN, usd("2"), Option.none()),
                new Movement.Granted(CreditGrant.of("g", usd("5"), NOW)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> account.after(new Entry(account.entries() + 1, NOW, movement(movement))))
                .withMessage(message);
    }

    private static Movement movement(String text) {
        String[] parts = text.split(" ", -1);
        Money amount = parts.length == 1 ? usd("0") : usd(parts[parts.length - 1]);
        return switch (parts[0]) {
            case "charge" -> new Movement.Charged(new InvoiceId(parts[1]), amount);
            case "receive" -> new Movement.Received(Source.payment(parts[1]), amount);
            case "grant" -> new Movement.Granted(CreditGrant.of(parts[1], amount, NOW));
            case "return" ->
                new Movement.Returned(
                        Source.payment(parts[1]), parts[2], Movement.Returned.Kind.REFUND, amount, Option.none());
            case "allocate" -> new Movement.Allocated(Source.payment(parts[1]), new InvoiceId(parts[2]), amount);
            case "release" -> new Movement.Released(Source.payment(parts[1]), new InvoiceId(parts[2]), amount);
            case "waive" ->
                new Movement.Waived(new InvoiceId(parts[1]), Movement.Waived.Kind.FORGIVEN, amount, Option.none());
            case "reinstate" -> new Movement.Reinstated(new InvoiceId(parts[1]), amount);
            case "draw" -> new Movement.Drawn(parts[1], A, amount);
            case "fail" -> new Movement.Failed("f", new InvoiceId(parts[1]), amount, Option.none());
            default -> new Movement.Resumed("note");
        };
    }

    @Test
    void what_was_used_last_is_last_and_what_is_released_in_part_stays_where_it_was() {
        Account account = account(
                charged(A, "10"),
                charged(B, "10"),
                received(P, "20"),
                allocated(P, A, "5"),
                allocated(P, B, "5"),
                allocated(P, A, "1"));
        assertThat(uses(account)).containsExactly("b 5", "a 6");
        Account released = account.after(new Entry(7, NOW, new Movement.Released(P, B, usd("1"))));
        assertThat(uses(released)).containsExactly("b 4", "a 6");
        Account none = released.after(new Entry(8, NOW, new Movement.Released(P, B, usd("4"))));
        assertThat(uses(none)).containsExactly("a 6");
        assertThat(none.items().get(B).get().paid()).isEmpty();
    }

    private static Seq<String> uses(Account account) {
        return account.funds().get(P).get().uses().toArray().map(use -> use._1 + " " + use._2.amount());
    }

    @Test
    void prepaid_credit_is_no_part_of_the_balance() {
        Account account = account(
                new Movement.Granted(CreditGrant.of("g", usd("5"), NOW)),
                new Movement.Granted(CreditGrant.of("e", Money.of("EUR", "9"), NOW)),
                new Movement.Drawn("g", A, usd("2")));
        assertThat(account.prepaid(USD)).isEqualTo(usd("3"));
        assertThat(account.balance(USD)).isEqualTo(usd("0"));
    }

    @Test
    void a_parked_account_tells_why_until_it_is_resumed() {
        Movement.Parked first = new Movement.Parked("first", "look");
        Movement.Parked second = new Movement.Parked("second", "look again");
        assertThat(account(first).parking()).contains(first);
        assertThat(account(first, second).parking()).contains(second);
        assertThat(account(first, new Movement.Resumed("looked")).parking()).isEmpty();
    }

    /** Kill Bill: what its documents charge in all is open, whatever their items. */
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
        Account account = Account.of(ID, entries(issued(A, settled(currency, items))));
        assertThat(account.balance(Monetary.getCurrency(currency))).as(id).isEqualTo(Money.of(currency, balance));
        assertThat(account.free(Monetary.getCurrency(currency)).isZero()).as(id).isTrue();
    }

    /** Kill Bill: one document, what was paid on it, and what of that was refunded. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            killbill-credit-001,            17 -17,      0,  0, 0,  0
            killbill-credit-004,            20,          20, 7, 7,  0
            killbill-credit-007,            5 20 -20 10, 25, 7, -3, 3
            killbill-credit-allocation-001, 5 -2,        0,  0, 3,  0
            """)
    void a_refund_takes_back_credit_first(
            String id, String items, String paid, String refunded, String balance, String credit) {
        Account account = refunding(paying(Account.of(ID, entries(issued(A, settled("USD", items)))), paid), refunded);
        assertThat(account.balance(USD)).as(id).isEqualTo(usd(balance));
        assertThat(account.free(USD)).as(id).isEqualTo(usd(credit));
    }

    /** Kill Bill. */
    @Test
    @Vectors("killbill-credit-allocation-004")
    void a_new_document_is_paid_with_credit() {
        Account account = useCredit(Account.of(
                ID, entries(issued(A, settled("USD", "-20")).appendAll(issued(B, settled("USD", "15"))))));
        assertThat(account.open(USD)).isEqualTo(usd("0"));
        assertThat(account.free(USD)).isEqualTo(usd("5"));
    }

    /** Kill Bill: half of the credit was used when the payment of the document that it is for is refunded. */
    @Test
    @Vectors("killbill-credit-allocation-007")
    void a_refund_takes_back_what_is_left_of_the_credit() {
        Account paid = paying(account(charged(A, "10")), "10");
        Account credited = after(paid, new Movement.Received(Source.creditNote(new InvoiceId("note")), usd("10")));
        Account used = useCredit(after(credited, charged(B, "5")));
        assertThat(used.free(USD)).isEqualTo(usd("5"));
        Account refunded = useCredit(refunding(used, "10"));
        assertThat(refunded.free(USD)).isEqualTo(usd("0"));
        assertThat(refunded.items().get(A).get().open()).isEqualTo(usd("5"));
        assertThat(refunded.items().get(B).get().open()).isEqualTo(usd("0"));
    }

    /** A document that charges is open, one that gives back is credit. */
    private static Seq<Movement> issued(InvoiceId document, Figures figures) {
        Money billed = figures.amount(Settlement.BILLED);
        Money left = figures.amount(Settlement.ENDING_BALANCE);
        return Array.of(
                        Option.when(billed.isPositive(), () -> new Movement.Charged(document, billed)),
                        Option.when(left.isPositive(), () -> new Movement.Received(Source.document(document), left)))
                .flatMap(movement -> movement);
    }

    /** The figures of a document with these items. */
    private static Figures settled(String currency, String items) {
        Seq<LineItem> lines = Array.of(items.split(" ", -1))
                .zipWithIndex((amount, i) -> LineItem.builder(
                                new LineId("item " + i), "plan", "recurring", NOW, Origin.Provided.of("item " + i))
                        .price(Money.of(currency, amount))
                        .build());
        SettlementContext context = SettlementContext.of(
                Monetary.getCurrency(currency),
                Period.of(NOW, NOW.plusSeconds(1)),
                NOW,
                Rounding.toMinorUnit(RoundingMode.HALF_UP));
        return Settlement.of(lines, Terms.NONE, context).figures();
    }

    private static Account paying(Account account, String amount) {
        return usd(amount).isZero() ? account : useCredit(after(account, received(P, amount)));
    }

    private static Account useCredit(Account account) {
        return account.freeFunds(USD)
                .crossProduct(account.openItems(USD))
                .foldLeft(account, (soFar, pair) -> using(soFar, pair._1._1, pair._2._1));
    }

    private static Account using(Account account, Source source, InvoiceId document) {
        Money part = least(
                account.funds().get(source).get().free(),
                account.items().get(document).get().open());
        return part.isZero() ? account : after(account, new Movement.Allocated(source, document, part));
    }

    private static Account refunding(Account account, String amount) {
        if (usd(amount).isZero()) {
            return account;
        }
        Account.Fund fund = account.funds().get(P).get();
        Money lacking = usd(amount).minus(fund.free()).notBelowZero();
        Account released = lacking.isZero() ? account : after(account, new Movement.Released(P, A, lacking));
        return after(released, returned(P, "refund", amount));
    }

    private static Money least(Money one, Money other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Account account(Movement... movements) {
        return Account.of(ID, entries(Array.of(movements)));
    }

    private static Seq<Entry> entries(Seq<Movement> movements) {
        return AccountSteps.entries(movements);
    }

    private static Account after(Account account, Movement movement) {
        return account.after(new Entry(account.entries() + 1, NOW, movement));
    }

    private static Movement charged(InvoiceId document, String amount) {
        return new Movement.Charged(document, usd(amount));
    }

    private static Movement received(Source source, String amount) {
        return new Movement.Received(source, usd(amount));
    }

    private static Movement allocated(Source source, InvoiceId document, String amount) {
        return new Movement.Allocated(source, document, usd(amount));
    }

    private static Movement returned(Source source, String id, String amount) {
        return new Movement.Returned(source, id, Movement.Returned.Kind.REFUND, usd(amount), Option.none());
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

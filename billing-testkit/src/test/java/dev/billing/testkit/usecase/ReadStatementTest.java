package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.PaymentWorld.ACCESS;
import static dev.billing.testkit.usecase.PaymentWorld.ACCOUNT;
import static dev.billing.testkit.usecase.PaymentWorld.NOON;
import static dev.billing.testkit.usecase.PaymentWorld.OTHER;
import static dev.billing.testkit.usecase.PaymentWorld.TENANT;
import static dev.billing.testkit.usecase.PaymentWorld.USD;
import static dev.billing.testkit.usecase.PaymentWorld.forgive;
import static dev.billing.testkit.usecase.PaymentWorld.id;
import static dev.billing.testkit.usecase.PaymentWorld.receive;
import static dev.billing.testkit.usecase.PaymentWorld.refund;
import static dev.billing.testkit.usecase.PaymentWorld.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.account.Statement;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.Write;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.ReadStatement;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadStatementTest {

    private final PaymentWorld world = new PaymentWorld();
    private final ReadStatement statements = world.billing.readStatement();

    @Test
    void an_account_that_nothing_happened_to_owes_nothing() {
        Statement statement = statements.now(ACCESS, ACCOUNT, USD).get();
        assertThat(statement.rows()).isEmpty();
        assertThat(statement.opening()).isEqualTo(usd("0"));
        assertThat(statement.closing()).isEqualTo(usd("0"));
        assertThat(statement.from()).isEmpty();
    }

    @Test
    void documents_and_money_make_the_balance_and_where_money_goes_does_not() {
        world.issued("a 10.00, b 5.00");
        world.done(receive("p", "12.00"));
        world.done(refund("p", "back", "1.00"));
        world.done(forgive("b"));
        assertThat(text(statements.now(ACCESS, ACCOUNT, USD).get()))
                .containsExactly(
                        "0 opening",
                        "10.00 a 10.00",
                        "5.00 b 15.00",
                        "-12.00 p 3.00",
                        "1.00 p 4.00",
                        "-4.00 b 0.00",
                        "0 free");
    }

    @Test
    void spans_chain_and_count_what_was_recorded_within() {
        world.issued("a 10.00, b 5.00");
        world.done(receive("p", "12.00"));
        world.done(receive("q", "4.00"));
        Instant middle = NOON.plusSeconds(3);
        Statement first =
                statements.in(ACCESS, ACCOUNT, USD, Period.of(NOON, middle)).get();
        Statement second = statements
                .in(ACCESS, ACCOUNT, USD, Period.of(middle, middle.plusSeconds(60)))
                .get();
        assertThat(text(first))
                .containsExactly("0 opening", "10.00 a 10.00", "5.00 b 15.00", "-12.00 p 3.00", "b 3.00", "0 free");
        assertThat(text(second)).containsExactly("3.00 opening", "-4.00 q -1.00", "1.00 free");
        assertThat(statements.until(ACCESS, ACCOUNT, USD, middle).get().closing())
                .isEqualTo(first.closing());
    }

    @Test
    void what_is_recorded_this_very_millisecond_counts_now_and_not_before() {
        world.issued("a 10.00");
        world.clock.set(NOON);
        assertThat(statements.now(ACCESS, ACCOUNT, USD).get().closing()).isEqualTo(usd("10.00"));
        assertThat(statements.until(ACCESS, ACCOUNT, USD, NOON).get().closing()).isEqualTo(usd("0"));
        world.clock.set(NOON.minusSeconds(60));
        assertThat(statements.now(ACCESS, ACCOUNT, USD).get().closing())
                .as("by a clock that is behind")
                .isEqualTo(usd("10.00"));
    }

    @Test
    void prepaid_credit_is_told_apart() {
        world.issued("a 10.00");
        world.enter(new Movement.Granted(CreditGrant.of("grant", usd("50.00"), NOON)));
        world.enter(new Movement.Drawn("grant", id("a"), usd("20.00")));
        Statement statement = statements.now(ACCESS, ACCOUNT, USD).get();
        assertThat(statement.prepaid()).isEqualTo(usd("30.00"));
        assertThat(statement.closing()).isEqualTo(usd("10.00"));
    }

    @Test
    void documents_are_told_by_their_numbers() {
        DraftCommand.Open open = new DraftCommand.Open(id("a"), ACCOUNT, Array.of(DraftWorld.line("line", "10.00")));
        world.billing.commands().run(ACCESS, new CommandKey("open"), open).get();
        world.billing
                .commands()
                .run(ACCESS, new CommandKey("finalise"), new DraftCommand.Finalise(id("a")))
                .get();
        world.enter(new Movement.Received(Source.creditNote(id("a")), usd("4.00")));
        assertThat(text(statements.now(ACCESS, ACCOUNT, USD).get()))
                .containsExactly(
                        "0 opening",
                        "10.00 INV-000001 10.00",
                        "-4.00 INV-000001 6.00",
                        "INV-000001 10.00",
                        "4.00 free");
    }

    @Test
    void who_pays_for_another_account_sees_the_numbers_of_its_documents() {
        world.issue("a", usd("10.00"), InvoiceStatus.CLOSED, OTHER);
        Access payer = Access.to(TENANT, OTHER);
        assertThat(text(statements.now(payer, OTHER, USD).get()))
                .containsExactly("0 opening", "10.00 a 10.00", "a 10.00", "0 free");
    }

    @Test
    void many_documents_have_their_numbers() {
        Series series = new Series("many", NumberFormat.PLAIN, Series.Gaps.NONE);
        Seq<InvoiceId> ids = Array.range(1, 1_002).map(n -> id("a" + n));
        Seq<Write> issued = ids.map(id -> new Write.Issue(
                new Invoice.Preview(
                        Head.of(id, "standard", ACCOUNT, Period.of(NOON.minusSeconds(60), NOON), USD, NOON),
                        Figures.NONE,
                        NOON),
                Array.empty(),
                Option.some(series),
                InvoiceStatus.CLOSED));
        world.ports
                .invoices()
                .commit(TENANT, new Commit(new CommandKey("many"), "many", issued))
                .get();
        world.enter(ids.<Movement>map(id -> new Movement.Charged(id, usd("1"))).toJavaArray(Movement[]::new));
        Statement statement = statements.now(ACCESS, ACCOUNT, USD).get();
        assertThat(statement.rows().map(statement::reference))
                .containsExactlyElementsOf(Array.range(1, 1_002).map(n -> "" + n));
    }

    @Test
    void the_statement_of_an_account_outside_the_access_is_refused() {
        AccountId other = OTHER;
        CommandRefused expected = new CommandRefused.NoAccess(other);
        assertThat(statements.now(ACCESS, other, USD).getLeft()).isEqualTo(expected);
        assertThat(statements.until(ACCESS, other, USD, NOON).getLeft()).isEqualTo(expected);
        assertThat(statements
                        .in(ACCESS, other, USD, Period.of(NOON, NOON.plusSeconds(1)))
                        .getLeft())
                .isEqualTo(expected);
    }

    private static Seq<String> text(Statement statement) {
        return Array.of(amount(statement.opening()) + " opening")
                .appendAll(statement
                        .rows()
                        .map(row ->
                                amount(row.change()) + " " + statement.reference(row) + " " + amount(row.balance())))
                .appendAll(statement
                        .open()
                        .map(open -> statement.reference(open.document()) + " " + amount(open.amount())))
                .append(amount(statement.free()) + " free");
    }

    private static String amount(Money money) {
        return money.amount().toPlainString();
    }
}

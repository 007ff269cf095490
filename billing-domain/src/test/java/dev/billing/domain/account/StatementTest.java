package dev.billing.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.money.Money;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

    private static final AccountId ID = new AccountId("account");
    private static final Instant NOW = AccountSteps.NOW;
    private static final CurrencyUnit USD = Monetary.getCurrency("USD");
    private static final InvoiceId A = new InvoiceId("a");
    private static final Source P = Source.payment("p");
    private static final Source NOTE = Source.creditNote(new InvoiceId("note"));

    private final Seq<Entry> entries = AccountSteps.entries(Array.of(
            new Movement.Charged(A, usd("10")),
            new Movement.Received(P, usd("15")),
            new Movement.Allocated(P, A, usd("10")),
            new Movement.Returned(P, "r", Movement.Returned.Kind.REFUND, usd("2"), Option.none()),
            new Movement.Charged(new InvoiceId("euro"), Money.of("EUR", "7")),
            new Movement.Received(NOTE, usd("1")),
            new Movement.Granted(CreditGrant.of("g", usd("50"), NOW)),
            new Movement.Charged(new InvoiceId("b"), usd("3")),
            new Movement.Waived(new InvoiceId("b"), Movement.Waived.Kind.WRITTEN_OFF, usd("3"), Option.none()),
            new Movement.Reinstated(new InvoiceId("b"), usd("2"))));

    @Test
    void rows_are_what_moved_money_in_the_currency() {
        Statement statement = Statement.of(ID, entries, USD, Option.none(), NOW.plusSeconds(60));
        InvoiceNumber number = new InvoiceNumber(new Series("s", NumberFormat.PLAIN, Series.Gaps.NONE), 7);
        assertThat(text(statement.numbered(HashMap.of(A, number))))
                .containsExactly("10 7 10", "-15 p -5", "2 p -3", "-1 note -4", "3 b -1", "-3 b -4", "2 b -2");
        assertThat(statement.open()).containsExactly(new Statement.Open(new InvoiceId("b"), usd("3"), usd("2")));
        assertThat(statement.free()).isEqualTo(usd("4"));
        assertThat(statement.prepaid()).isEqualTo(usd("50"));
        assertThat(statement.documents().map(InvoiceId::value)).containsExactly("a", "note", "b");
    }

    @Test
    void it_includes_its_start_and_excludes_its_end() {
        Statement statement = Statement.of(ID, entries, USD, Option.some(NOW.plusSeconds(1)), NOW.plusSeconds(3));
        assertThat(statement.opening()).isEqualTo(usd("10"));
        assertThat(text(statement)).containsExactly("-15 p -5");
        assertThat(statement.free()).isEqualTo(usd("5"));
    }

    @Test
    void an_empty_span_opens_and_closes_with_the_same() {
        Statement statement = Statement.of(ID, entries, USD, Option.some(NOW.plusSeconds(1)), NOW.plusSeconds(1));
        assertThat(statement.rows()).isEmpty();
        assertThat(statement.closing()).isEqualTo(statement.opening()).isEqualTo(usd("10"));
    }

    @ParameterizedTest
    @CsvSource({"1, -3, 0, opening + rows", "0, -2, 0, opening + rows", "0, -3, 1, open − free"})
    void it_must_tie(String opening, String closing, String free, String what) {
        Statement.Row row = new Statement.Row(entries.head(), usd("-3"), usd("-3"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Statement(
                        ID,
                        USD,
                        Option.none(),
                        NOW,
                        usd(opening),
                        Array.of(row),
                        usd(closing),
                        Array.empty(),
                        usd("3").plus(usd(free)),
                        usd("0"),
                        HashMap.empty()))
                .withMessageContaining("must tie")
                .withMessageContaining(what)
                .withMessageContaining("USD " + closing);
    }

    @Test
    void it_must_not_end_before_it_starts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Statement.of(ID, entries, USD, Option.some(NOW), NOW.minusMillis(1)))
                .withMessageContaining(NOW.toString());
    }

    private static Seq<String> text(Statement statement) {
        return statement
                .rows()
                .map(row -> row.change().amount() + " " + statement.reference(row) + " "
                        + row.balance().amount());
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

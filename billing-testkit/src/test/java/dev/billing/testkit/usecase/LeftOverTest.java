package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.DraftWorld.ACCOUNT;
import static dev.billing.testkit.usecase.DraftWorld.id;
import static dev.billing.testkit.usecase.DraftWorld.line;
import static dev.billing.testkit.usecase.DraftWorld.lineOf;
import static dev.billing.testkit.usecase.DraftWorld.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.DraftRefused;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.time.Instant;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each document begins with what the one before left over, that is used once, and not lost. */
class LeftOverTest {

    private static final CurrencyUnit USD = Monetary.getCurrency("USD");
    private static final CurrencyUnit EUR = Monetary.getCurrency("EUR");

    private final DraftWorld world = new DraftWorld(Atlas.profile());
    private int details;

    LeftOverTest() {
        world.clock.set(Instant.parse("2024-05-10T12:00:00Z"));
    }

    @Test
    void each_document_uses_what_is_left_of_the_one_before() {
        finalised("january", "2024-01-01", "2024-02-01", line("credit", "-20.00"));
        finalised("february", "2024-02-01", "2024-03-01", line("work", "15.00"));
        finalised("march", "2024-03-01", "2024-04-01", line("work", "100.00"));
        assertThat(owed(USD)).isEqualTo(usd("95.00"));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-01,2024-03-01", // the same again
        "2024-02-10,2024-02-20", // within it
        "2024-02-15,2024-03-15", // across its end
        "2024-01-15,2024-02-15", // across its beginning
        "2024-01-15,2024-01-20", // before it
        "2024-01-01,2024-04-01", // around it
    })
    void a_second_document_of_a_time_or_one_of_an_earlier_time_is_refused(String from, String until) {
        finalised("january", "2024-01-01", "2024-01-15", line("credit", "-20.00"));
        finalised("february", "2024-02-01", "2024-03-01", line("work", "100.00"));
        open("another", from, until, line("work", "50.00"));
        assertRefused("another", from, until, "february", "2024-03-01");
        assertThat(owed(USD)).isEqualTo(usd("80.00"));
    }

    @Test
    void a_draft_that_comes_too_late_keeps_no_later_one_from_becoming_final() {
        finalised("january", "2024-01-01", "2024-02-01", line("credit", "-20.00"));
        open("another", "2024-02-01", "2024-03-01", line("work", "50.00"));
        finalised("february", "2024-02-01", "2024-03-01", line("work", "15.00"));
        finalised("march", "2024-03-01", "2024-04-01", line("work", "100.00"));
        assertThat(owed(USD)).isEqualTo(usd("95.00"));
        assertThat(world.status("another")).isEqualTo(InvoiceStatus.PENDING);
    }

    @Test
    void a_draft_that_can_become_final_is_waited_for() {
        open("january", "2024-01-01", "2024-02-01", line("credit", "-20.00"));
        open("february", "2024-02-01", "2024-03-01", line("work", "15.00"));
        assertThat(world.refused(new DraftCommand.Finalise(id("february"))))
                .isEqualTo(new DraftRefused.EarlierMonthPending(ACCOUNT, id("january")));
    }

    @Test
    void a_document_without_a_period_takes_no_part() {
        finalised("january", "2024-01-01", "2024-02-01", line("credit", "-20.00"));
        world.issued("setup", line("work", "7.00"));
        finalised("february", "2024-02-01", "2024-03-01", line("work", "15.00"));
        assertThat(owed(USD)).isEqualTo(usd("7.00"));
    }

    @Test
    void an_account_with_a_currency_of_its_own_is_billed_in_that() {
        describe(EUR);
        finalised("january", "2024-01-01", "2024-02-01", euros("credit", "-20.00"));
        finalised("february", "2024-02-01", "2024-03-01", euros("work", "50.00"));
        assertThat(owed(EUR)).isEqualTo(Money.of("EUR", "30.00"));
        assertThat(world.stored("february").invoice().figures().amount(Atlas.BILLED))
                .isEqualTo(Money.of("EUR", "30.00"));
    }

    @Test
    void what_is_left_over_waits_for_the_next_document_in_its_currency() {
        finalised("january", "2024-01-01", "2024-02-01", line("credit", "-20.00"));
        describe(EUR);
        finalised("february", "2024-02-01", "2024-03-01", euros("work", "50.00"));
        describe(USD);
        finalised("march", "2024-03-01", "2024-04-01", line("work", "100.00"));
        assertThat(owed(EUR)).isEqualTo(Money.of("EUR", "50.00"));
        assertThat(owed(USD)).isEqualTo(usd("80.00"));
    }

    private void finalised(String invoice, String from, String until, LineItem line) {
        open(invoice, from, until, line);
        world.done(new DraftCommand.Finalise(id(invoice)));
    }

    private void open(String invoice, String from, String until, LineItem line) {
        world.done(DraftWorld.open(invoice, line).over(period(from, until)));
    }

    private void assertRefused(String invoice, String from, String until, String last, String end) {
        InvoiceId refused = id(invoice);
        DraftRefused expected = new DraftRefused.PeriodOver(refused, period(from, until), id(last), midnight(end));
        assertThat(world.refused(new DraftCommand.Finalise(refused))).isEqualTo(expected);
        assertThat(expected.message())
                .contains("'" + invoice + "'")
                .contains("'" + last + "'")
                .contains(end);
    }

    private static Period period(String from, String until) {
        return Period.of(midnight(from), midnight(until));
    }

    private static Instant midnight(String date) {
        return Instant.parse(date + "T00:00:00Z");
    }

    private static LineItem euros(String id, String net) {
        return lineOf(id).price(Money.of("EUR", net)).build();
    }

    private void describe(CurrencyUnit currency) {
        world.run(new AccountCommand.Describe(new AccountDetails(
                        ACCOUNT,
                        ++details,
                        Option.none(),
                        Array.empty(),
                        Array.empty(),
                        Option.none(),
                        Option.some(currency),
                        Option.none(),
                        DraftWorld.NOW)))
                .get();
    }

    private Money owed(CurrencyUnit currency) {
        return world.account().balance(currency);
    }
}

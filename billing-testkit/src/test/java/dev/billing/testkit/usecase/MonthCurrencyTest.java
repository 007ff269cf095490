package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.JANUARY;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.USD;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.Billing;
import dev.billing.domain.BillingError;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Settlement;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Receipt;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.AccountRefused;
import dev.billing.usecase.Command;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthRefused;
import io.vavr.collection.Array;
import io.vavr.control.Either;
import io.vavr.control.Option;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import org.junit.jupiter.api.Test;

/** Prepaid credit, and lines that somebody added, where an account's currency or what is left of the credit has changed. */
class MonthCurrencyTest {

    private static final Access ALL = Access.toAll(TENANT);
    private static final CurrencyUnit EUR = Monetary.getCurrency("EUR");
    private static final InvoiceId JANUARYS = new InvoiceId("month/account/2024-01-01T00:00:00Z");
    private static final InvoiceId FEBRUARYS = new InvoiceId("month/account/2024-02-01T00:00:00Z");

    private final World world = new World();
    private final Billing billing = world.billing.with(Standard.profile());
    private int keys;
    private int versions;

    @Test
    void a_grant_in_a_currency_that_the_account_is_not_billed_in_is_refused() {
        AccountRefused expected = new AccountRefused.GrantInOtherCurrency(ACCOUNT, "gift", EUR, USD);
        assertThat(refusal(grant(Money.of("EUR", "10.00")))).isEqualTo(expected);
        assertThat(expected.message())
                .contains("'gift'")
                .contains("'account'")
                .contains("EUR")
                .contains("USD");
        describe(EUR);
        run(grant(Money.of("EUR", "10.00")));
    }

    @Test
    void a_grant_of_another_time_when_the_account_was_billed_in_another_currency_waits_for_that() {
        database();
        describe(EUR);
        run(grant(Money.of("EUR", "10.00")));
        describe(USD);
        close(FEBRUARYS, Terms.NONE);
        assertThat(balance()).isEqualTo(usd("50.00"));
        assertThat(account().prepaid(EUR)).isEqualTo(Money.of("EUR", "10.00"));
    }

    @Test
    void terms_that_name_a_grant_in_another_currency_do_not_use_it() {
        database();
        close(FEBRUARYS, Terms.NONE.grants(gift(Money.of("EUR", "10.00"))));
        assertThat(balance()).isEqualTo(usd("50.00"));
    }

    @Test
    void a_grant_of_which_nothing_is_left_is_not_used_again_because_the_terms_name_it_too() {
        database();
        run(grant(usd("30.00")));
        Terms terms = Terms.NONE.grants(gift(usd("30.00")));
        close(JANUARYS, terms);
        close(FEBRUARYS, terms);
        assertThat(credits(JANUARYS)).isEqualTo(usd("30.00"));
        assertThat(credits(FEBRUARYS)).isEqualTo(usd("0"));
        assertThat(balance()).isEqualTo(usd("70.00"));
    }

    @Test
    void lines_that_somebody_added_in_another_currency_keep_a_month_from_being_billed_until_they_are_gone() {
        run(bill(FEBRUARYS, Terms.NONE));
        run(new DraftCommand.AddLines(FEBRUARYS, 1, Array.of(DraftWorld.line("setup", "10.00"))));
        describe(EUR);
        assertThat(refusal(bill(FEBRUARYS, Terms.NONE))).isEqualTo(new MonthRefused.OtherCurrency(ACCOUNT, USD, EUR));
        run(new DraftCommand.RemoveLines(FEBRUARYS, 2, Array.of(new LineId("setup"))));
        close(FEBRUARYS, Terms.NONE);
        assertThat(world.ports
                        .invoices()
                        .find(ALL, FEBRUARYS)
                        .get()
                        .invoice()
                        .head()
                        .currency())
                .isEqualTo(EUR);
    }

    private void database() {
        world.record(World.begun("database", "database", "2024-01-01T00:00:00Z"));
    }

    private static AccountCommand grant(Money amount) {
        return new AccountCommand.Grant(ACCOUNT, gift(amount));
    }

    private static CreditGrant gift(Money amount) {
        return CreditGrant.of("gift", amount, at("2024-01-01T00:00:00Z"));
    }

    private void describe(CurrencyUnit currency) {
        run(new AccountCommand.Describe(new AccountDetails(
                ACCOUNT,
                ++versions,
                Option.none(),
                Array.empty(),
                Array.empty(),
                Option.none(),
                Option.some(currency),
                Option.none(),
                at("2024-01-01T00:00:00Z"))));
    }

    private static MonthCommand bill(InvoiceId document, Terms terms) {
        return new MonthCommand.Bill(ACCOUNT, document.equals(JANUARYS) ? JANUARY : FEBRUARY, terms);
    }

    private void close(InvoiceId document, Terms terms) {
        run(bill(document, terms));
        run(new DraftCommand.Finalise(document));
    }

    private Money credits(InvoiceId document) {
        return world.ports
                .invoices()
                .find(ALL, document)
                .get()
                .invoice()
                .figures()
                .amount(Settlement.CREDITS);
    }

    private Money balance() {
        return account().balance(USD);
    }

    private Account account() {
        return Account.of(ACCOUNT, world.ports.accounts().entries(ALL, ACCOUNT));
    }

    private void run(Command command) {
        result(command).getOrElseThrow(refused -> new AssertionError(refused.message()));
    }

    private BillingError refusal(Command command) {
        return result(command).getLeft();
    }

    private Either<BillingError, Receipt> result(Command command) {
        return billing.commands().run(ALL, new CommandKey("command " + ++keys), command);
    }
}

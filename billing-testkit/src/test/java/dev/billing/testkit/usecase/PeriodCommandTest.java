package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.ACCESS;
import static dev.billing.testkit.usecase.World.ACCOUNT;
import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.JANUARY;
import static dev.billing.testkit.usecase.World.MARCH;
import static dev.billing.testkit.usecase.World.OTHER;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.USD;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.begun;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.Event;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.CloseRefused;
import dev.billing.usecase.CommandRefused;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.MonthRefused;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.PeriodCommand;
import dev.billing.usecase.SettlePeriod;
import dev.billing.usecase.SettleRefused;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PeriodCommandTest {

    private static final Access ALL = Access.toAll(TENANT);
    private static final InvoiceId MONTH = new InvoiceId("month/account/2024-02-01T00:00:00Z");
    private static final AccountCommand.Park PARK =
            new AccountCommand.Park(ACCOUNT, "Address unknown", "Ask for the address");

    private final World world = new World();
    private final KeyedCommands commands = under(Standard.profile());

    private KeyedCommands under(Profile profile) {
        return new KeyedCommands(world.ports, profile, world.clock, ALL);
    }

    @Test
    void closing_a_month_bills_and_finalises_it_at_once() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        Receipt closed = commands.done("close", close(FEBRUARY));
        assertThat(types(closed)).containsExactly("invoice.created", "invoice.finalised");
        commands.refusesReuse("close", close(JANUARY));
        Stored month = stored();
        assertThat(month.standing().status()).isEqualTo(InvoiceStatus.CLOSED);
        assertThat(closed.numbers().get(MONTH)).isEqualTo(number(month));
        assertThat(number(month).map(InvoiceNumber::value)).contains(1L);
        assertThat(account().open(USD)).isEqualTo(usd("25.00"));
        assertThat(commands.done("again", close(FEBRUARY)).events()).isEmpty();
        assertThat(world.documents()).containsExactly(month);
    }

    @Test
    void it_gives_the_document_that_billing_and_finalising_give() {
        World other = new World();
        KeyedCommands apart = new KeyedCommands(other.ports, Standard.profile(), other.clock, ALL);
        for (World each : Array.of(world, other)) {
            each.record(
                    begun("dyno", "dyno", "2024-02-11T08:00:00Z"),
                    World.used("use", "gigabytes", "2024-02-29T00:00:00Z"));
        }
        commands.done("grant", grant());
        apart.done("grant", grant());
        commands.done("close", close(FEBRUARY));
        apart.done("bill", new MonthCommand.Bill(ACCOUNT, FEBRUARY, Terms.NONE));
        apart.done("finalise", new DraftCommand.Finalise(MONTH));
        Invoice.Issued one = (Invoice.Issued) stored().invoice();
        Invoice.Issued two = (Invoice.Issued) other.documents().single().invoice();
        assertThat(one.head()).isEqualTo(two.head());
        assertThat(one.figures()).isEqualTo(two.figures());
        assertThat(one.number()).isEqualTo(two.number());
        assertThat(world.linesOf(stored()))
                .isEqualTo(other.linesOf(other.documents().single()));
        assertThat(world.ports.accounts().entries(ALL, ACCOUNT))
                .isEqualTo(other.ports.accounts().entries(ALL, ACCOUNT));
    }

    private static AccountCommand grant() {
        return new AccountCommand.Grant(ACCOUNT, CreditGrant.of("gift", usd("4.00"), at("2024-01-01T00:00:00Z")));
    }

    @Test
    void it_takes_a_draft_that_is_there_with_what_was_added() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        commands.done("bill", new MonthCommand.Bill(ACCOUNT, FEBRUARY, Terms.NONE));
        world.record(begun("late", "dyno", "2024-02-01T00:00:00Z"));
        assertThat(types(commands.done("close", close(FEBRUARY))))
                .containsExactly("invoice.updated", "invoice.finalised");
        assertThat(account().open(USD)).isEqualTo(usd("50.00"));
    }

    @Test
    void a_draft_that_is_up_to_date_becomes_final_as_it_is() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        commands.done("bill", new MonthCommand.Bill(ACCOUNT, FEBRUARY, Terms.NONE));
        assertThat(types(commands.done("close", close(FEBRUARY)))).containsExactly("invoice.finalised");
    }

    @Test
    void credit_that_is_free_pays_it() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        commands.done(
                "pay",
                new PaymentCommand.Receive(ACCOUNT, "card", usd("10.00"), new PaymentCommand.Allocation.OldestFirst()));
        assertThat(types(commands.done("close", close(FEBRUARY))))
                .containsExactly("invoice.created", "invoice.finalised", "payment.allocated", "invoice.partly_paid");
        assertThat(account().open(USD)).isEqualTo(usd("15.00"));
        assertThat(account().free(USD)).isEqualTo(usd("0"));
        assertThat(stored().standing().status()).isEqualTo(InvoiceStatus.PARTLY_PAID);
        assertThat(stored().standing().paid(USD)).isEqualTo(usd("10.00"));
    }

    @Test
    void no_month_of_a_parked_account_is_closed() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        commands.done("park", PARK);
        CommandRefused.Parked parked = new CommandRefused.Parked(ACCOUNT, PARK.reason(), PARK.release());
        assertThat(commands.refused("close", close(FEBRUARY))).isEqualTo(parked);
        assertThat(world.billing.closeMonth().close(ACCESS, ACCOUNT, FEBRUARY))
                .isEqualTo(Either.left(new CloseRefused.NotClosed(parked)));
        assertThat(world.documents()).isEmpty();
        commands.done("resume", new AccountCommand.Resume(ACCOUNT, "moved"));
        assertThat(world.billing.closeMonth().close(ACCESS, ACCOUNT, FEBRUARY).isRight())
                .isTrue();
    }

    @Test
    void no_month_is_closed_beside_the_document_of_a_payer() {
        world.record(begun("dyno", "dyno", "2024-02-01T00:00:00Z"));
        describe(1, Option.none(), Option.some(OTHER));
        commands.done("bill", new MonthCommand.Bill(OTHER, FEBRUARY, Terms.NONE));
        describe(2, Option.none(), Option.none());
        assertThat(commands.refused("close", close(FEBRUARY)))
                .isEqualTo(new MonthRefused.BilledWithPayer(ACCOUNT, OTHER));
        assertThat(world.documents()).hasSize(1);
    }

    @Test
    void it_is_closed_in_the_calendar_of_the_account() {
        describe(1, Option.some("America/New_York"), Option.none());
        world.clock.set(at("2024-03-01T04:59:59.999Z"));
        Period february = Period.parse("2024-02-01T05:00:00Z/2024-03-01T05:00:00Z");
        assertThat(commands.refused("close", close(FEBRUARY)))
                .isEqualTo(new CloseRefused.NotOver(february, world.clock.instant()));
        world.clock.set(february.end());
        commands.done("close", close(FEBRUARY));
        assertThat(world.documents().single().invoice().head().period()).contains(february);
    }

    @Test
    void what_is_under_review_or_dropped_is_not_closed() {
        commands.done("bill", new MonthCommand.Bill(ACCOUNT, FEBRUARY, Terms.NONE));
        commands.done("review", new DraftCommand.Review(MONTH));
        assertThat(commands.refused("close", close(FEBRUARY))).isEqualTo(new MonthRefused.InReview(MONTH));
        commands.done("drop", new DraftCommand.Drop(MONTH));
        assertThat(commands.refused("close", close(FEBRUARY))).isEqualTo(new MonthRefused.Dropped(MONTH));
    }

    @Test
    void what_runs_is_not_closed_and_neither_is_what_nobody_may_see() {
        assertThat(commands.refused("close", close(MARCH))).isInstanceOf(CloseRefused.NotOver.class);
        KeyedCommands limited = new KeyedCommands(world.ports, Standard.profile(), world.clock, ACCESS);
        assertThat(limited.refused("close", new PeriodCommand.Close(OTHER, MARCH)))
                .isEqualTo(new CommandRefused.NoAccess(OTHER));
    }

    @Test
    void months_that_carry_a_balance_over_are_settled_and_not_closed() {
        KeyedCommands atlas = under(Atlas.profile());
        assertThat(atlas.refused("close", close(FEBRUARY))).isEqualTo(new CloseRefused.Settled(ACCOUNT, "atlas"));
        assertThat(new CloseRefused.Settled(ACCOUNT, "atlas").message()).contains("'account' under atlas");
    }

    // Settle

    private final AtlasWorld atlas = new AtlasWorld();
    private final KeyedCommands settling =
            new KeyedCommands(atlas.ports, Atlas.profile(), atlas.clock, Access.toAll(AtlasWorld.TENANT));

    @Test
    void a_month_is_settled_as_previewed_once_for_a_key() {
        charged("20.00");
        assertThat(types(settling.done("settle", settle(AtlasWorld.TAXED)))).containsExactly("invoice.finalised");
        settling.refusesReuse("settle", settle(SettlePeriod.Terms.PLAIN));
        assertThat(settling.done("again", settle(SettlePeriod.Terms.PLAIN)).events())
                .as("the first terms hold")
                .isEmpty();
        assertThat(payer().open(USD)).isEqualTo(usd("21.70"));
    }

    @Test
    void credit_that_is_free_pays_a_settled_month() {
        charged("20.00");
        receive("25.00");
        assertThat(types(settling.done("settle", settle(AtlasWorld.TAXED))))
                .containsExactly("invoice.finalised", "payment.allocated", "invoice.paid");
        assertThat(atlas.only().standing().status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(payer().free(USD)).isEqualTo(usd("3.30"));
    }

    @Test
    void what_is_billed_with_a_subscription_is_not_owed_here() {
        charged("20.00");
        receive("25.00");
        SettlePeriod.Terms elastic = new SettlePeriod.Terms(BigDecimal.ZERO, true);
        Event told = settling.done("settle", settle(elastic)).events().single();
        assertThat(told.data().get("status")).contains("INVOICED");
        assertThat(told.data().get("amount")).contains("20.00");
        assertThat(payer().open(USD)).isEqualTo(usd("0"));
        assertThat(payer().free(USD)).isEqualTo(usd("25.00"));
    }

    @Test
    void no_month_of_a_parked_account_is_settled() {
        charged("20.00");
        settling.done("park", new AccountCommand.Park(AtlasWorld.ACCOUNT, PARK.reason(), PARK.release()));
        CommandRefused.Parked parked = new CommandRefused.Parked(AtlasWorld.ACCOUNT, PARK.reason(), PARK.release());
        assertThat(settling.refused("settle", settle(AtlasWorld.TAXED))).isEqualTo(parked);
        assertThat(atlas.settlePeriod.settle(AtlasWorld.ACCESS, AtlasWorld.ACCOUNT, AtlasWorld.JUNE, AtlasWorld.TAXED))
                .isEqualTo(Either.left(new SettleRefused.NotSettled(parked)));
        assertThat(atlas.only().invoice()).isInstanceOf(Invoice.Running.class);
        settling.done("resume", new AccountCommand.Resume(AtlasWorld.ACCOUNT, "moved"));
        atlas.settle(AtlasWorld.JUNE, AtlasWorld.TAXED);
    }

    private void charged(String amount) {
        atlas.post(AtlasWorld.charge("a", "2018-06-18", "1", amount));
        atlas.clock.set(AtlasWorld.month(AtlasWorld.JUNE).end());
    }

    private void receive(String amount) {
        settling.done(
                "pay",
                new PaymentCommand.Receive(
                        AtlasWorld.ACCOUNT, "card", usd(amount), new PaymentCommand.Allocation.OldestFirst()));
    }

    private Account payer() {
        return Account.of(
                AtlasWorld.ACCOUNT,
                atlas.ports.accounts().entries(Access.toAll(AtlasWorld.TENANT), AtlasWorld.ACCOUNT));
    }

    private static PeriodCommand settle(SettlePeriod.Terms terms) {
        return new PeriodCommand.Settle(AtlasWorld.ACCOUNT, AtlasWorld.JUNE, terms);
    }

    // Steps

    private static PeriodCommand close(YearMonth month) {
        return new PeriodCommand.Close(ACCOUNT, month);
    }

    private void describe(long version, Option<String> zone, Option<AccountId> payer) {
        commands.done(
                "describe " + version,
                new AccountCommand.Describe(new AccountDetails(
                        ACCOUNT,
                        version,
                        Option.none(),
                        Array.empty(),
                        Array.empty(),
                        zone.map(ZoneId::of),
                        Option.none(),
                        payer.map(account -> new AccountDetails.Payer(account, AccountDetails.Payer.Mode.CONSOLIDATED)),
                        at("2024-01-01T00:00:00Z"))));
    }

    private Stored stored() {
        return world.ports.invoices().find(ALL, MONTH).get();
    }

    private static Option<InvoiceNumber> number(Stored stored) {
        return ((Invoice.Issued) stored.invoice()).number();
    }

    private Account account() {
        return Account.of(ACCOUNT, world.ports.accounts().entries(ALL, ACCOUNT));
    }

    private static Seq<String> types(Receipt receipt) {
        return receipt.events().map(Event::type);
    }
}

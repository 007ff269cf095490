package dev.billing.testkit.usecase;

import static dev.billing.testkit.usecase.World.FEBRUARY;
import static dev.billing.testkit.usecase.World.TENANT;
import static dev.billing.testkit.usecase.World.at;
import static dev.billing.testkit.usecase.World.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.Ref;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Payer;
import dev.billing.domain.account.Entry;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.NumberSeries;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Spaces;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Published;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.testkit.FaultInjection.Call;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.MonthCommand;
import dev.billing.usecase.Report;
import dev.billing.usecase.RunOptions;
import dev.billing.usecase.RunProgress;
import dev.billing.usecase.RunReport;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RunMonthTest {

    private static final Access ALL = Access.toAll(TENANT);
    private static final Executor HERE = Runnable::run;
    private static final NumberSeries NUMBERS =
            new NumberSeries("invoices", Array.empty(), new NumberFormat("INV-", 4), Series.Gaps.NONE);
    private static final Profile NUMBERED = numbered(NUMBERS);
    private static final Seq<AccountId> ACCOUNTS =
            Array.of("ada", "bob", "cleo", "dan", "eve").map(AccountId::new);
    private static final AccountId ADA = ACCOUNTS.get(0);
    private static final AccountId BOB = ACCOUNTS.get(1);
    private static final AccountId CLEO = ACCOUNTS.get(2);
    private static final AccountId DAN = ACCOUNTS.get(3);
    private static final RunOptions FEBRUARY_RUN = RunOptions.of("run", FEBRUARY);

    /**
     * Five accounts: each has things for 25 dollars, and one more with each; the second pays for the first on its own bill, the third for
     * the fourth on one of its own; the fifth has credit.
     */
    private static final class Accounts {

        final World world = new World();
        final Billing billing;
        private int keys;

        Accounts(Profile profile) {
            this(profile, Array.empty());
            ACCOUNTS.zipWithIndex()
                    .forEach(account -> Array.rangeClosed(0, account._2).forEach(thing -> begin(account._1, thing)));
            run(new AccountCommand.Describe(paidBy(ADA, BOB, Payer.Mode.CONSOLIDATED)));
            run(new AccountCommand.Describe(paidBy(DAN, CLEO, Payer.Mode.SEPARATE)));
            run(new AccountCommand.Grant(
                    ACCOUNTS.last(), CreditGrant.of("gift", usd("5.00"), at("2024-01-01T00:00:00Z"))));
        }

        /** Accounts that have one thing each, which is all that is known of them. */
        Accounts(Profile profile, Seq<AccountId> some) {
            billing = world.billing.with(profile);
            some.forEach(account -> begin(account, 0));
        }

        private void begin(AccountId account, int thing) {
            world.record(World.begun(
                    account + " " + thing, account, "dyno", World.API, "2024-02-01T00:00:00Z", Option.none()));
        }

        void run(Command command) {
            billing.commands()
                    .run(ALL, new CommandKey("command " + ++keys), command)
                    .getOrElseThrow(refused -> new AssertionError(refused.message()));
        }

        RunReport bill() {
            return bill(FEBRUARY_RUN, HERE);
        }

        RunReport bill(RunOptions options, Executor executor) {
            return billing.runMonth().run(ALL, options, executor, progress -> {});
        }

        InvoiceNumber number(RunReport.Closed closed) {
            Stored stored = world.ports.invoices().find(ALL, closed.invoice()).get();
            return ((Invoice.Issued) stored.invoice()).number().get();
        }

        All all() {
            return new All(
                    world.documents(),
                    world.documents().map(world::linesOf),
                    ACCOUNTS.map(account -> world.ports.accounts().entries(ALL, account)),
                    world.ports.outbox().undelivered(TENANT, 10_000));
        }
    }

    private static Profile numbered(NumberSeries numbers) {
        return Standard.profile().with(Standard.profile().invoicing().numbered(numbers, numbers));
    }

    /** All that is stored. */
    record All(Seq<Stored> documents, Seq<Seq<LineItem>> lines, Seq<Seq<Entry>> entries, Seq<Published> events) {}

    private static AccountDetails details(AccountId account) {
        return AccountDetails.of(account, at("2024-01-01T00:00:00Z"));
    }

    private static AccountDetails paidBy(AccountId account, AccountId payer, Payer.Mode mode) {
        return details(account).paidBy(payer, mode);
    }

    @Test
    void closes_the_month_of_every_account() {
        Accounts accounts = new Accounts(NUMBERED);
        RunReport report = accounts.bill();
        assertThat(report.closed()
                        .map(closed -> closed.account() + " " + closed.due().get()))
                .containsExactly("bob USD 75.00", "cleo USD 75.00", "dan USD 100.00", "eve USD 120.00");
        assertThat(report.due()).isEqualTo(HashMap.of(World.USD, usd("370.00")));
        assertThat(report.parked()).isEmpty();
        assertThat(accounts.world.documents().map(stored -> stored.standing().status()))
                .containsOnly(InvoiceStatus.CLOSED);
        assertThat(accounts.bill().outcomes())
                .as("again, nothing is left to do")
                .isEqualTo(report.outcomes());
    }

    @Test
    void what_is_final_already_stays_as_it_is() {
        Accounts accounts = new Accounts(NUMBERED);
        accounts.run(new MonthCommand.Bill(CLEO, FEBRUARY, Terms.NONE));
        accounts.run(new DraftCommand.Finalise(
                accounts.world.documents().head().invoice().head().id()));
        assertThat(accounts.bill().alreadyClosed().map(RunReport.AlreadyClosed::account))
                .containsExactly(CLEO);
    }

    @Test
    void killed_at_any_call_and_begun_again_it_ends_as_if_nothing_had_happened() {
        Accounts undisturbed = new Accounts(NUMBERED);
        HashMap<Call, Long> before = calls(undisturbed);
        RunReport report = undisturbed.bill();
        HashMap<Call, Long> after = calls(undisturbed);
        All all = undisturbed.all();
        int killed = 0;
        for (Call call : Call.values()) {
            for (int nth = 1; nth <= after.get(call).get() - before.get(call).get(); nth++) {
                assertEndsAs(report, all, call, nth, true);
                assertEndsAs(report, all, call, nth, false);
                killed += 2;
            }
        }
        assertThat(killed).as("the run was killed at so many places").isGreaterThan(100);
    }

    private static HashMap<Call, Long> calls(Accounts accounts) {
        return HashMap.ofEntries(
                Array.of(Call.values()).map(call -> new io.vavr.Tuple2<>(call, accounts.world.faults.calls(call))));
    }

    private static void assertEndsAs(RunReport report, All all, Call call, int nth, boolean before) {
        Accounts accounts = new Accounts(NUMBERED);
        fail(accounts, call, nth, before);
        assertThatThrownBy(() -> accounts.bill(FEBRUARY_RUN.attempts(1), HERE))
                .as("%s %s %s", before, call, nth)
                .isInstanceOf(StorageException.class);
        assertThat(accounts.bill(FEBRUARY_RUN.attempts(1), HERE).outcomes())
                .as("%s %s %s", before, call, nth)
                .isEqualTo(report.outcomes());
        assertThat(accounts.all()).as("%s %s %s", before, call, nth).isEqualTo(all);
    }

    private static void fail(Accounts accounts, Call call, int nth, boolean before) {
        if (before) {
            accounts.world.faults.before(call, nth);
        } else {
            accounts.world.faults.after(call, nth);
        }
    }

    @Test
    void a_storage_that_fails_for_a_moment_is_asked_again() {
        Accounts undisturbed = new Accounts(NUMBERED);
        RunReport report = undisturbed.bill();
        Accounts accounts = new Accounts(NUMBERED);
        Array.of(Call.COMMIT, Call.ANSWER, Call.FIND, Call.ENTRIES, Call.DETAILS, Call.LIFETIMES, Call.USAGE)
                .zipWithIndex()
                .forEach(call -> fail(accounts, call._1, 2, call._2 % 2 == 0));
        assertThat(accounts.bill(FEBRUARY_RUN.attempts(20), HERE)).isEqualTo(report);
        assertThat(accounts.all()).isEqualTo(undisturbed.all());
    }

    @Test
    void some_hundred_accounts_are_numbered_in_their_order_however_many_are_billed_at_once() {
        Seq<AccountId> many = Array.rangeClosed(1, 600).map(number -> new AccountId("account " + (1_000 + number)));
        Accounts accounts = new Accounts(NUMBERED, many);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            RunReport report = accounts.bill(FEBRUARY_RUN, threads);
            assertThat(report.closed().map(RunReport.Closed::account)).isEqualTo(many);
            assertThat(report.closed().map(closed -> accounts.number(closed).value()))
                    .isEqualTo(Array.rangeClosed(1L, 600L));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void accounts_of_which_there_are_only_facts_are_billed() {
        Accounts accounts = new Accounts(NUMBERED, Array.of(CLEO));
        accounts.world.record(new Report.Used(
                World.id("use"), BOB, "gigabytes", BigDecimal.TEN, at("2024-02-03T00:00:00Z"), World.API));
        assertThat(accounts.world.ports.accounts().accounts(ALL, Option.none(), 10))
                .as("accounts that are known before the run")
                .isEmpty();
        assertThat(accounts.bill()
                        .closed()
                        .map(closed -> closed.account() + " " + closed.due().get()))
                .containsExactly("bob USD 0.10", "cleo USD 25.00");
    }

    @Test
    void a_series_counts_by_the_legal_entity_that_an_account_is_billed_by() {
        NumberSeries byEntity = new NumberSeries(
                "invoices",
                Array.of(new NumberSeries.OfAttribute("legal entity")),
                new NumberFormat("{legal entity}-", 1),
                Series.Gaps.NONE);
        Accounts accounts = new Accounts(numbered(byEntity), Array.of(ADA, BOB, CLEO, DAN));
        Array.of(ADA, BOB, DAN)
                .zip(Array.of("GMBH", "INC", "GMBH"))
                .forEach(known -> accounts.run(
                        new AccountCommand.Describe(details(known._1).with("legal entity", Attribute.of(known._2)))));
        RunReport report = accounts.bill();
        assertThat(report.closed().map(closed -> accounts.number(closed).text()))
                .containsExactly("GMBH-1", "INC-1", "GMBH-2");
        assertThat(report.parked().map(RunReport.Parked::account)).containsExactly(CLEO);
        assertThat(report.parked().head().reason()).contains("'legal entity'");
        accounts.run(new AccountCommand.Describe(details(CLEO).with("legal entity", Attribute.of("INC"))));
        accounts.run(new AccountCommand.Resume(CLEO, "mended"));
        RunReport mended = accounts.bill();
        assertThat(mended.closed().map(closed -> accounts.number(closed).text()))
                .as("the draft that was made before gets what it lacked")
                .containsExactly("GMBH-1", "INC-1", "INC-2", "GMBH-2");
    }

    @Test
    void a_series_counts_by_the_space_that_an_account_is() {
        Accounts accounts = new Accounts(
                numbered(new NumberSeries(
                        "invoices",
                        Array.of(new NumberSeries.Place(Spaces.SPACE)),
                        NumberFormat.PLAIN,
                        Series.Gaps.NONE)),
                Array.of(ADA, BOB));
        Array.of(ADA, BOB)
                .forEach(account -> accounts.run(new AccountCommand.Describe(
                        details(account).in(Spaces.SPACE, new Ref("space", "of " + account, "")))));
        assertThat(accounts.bill()
                        .closed()
                        .map(closed -> accounts.number(closed).value()))
                .containsExactly(1L, 1L);
        assertThat(accounts.world
                        .documents()
                        .map(stored -> stored.invoice()
                                .head()
                                .places()
                                .get(Spaces.SPACE)
                                .get()
                                .id()))
                .containsExactlyInAnyOrder("of ada", "of bob");
    }

    @Test
    void an_account_that_cannot_be_billed_is_parked_and_closed_once_it_is_mended() {
        Accounts accounts = new Accounts(NUMBERED);
        Terms broken = Terms.NONE.commitments(
                new Commitment("least", Scope.DOCUMENT, "dyno", Money.of("EUR", "400.00"), false));
        RunReport report =
                accounts.bill(FEBRUARY_RUN.under(account -> account.equals(CLEO) ? broken : Terms.NONE), HERE);
        assertThat(report.parked().map(RunReport.Parked::account)).containsExactly(CLEO);
        assertThat(report.parked().head().reason()).contains("EUR", "USD");
        assertThat(report.parked().head().release()).contains("resume");
        assertThat(report.closed().map(RunReport.Closed::account))
                .as("dan is billed to cleo, who is parked")
                .containsExactly(BOB, ACCOUNTS.last());
        assertThat(report.left().map(RunReport.Left::account)).containsExactly(DAN);
        assertThat(accounts.bill().parked().map(RunReport.Parked::reason))
                .containsExactly(report.parked().head().reason());
        accounts.run(new AccountCommand.Resume(CLEO, "mended"));
        assertThat(accounts.bill().closed()).hasSize(4);
    }

    @Test
    void parks_again_what_fails_again() {
        Accounts accounts = new Accounts(NUMBERED);
        RunOptions failing = FEBRUARY_RUN.under(account -> {
            throw new IllegalStateException("No terms\u0000 of " + account);
        });
        assertThat(accounts.bill(failing, HERE).parked()).hasSize(4);
        accounts.run(new AccountCommand.Resume(CLEO, "mended"));
        assertThat(accounts.bill(failing, HERE).parked().map(RunReport.Parked::account))
                .containsExactly(BOB, CLEO, DAN, ACCOUNTS.last());
        assertThat(accounts.world.ports.accounts().entries(ALL, CLEO)).hasSize(3);
    }

    @Test
    void drafts_are_left_and_kept_up_to_date_while_facts_are_awaited() {
        Accounts accounts = new Accounts(NUMBERED);
        RunOptions waiting = FEBRUARY_RUN.after(Duration.ofDays(10));
        assertThat(accounts.bill(waiting, HERE).left()).hasSize(4);
        accounts.world.record(World.begun("late", CLEO, "database", World.API, "2024-02-01T00:00:00Z", Option.none()));
        accounts.world.clock.set(at("2024-03-10T23:59:59.999Z"));
        assertThat(accounts.bill(waiting, HERE).closed()).isEmpty();
        assertThat(accounts.world.documents().map(stored -> stored.standing().status()))
                .containsOnly(InvoiceStatus.PENDING);
        accounts.world.record(World.begun("later", CLEO, "database", World.API, "2024-02-01T00:00:00Z", Option.none()));
        accounts.world.clock.set(at("2024-03-11T00:00:00Z"));
        assertThat(accounts.bill(waiting, HERE)
                        .closed()
                        .find(closed -> closed.account().equals(CLEO))
                        .flatMap(RunReport.Closed::due))
                .containsExactly(usd("175.00"));
    }

    @Test
    void drafts_are_put_up_for_review_and_then_left_alone() {
        Accounts accounts = new Accounts(NUMBERED);
        assertThat(accounts.bill(FEBRUARY_RUN.reviewed(), HERE).left()).hasSize(4);
        assertThat(accounts.world.documents().map(stored -> stored.standing().status()))
                .containsOnly(InvoiceStatus.IN_REVIEW);
        All all = accounts.all();
        RunReport another = accounts.bill(RunOptions.of("another", FEBRUARY), HERE);
        assertThat(another.left().map(RunReport.Left::why)).allMatch(why -> why.contains("in review"));
        assertThat(accounts.all()).isEqualTo(all);
    }

    @Test
    void tells_how_far_it_is() {
        Accounts accounts = new Accounts(NUMBERED);
        List<RunProgress> told = new ArrayList<>();
        accounts.billing.runMonth().run(ALL, FEBRUARY_RUN, HERE, progress -> {
            told.add(progress);
            accounts.world.clock.advance(Duration.ofSeconds(2));
        });
        assertThat(told).extracting(RunProgress::done).containsExactly(1L, 2L, 3L, 4L);
        assertThat(told.get(0).perSecond()).isEmpty();
        assertThat(told.get(2))
                .isEqualTo(new RunProgress(3, 4, 0, Duration.ofSeconds(4)))
                .satisfies(third -> {
                    assertThat(third.perSecond().get()).isEqualByComparingTo(new BigDecimal("0.75"));
                    assertThat(third.left().get())
                            .isEqualTo(Duration.ofSeconds(4).dividedBy(3));
                });
    }

    @Test
    void nothing_outside_the_access_is_billed() {
        Accounts accounts = new Accounts(NUMBERED);
        RunReport report =
                accounts.billing.runMonth().run(Access.to(TENANT, CLEO, ADA), FEBRUARY_RUN, HERE, progress -> {});
        assertThat(report.outcomes().map(RunReport.Outcome::account)).containsExactly(CLEO);
    }
}

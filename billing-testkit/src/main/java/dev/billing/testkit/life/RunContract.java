package dev.billing.testkit.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.Billing;
import dev.billing.domain.AccountId;
import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.AccountDetails.Payer.Mode;
import dev.billing.domain.account.Entry;
import dev.billing.domain.invoice.CreditGrant;
import dev.billing.domain.invoice.Invoicing;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.NumberSeries;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Existence;
import dev.billing.domain.pricing.Commitment;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.pricing.Rate;
import dev.billing.domain.pricing.Scope;
import dev.billing.domain.profile.Profile;
import dev.billing.domain.profile.Standard;
import dev.billing.domain.rating.Terms;
import dev.billing.domain.usage.Fact;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.Lifetime;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Published;
import dev.billing.port.StorageException;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.testkit.FaultInjection;
import dev.billing.usecase.AccountCommand;
import dev.billing.usecase.Command;
import dev.billing.usecase.PaymentCommand;
import dev.billing.usecase.PaymentCommand.Allocation;
import dev.billing.usecase.RunOptions;
import dev.billing.usecase.RunReport;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A billing run ends in the same bytes, as many accounts as it bills at once, and wherever it is killed and begun again: documents with
 * their numbers and seals, lines, entries and events are those of a run that bills one account after the other and is never disturbed.
 * Extend it for a storage of your own.
 */
public abstract class RunContract {

    private static final Instant NOW = Instant.parse("2024-03-10T12:00:00Z");
    private static final Instant BEGUN = Instant.parse("2024-02-01T00:00:00Z");
    private static final RunOptions FEBRUARY = RunOptions.of("run", YearMonth.of(2024, 2))
            .under(RunContract::terms)
            .attempts(1);
    private static final NumberSeries NUMBERS = NumberSeries.ofTenant("invoices", new NumberFormat("INV-", 4));
    private static final Profile NUMBERED =
            Standard.profile().with(Standard.profile().invoicing().numbered(NUMBERS, NUMBERS));
    private static final Profile UNNUMBERED = Standard.profile().with(Invoicing.of(Standard.BILLED));
    private static final Product THING =
            new Product("thing", "compute", "month", new PerUnit(usd("10")), Option.none());
    private static final Product REQUESTS =
            new Product("requests", "usage", "request", new PerUnit(usd("1")), Option.some("requests"));
    private static final PriceBook PRICES = PriceBook.of(
            new PriceBookVersion("main", 1), usd("1").currency(), Instant.EPOCH, Array.of(THING, REQUESTS));
    private static final int EVENTS = 10_000;

    /**
     * Bob pays for ada on his own bill; fay pays for cleo, and cleo for dan, on bills of their own. Eve has credit, and fay paid early.
     * Nobody can bill gus. Of hal there are only facts.
     */
    private static final Seq<AccountId> ACCOUNTS =
            Array.of("ada", "bob", "cleo", "dan", "eve", "fay", "gus", "hal").map(AccountId::new);

    private static final AccountId EVE = ACCOUNTS.get(4);
    private static final AccountId FAY = ACCOUNTS.get(5);
    private static final AccountId GUS = ACCOUNTS.get(6);

    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    /** Ports of the storage. Every run has a tenant of its own, so that they may be the same ones each time. */
    protected abstract Ports ports();

    /** A run is killed after each so-manieth call. */
    protected int every() {
        return 1;
    }

    @AfterEach
    final void end() {
        threads.shutdownNow();
    }

    /** Documents, numbers, entries and events come in the order of the accounts. */
    @Test
    void many_at_once_end_as_one_after_the_other() {
        Books undisturbed = new Books(NUMBERED).billed(Runnable::run, 1);
        for (int round = 0; round < 20; round += every()) {
            assertThat(new Books(NUMBERED).billed(threads, 4).all()).isEqualTo(undisturbed.all());
        }
        assertThat(new Books(UNNUMBERED).billed(threads, 4).all())
                .isEqualTo(new Books(UNNUMBERED).billed(Runnable::run, 1).all());
    }

    /** One after the other, then many at once. */
    @Test
    void a_numbered_run_ends_in_the_same_bytes_wherever_it_is_killed() {
        checkKilled(NUMBERED, Runnable::run, 1);
        checkKilled(NUMBERED, threads, 4);
    }

    /** Where numbers do not ask for an order, payers do. */
    @Test
    void a_run_without_numbers_ends_in_the_same_bytes_wherever_it_is_killed() {
        checkKilled(UNNUMBERED, threads, 4);
    }

    private void checkKilled(Profile profile, Executor executor, int atOnce) {
        Books undisturbed = new Books(profile);
        long before = undisturbed.faults.calls();
        All all = undisturbed.billed(Runnable::run, 1).all();
        long run = undisturbed.faults.calls() - before;
        for (long calls = 0; calls < run; calls += every()) {
            Books killed = new Books(profile);
            killed.faults.downAfter(calls);
            assertThatThrownBy(() -> killed.billed(executor, atOnce))
                    .as("A run of which the storage is down after %s calls must fail", calls)
                    .isInstanceOf(StorageException.class);
            killed.faults.up();
            assertThat(killed.billed(executor, atOnce).all())
                    .as(
                            "A run that was killed after %s calls and begun again must end as if nothing had happened",
                            calls)
                    .isEqualTo(all);
        }
    }

    /** All that a run leaves behind. */
    private record All(
            Seq<RunReport.Outcome> outcomes,
            Seq<Stored> documents,
            Seq<Seq<LineItem>> lines,
            Seq<Seq<Entry>> entries,
            Seq<Published> events) {}

    /** A tenant that is to be billed. */
    private final class Books {

        private final Access access = Access.toAll(new TenantId("run " + UUID.randomUUID()));
        private final FaultInjection faults = new FaultInjection();
        private final Billing billing;
        private RunReport report = new RunReport(Array.empty(), Duration.ZERO);
        private int keys;

        Books(Profile profile) {
            billing = Billing.on(faults.in(ports())).with(profile).with(Clock.fixed(NOW, ZoneOffset.UTC));
            billing.priceBooks().put(access.tenant(), PRICES);
            ports().usage().record(access.tenant(), ACCOUNTS.zipWithIndex(RunContract::fact));
            Array.of(
                            paidBy("ada", "bob", Mode.CONSOLIDATED),
                            paidBy("cleo", "fay", Mode.SEPARATE),
                            paidBy("dan", "cleo", Mode.SEPARATE),
                            new AccountCommand.Grant(EVE, CreditGrant.of("gift", usd("2.50"), BEGUN)),
                            new PaymentCommand.Receive(FAY, "early", usd("12"), new Allocation.Nothing()))
                    .forEach(this::did);
        }

        private void did(Command command) {
            billing.commands()
                    .run(access, new CommandKey("command " + ++keys), command)
                    .getOrElseThrow(refused -> new AssertionError(refused.message()));
        }

        Books billed(Executor executor, int atOnce) {
            report = billing.runMonth().run(access, FEBRUARY.atOnce(atOnce), executor, progress -> {});
            return this;
        }

        All all() {
            Ports stored = ports();
            Seq<Stored> documents = stored.invoices()
                    .search(access, InvoiceQuery.ALL, PageRequest.first(PageRequest.MAX_SIZE))
                    .rows();
            return new All(
                    report.outcomes(),
                    documents,
                    documents.map(document -> stored.invoices()
                            .lines(
                                    access,
                                    LineItemQuery.of(document.invoice().head().id()),
                                    lines -> Array.ofAll(() -> lines))),
                    ACCOUNTS.map(account -> stored.accounts().entries(access, account)),
                    stored.outbox().undelivered(access.tenant(), EVENTS));
        }
    }

    private static Terms terms(AccountId account) {
        return account.equals(GUS)
                ? Terms.NONE.commitments(
                        new Commitment("least", Scope.DOCUMENT, "compute", Money.of("EUR", "400.00"), false))
                : Terms.NONE;
    }

    /** A thing that one account has, or what the next one used. */
    private static Fact fact(AccountId account, int index) {
        FactId id = new FactId("fact of " + account);
        BigDecimal quantity = BigDecimal.valueOf(index + 1L);
        return index % 2 == 0
                ? new Lifetime(
                        id,
                        account,
                        new Rate(PRICES.version(), THING.sku(), THING.category(), THING.unit(), THING.rule()),
                        quantity,
                        "thing",
                        HashMap.empty(),
                        Existence.since(BEGUN),
                        BEGUN)
                : new UsageRecord(id, account, "requests", quantity, BEGUN, HashMap.empty(), BEGUN);
    }

    private static Command paidBy(String account, String payer, Mode mode) {
        return new AccountCommand.Describe(
                AccountDetails.of(new AccountId(account), BEGUN).paidBy(new AccountId(payer), mode));
    }

    private static Money usd(String amount) {
        return Money.of("USD", amount);
    }
}

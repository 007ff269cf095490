package dev.billing.jdbc.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.AccountId;
import dev.billing.domain.account.Account;
import dev.billing.domain.account.Entry;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Standard;
import dev.billing.jdbc.JdbcPorts;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Published;
import dev.billing.port.Receipt;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.usecase.Command;
import dev.billing.usecase.Commands;
import dev.billing.usecase.CreditCommand;
import dev.billing.usecase.DraftCommand;
import dev.billing.usecase.PaymentCommand;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.money.CurrencyUnit;
import javax.money.Monetary;
import javax.sql.DataSource;

/** The library itself: each invoice is drafted, finalised, paid in part, and every third one credited in part, in commands with keys. */
final class LibraryLane implements Lane {

    static final String NAME = "LIBRARY";

    private static final TenantId TENANT = new TenantId("tenant");
    private static final Access ALL = Access.toAll(TENANT);
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final CurrencyUnit USD = Monetary.getCurrency("USD");
    private static final int ACCOUNTS = 8;
    private static final int INVOICES_OF_AN_ACCOUNT = 10;

    private final Ports ports;
    private final Commands commands;
    private final ConcurrentMap<AccountId, Money> owed = new ConcurrentHashMap<>();

    private LibraryLane(Ports ports) {
        this.ports = ports;
        this.commands = new Commands(ports, Standard.profile(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static LibraryLane on(DataSource database) {
        return new LibraryLane(JdbcPorts.open(database));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Books.Row issue(int writer, int step) {
        AccountId account = new AccountId("account-" + writer % ACCOUNTS + "-" + step / INVOICES_OF_AN_ACCOUNT);
        InvoiceId invoice = new InvoiceId("invoice-" + writer + "-" + step);
        Seq<LineItem> lines = lines(writer, step);
        Money total = lines.map(line -> line.net().get()).reduce(Money::plus);
        run(invoice, "open", new DraftCommand.Open(invoice, account, lines));
        Receipt issued = run(invoice, "finalise", new DraftCommand.Finalise(invoice));
        Money paid = usd(1 + step % 7);
        run(
                invoice,
                "pay",
                new PaymentCommand.Receive(
                        account, "payment-of-" + invoice, paid, new PaymentCommand.Allocation.OldestFirst()));
        Money credited = step % 3 == 0 ? usd(1) : usd(0);
        if (credited.isPositive()) {
            run(
                    invoice,
                    "credit",
                    new CreditCommand.Credit(
                            invoice,
                            new InvoiceId("note-of-" + invoice),
                            Array.of(new CreditCommand.Part.Amount(credited)),
                            "because"));
        }
        owed.merge(account, total.minus(paid).minus(credited), Money::plus);
        return new Books.Row(
                invoice.value(), issued.numbers().get(invoice).get().value(), total.amount());
    }

    private static Seq<LineItem> lines(int writer, int step) {
        return Array.rangeClosed(0, step % 3)
                .map(line -> LineItem.builder(
                                new LineId("line-" + line), "sku", "compute", NOW, Origin.Provided.of("line-" + line))
                        .price(usd(2 + (writer + step + line) % 11))
                        .position(line)
                        .build());
    }

    private static Money usd(int cents) {
        return Money.ofMinor(USD, cents);
    }

    private Receipt run(InvoiceId invoice, String what, Command command) {
        return commands.run(ALL, new CommandKey(what + " " + invoice), command)
                .getOrElseThrow(refused -> new AssertionError(what + " " + invoice + ": " + refused.message()));
    }

    @Override
    public Books books(Seq<Books.Row> told) {
        return new Books(
                documents()
                        .map(Stored::invoice)
                        .filter(document -> !document.head().id().value().startsWith("note-"))
                        .map(LibraryLane::row),
                told);
    }

    private static Books.Row row(Invoice document) {
        long number = document instanceof Invoice.Issued issued
                ? issued.number().map(given -> given.value()).getOrElse(0L)
                : 0;
        BigDecimal total = document.figures().amount(Standard.TOTAL).amount();
        return new Books.Row(document.head().id().value(), number, total);
    }

    private Seq<Stored> documents() {
        Seq<Stored> all = Array.empty();
        for (long offset = 0; ; offset += PageRequest.MAX_SIZE) {
            Seq<Stored> page = ports.invoices()
                    .search(ALL, InvoiceQuery.ALL, new PageRequest(offset, PageRequest.MAX_SIZE))
                    .rows();
            if (page.isEmpty()) {
                return all;
            }
            all = all.appendAll(page);
        }
    }

    /** What the books do not show: accounts, events and seals. */
    void check() {
        owed.forEach((account, balance) -> {
            Seq<Entry> entries = ports.accounts().entries(ALL, account);
            assertThat(Account.of(account, entries).balance(USD))
                    .as("What %s owes", account)
                    .isEqualTo(balance);
        });
        documents().map(Stored::invoice).forEach(this::checkSeal);
        checkEvents();
    }

    private void checkSeal(Invoice document) {
        Invoice.Issued issued = (Invoice.Issued) document;
        boolean holds = ports.invoices()
                .lines(
                        ALL,
                        LineItemQuery.of(issued.head().id()),
                        lines -> issued.seal().get().isOf(issued, lines));
        assertThat(holds).as("The seal of %s holds", issued.head().id()).isTrue();
    }

    private void checkEvents() {
        Map<AccountId, ? extends Seq<Published>> events = ports.outbox()
                .undelivered(TENANT, Integer.MAX_VALUE)
                .groupBy(published -> published.event().account());
        assertThat(events.keySet()).as("Accounts with events").hasSameElementsAs(owed.keySet());
        events.forEach((account, all) -> {
            assertThat(all.map(Published::number))
                    .as("Numbers of the events of %s", account)
                    .containsExactlyElementsOf(Array.rangeClosed(1L, all.size()));
            assertThat(all.filter(one -> one.event().type().equals("invoice.finalised"))
                            .map(one -> one.event().subject()))
                    .as("Invoices of %s that were finalised", account)
                    .doesNotHaveDuplicates();
        });
    }
}

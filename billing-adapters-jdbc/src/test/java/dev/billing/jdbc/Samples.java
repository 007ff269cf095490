package dev.billing.jdbc;

import dev.billing.domain.AccountId;
import dev.billing.domain.Dimension;
import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Series;
import dev.billing.domain.line.LineId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Origin;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import javax.money.CurrencyUnit;
import javax.money.Monetary;

/** Values that the tests share. */
final class Samples {

    static final TenantId TENANT = new TenantId("tenant");
    static final Access ALL = Access.toAll(TENANT);
    static final AccountId ALICE = new AccountId("alice");
    static final Dimension APP = new Dimension("app");
    static final Period FEBRUARY = Period.ofMonth(YearMonth.of(2024, 2), ZoneOffset.UTC);
    static final Instant NOW = Instant.parse("2024-03-01T02:03:04.567Z");
    static final Series SERIES = new Series("shop");
    static final CurrencyUnit USD = Monetary.getCurrency("USD");

    private static final AtomicLong KEYS = new AtomicLong();

    private Samples() {}

    static Head head(String id) {
        return Head.of(new InvoiceId(id), "standard", ALICE, FEBRUARY, USD, NOW);
    }

    static Map<Dimension, Ref> places(String app) {
        return HashMap.of(APP, Ref.named("app", app), new Dimension("region"), Ref.named("region", "eu"));
    }

    static LineItem line(String id, String price) {
        return LineItem.builder(new LineId(id), "sku", "compute", NOW, Origin.Provided.of(id))
                .price(Money.of("USD", price))
                .places(places("web"))
                .build();
    }

    static UsageRecord used(String id, String quantity) {
        return new UsageRecord(
                new FactId(id), ALICE, "requests", new BigDecimal(quantity), FEBRUARY.start(), places("web"), NOW);
    }

    static Write.Issue issue(String id, LineItem... lines) {
        return issue(head(id), Array.of(lines));
    }

    static Write.Issue issue(Head head, Iterable<LineItem> lines) {
        return new Write.Issue(
                new Invoice.Preview(head, Figures.NONE, NOW), lines, Option.some(SERIES), InvoiceStatus.CLOSED);
    }

    static Write.Revise revise(String id, long revision, Write.Revise.Change change, Iterable<LineItem> lines) {
        return new Write.Revise(new Invoice.Running(head(id), Figures.NONE, revision), lines, change);
    }

    /** Writes under a key of their own. */
    static Commit commit(Write... writes) {
        return Commit.of(newKey(), "content", writes);
    }

    /** A key that no other call gives. */
    static CommandKey newKey() {
        return new CommandKey("key-" + KEYS.incrementAndGet());
    }

    /** A document without its seal. */
    static Invoice unsealed(Invoice invoice) {
        Invoice.Issued issued = (Invoice.Issued) invoice;
        return new Invoice.Issued(issued.head(), issued.figures(), issued.number(), issued.issuedAt());
    }

    static Seq<LineItem> lines(InvoiceStore store, String id) {
        return store.lines(ALL, LineItemQuery.of(new InvoiceId(id)), lines -> Array.ofAll(() -> lines));
    }
}

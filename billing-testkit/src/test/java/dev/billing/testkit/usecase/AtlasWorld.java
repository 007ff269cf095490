package dev.billing.testkit.usecase;

import dev.billing.domain.AccountId;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.profile.Atlas;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Recorded;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.testkit.InMemoryPorts;
import dev.billing.testkit.SettableClock;
import dev.billing.usecase.Charge;
import dev.billing.usecase.ImportDocument;
import dev.billing.usecase.PostCharges;
import dev.billing.usecase.RecordPayment;
import dev.billing.usecase.SettlePeriod;
import dev.billing.usecase.SettlePeriod.Terms;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;

/** An Atlas organization that is charged and settled, in June 2018. */
final class AtlasWorld {

    static final TenantId TENANT = new TenantId("tenant");
    static final AccountId ACCOUNT = new AccountId("5b0000000000000000000001");
    static final AccountId OTHER = new AccountId("5b0000000000000000000009");
    static final Access ACCESS = Access.to(TENANT, ACCOUNT);
    static final YearMonth JUNE = YearMonth.of(2018, 6);
    static final YearMonth JULY = YearMonth.of(2018, 7);
    static final Terms TAXED = new Terms(new BigDecimal("0.085"), false);

    final SettableClock clock = SettableClock.at("2018-06-19T04:06:14Z");
    final Ports ports;
    final InvoiceStore store;
    final PostCharges postCharges;
    final SettlePeriod settlePeriod;
    final RecordPayment recordPayment;
    final ImportDocument importDocument;

    AtlasWorld() {
        this(InMemoryPorts.create());
    }

    AtlasWorld(Ports ports) {
        this.ports = ports;
        this.store = ports.invoices();
        this.postCharges = new PostCharges(store, Atlas.profile(), clock);
        this.settlePeriod = new SettlePeriod(ports, Atlas.profile(), clock);
        this.recordPayment = new RecordPayment(store, Atlas.BILLED, clock);
        this.importDocument = new ImportDocument(store);
    }

    static Money usd(String amount) {
        return Money.of("USD", amount);
    }

    static Period month(YearMonth month) {
        return Atlas.profile().calendar().period(month);
    }

    static Period day(String date) {
        Instant start = Instant.parse(date + "T00:00:00Z");
        return Period.of(start, start.plus(Duration.ofDays(1)));
    }

    static Charge charge(String id, String date, String quantity, String unitPrice) {
        return charge(ACCOUNT, id, date, quantity, unitPrice);
    }

    static Charge charge(AccountId account, String id, String date, String quantity, String unitPrice) {
        Period day = day(date);
        return Charge.of(
                account,
                id,
                "ATLAS_AWS_INSTANCE_M10",
                new BigDecimal(quantity),
                "server hours",
                usd(unitPrice),
                day,
                day.end().plusSeconds(14_774));
    }

    Recorded post(Charge... charges) {
        return postCharges.post(TENANT, Array.of(charges)).getOrElseThrow(refused -> new AssertionError(refused));
    }

    Stored settle(YearMonth month, Terms terms) {
        Instant over = month(month).end();
        if (clock.instant().isBefore(over)) {
            clock.set(over.plusSeconds(3_600));
        }
        return settlePeriod
                .settle(ACCESS, ACCOUNT, month, terms)
                .getOrElseThrow(refused -> new AssertionError(refused));
    }

    Seq<Stored> documents() {
        return store.search(Access.toAll(TENANT), InvoiceQuery.ALL, PageRequest.first(1_000))
                .rows();
    }

    Stored only() {
        Seq<Stored> all = documents();
        if (all.size() != 1) {
            throw new AssertionError("One document expected, but there are " + all);
        }
        return all.head();
    }

    Seq<LineItem> linesOf(Stored stored) {
        return store.lines(Access.toAll(TENANT), LineItemQuery.of(id(stored)), lines -> Array.ofAll(() -> lines));
    }

    static InvoiceId id(Stored stored) {
        return stored.invoice().head().id();
    }

    static long revision(Stored stored) {
        return ((Invoice.Running) stored.invoice()).revision();
    }

    static long cents(Stored stored, FigureKey key) {
        return stored.invoice().figures().amount(key).minorUnits();
    }
}

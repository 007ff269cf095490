package dev.billing.benchmarks;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.joda.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.killbill.billing.account.api.ImmutableAccountData;
import org.killbill.billing.callcontext.InternalCallContext;
import org.killbill.billing.catalog.api.BillingPeriod;
import org.killbill.billing.catalog.api.Currency;
import org.killbill.billing.catalog.api.Usage;
import org.killbill.billing.invoice.api.Invoice;
import org.killbill.billing.invoice.api.InvoiceApiException;
import org.killbill.billing.invoice.api.InvoiceItem;
import org.killbill.billing.invoice.api.InvoiceStatus;
import org.killbill.billing.invoice.dao.InvoiceDao;
import org.killbill.billing.invoice.dao.InvoiceTrackingModelDao;
import org.killbill.billing.invoice.generator.DefaultInvoiceGenerator;
import org.killbill.billing.invoice.generator.FixedAndRecurringInvoiceItemGenerator;
import org.killbill.billing.invoice.generator.InvoiceWithMetadata;
import org.killbill.billing.invoice.generator.UsageInvoiceItemGenerator;
import org.killbill.billing.invoice.model.DefaultInvoice;
import org.killbill.billing.invoice.model.RecurringInvoiceItem;
import org.killbill.billing.invoice.optimizer.InvoiceOptimizerBase.AccountInvoices;
import org.killbill.billing.invoice.usage.RawUsageOptimizer;
import org.killbill.billing.usage.api.RawUsageRecord;
import org.killbill.billing.util.callcontext.CallOrigin;
import org.killbill.billing.util.callcontext.UserType;
import org.killbill.clock.Clock;

/**
 * Kill Bill's invoice generator as its own wiring builds it, for one account whose facts, earlier invoices and known tracking ids are in
 * memory. There is no database, bus, cache or plug-in behind it.
 */
final class KillBill {

    private static final UUID ACCOUNT = new UUID(0, 1);
    private static final Usage USAGE = KillBillCatalog.graduated(Work.METER, Work.TIERS);

    private final DefaultInvoiceGenerator generator;
    private final InternalCallContext context;
    private final KillBillEvents events;
    private final LocalDate target;

    private AccountInvoices earlier;
    private List<InvoiceTrackingModelDao> known = List.of();

    private KillBill(Instant now, List<RawUsageRecord> records, KillBillEvents events, List<Invoice> earlier) {
        DateTime today = dateTime(now);
        KillBillConfig config = new KillBillConfig();
        Clock clock = new StoppedClock(today);
        this.context = context(today);
        this.target = today.toLocalDate();
        this.events = events;
        this.earlier = new AccountInvoices(null, null, earlier);
        this.generator = new DefaultInvoiceGenerator(
                clock,
                config,
                new FixedAndRecurringInvoiceItemGenerator(config, clock),
                new UsageInvoiceItemGenerator(
                        new RawUsageOptimizer(
                                config, trackings(), (from, to, dryRun, properties, tenant) -> records, clock),
                        config));
    }

    /** An account whose subscriptions have used these, and were not billed yet. */
    static KillBill withUsage(Work.Month month) {
        List<KillBillEvents.Created> created = IntStream.range(0, month.subscriptions())
                .mapToObj(subscription ->
                        created(subscription, Work.START, BillingPeriod.NO_BILLING_PERIOD, null, List.of(USAGE)))
                .toList();
        List<RawUsageRecord> records = month.uses().stream().map(Used::of).toList();
        return new KillBill(Work.END, records, new KillBillEvents(created), List.of());
    }

    /** An account whose subscriptions are billed by month in advance, each month of {@code months} on an invoice that is there. */
    static KillBill withHistory(int subscriptions, int months) {
        Instant since = Work.monthsBeforeEnd(months);
        List<KillBillEvents.Created> created = IntStream.range(0, subscriptions)
                .mapToObj(subscription ->
                        created(subscription, since, BillingPeriod.MONTHLY, Work.MONTHLY_PRICE, List.of()))
                .toList();
        List<Invoice> invoices = IntStream.range(0, months)
                .mapToObj(month -> invoice(dateTime(since).toLocalDate().plusMonths(month), subscriptions))
                .toList();
        return new KillBill(Work.END, List.of(), new KillBillEvents(created), invoices);
    }

    /** From now on this invoice is there, and all that went into it is known. */
    void keep(InvoiceWithMetadata invoice) {
        earlier = new AccountInvoices(null, null, List.of(invoice.getInvoice()));
        known = invoice.getTrackingIds().stream()
                .map(id -> new InvoiceTrackingModelDao(
                        id.getTrackingId(),
                        id.getInvoiceId(),
                        id.getSubscriptionId(),
                        id.getUnitType(),
                        id.getRecordDate()))
                .toList();
    }

    /** The invoice of what is not billed yet; without an invoice inside if that is nothing. */
    InvoiceWithMetadata invoice() {
        try {
            return generator.generateInvoice(
                    account(), events, earlier, null, target, Currency.USD, null, List.of(), context);
        } catch (InvoiceApiException e) {
            throw new IllegalStateException("Kill Bill refused to generate an invoice", e);
        }
    }

    /** The amounts of an invoice's items. */
    static Seq<BigDecimal> amounts(InvoiceWithMetadata invoice) {
        return invoice.getInvoice() == null
                ? Array.empty()
                : Array.ofAll(invoice.getInvoice().getInvoiceItems()).map(InvoiceItem::getAmount);
    }

    private InvoiceDao trackings() {
        return only(InvoiceDao.class, "getTrackingsByDateRange", () -> known);
    }

    private static ImmutableAccountData account() {
        return only(ImmutableAccountData.class, "getId", () -> ACCOUNT);
    }

    /** Answers one method, which is called a few times for an invoice and never for a record or an item. */
    private static <T> T only(Class<T> type, String method, Supplier<Object> answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer.get();
                    }
                    throw new UnsupportedOperationException(called.toString());
                }));
    }

    private static KillBillEvents.Created created(
            int subscription, Instant at, BillingPeriod period, @Nullable BigDecimal price, List<Usage> usages) {
        UUID id = subscriptionId(subscription);
        return new KillBillEvents.Created(id, id, dateTime(at), period, price, usages);
    }

    private static Invoice invoice(LocalDate from, int subscriptions) {
        DefaultInvoice invoice = new DefaultInvoice(ACCOUNT, from, from, Currency.USD, InvoiceStatus.COMMITTED);
        List<InvoiceItem> items = new ArrayList<>();
        for (int subscription = 0; subscription < subscriptions; subscription++) {
            items.add(item(invoice.getId(), subscriptionId(subscription), from));
        }
        invoice.addInvoiceItems(items);
        return invoice;
    }

    private static InvoiceItem item(UUID invoice, UUID subscription, LocalDate from) {
        return new RecurringInvoiceItem(
                UUID.randomUUID(),
                from.toDateTimeAtStartOfDay(DateTimeZone.UTC),
                invoice,
                ACCOUNT,
                subscription,
                subscription,
                KillBillCatalog.PLAN.getProduct().getName(),
                KillBillCatalog.PLAN.getName(),
                KillBillCatalog.PHASE.getName(),
                from.toDateTimeAtStartOfDay(DateTimeZone.UTC),
                from,
                from.plusMonths(1),
                Work.MONTHLY_PRICE,
                Work.MONTHLY_PRICE,
                Currency.USD);
    }

    private static InternalCallContext context(DateTime now) {
        return new InternalCallContext(
                1L,
                1L,
                DateTimeZone.UTC,
                DateTimeZone.UTC,
                now,
                new UUID(0, 2),
                "benchmark",
                CallOrigin.INTERNAL,
                UserType.SYSTEM,
                "",
                "",
                now,
                now);
    }

    private static UUID subscriptionId(int subscription) {
        return new UUID(1, subscription);
    }

    private static DateTime dateTime(Instant instant) {
        return new DateTime(instant.toEpochMilli(), DateTimeZone.UTC);
    }

    /** The components are named like the getters that they answer. */
    private record Used(
            UUID getSubscriptionId, DateTime getDate, String getUnitType, BigDecimal getAmount, String getTrackingId)
            implements RawUsageRecord {

        static RawUsageRecord of(Work.Use use) {
            return new Used(
                    subscriptionId(use.subscription()), dateTime(use.at()), Work.METER, use.quantity(), use.id());
        }
    }

    private record StoppedClock(DateTime now) implements Clock {

        @Override
        public DateTime getNow(DateTimeZone zone) {
            return now.withZone(zone);
        }

        @Override
        public DateTime getUTCNow() {
            return now;
        }

        @Override
        public LocalDate getUTCToday() {
            return now.toLocalDate();
        }

        @Override
        public LocalDate getToday(DateTimeZone zone) {
            return getNow(zone).toLocalDate();
        }
    }
}

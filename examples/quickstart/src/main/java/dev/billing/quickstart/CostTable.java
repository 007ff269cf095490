package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.domain.Ref;
import dev.billing.domain.line.Side;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.BillingCalendar;
import dev.billing.domain.period.Period;
import dev.billing.domain.rollup.Rollup;
import dev.billing.domain.rollup.Slot;
import dev.billing.port.Access;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.Page;
import dev.billing.port.PageRequest;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.quickstart.input.FocusFile;
import dev.billing.usecase.ReadInvoices;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.collection.Vector;
import java.util.Comparator;

/** Prints what providers charge, by provider and billing period, and below that by service category. */
final class CostTable {

    private static final Seq<String> HEADER = Array.of("provider", "billing period", "service category", "billed cost");

    private final Access access;
    private final InvoiceQuery running;
    private final ReadInvoices invoices;
    private final Console console;

    CostTable(TenantId tenant, Billing billing, Console console) {
        this.access = Access.toAll(tenant);
        this.running = InvoiceQuery.ofProfile(billing.profile().name()).in(InvoiceQuery.Form.RUNNING);
        this.invoices = billing.readInvoices();
        this.console = console;
    }

    private record Cost(String provider, Period period, String category, Money amount) {

        String start() {
            return provider + "\n" + period + "\n" + amount.currency();
        }
    }

    void print() {
        Seq<Cost> costs = documents().flatMap(this::costs);
        if (costs.nonEmpty()) {
            Seq<Seq<String>> rows =
                    costs.groupBy(Cost::start).toArray().sortBy(Tuple2::_1).flatMap(group -> rows(group._2));
            console.table(HEADER, rows.appendAll(totals(costs)));
        }
    }

    private Seq<Stored> documents() {
        Seq<Stored> all = Vector.empty();
        Page<Stored> page;
        do {
            page = invoices.list(access, running, new PageRequest(all.size(), PageRequest.MAX_SIZE));
            all = all.appendAll(page.rows());
        } while (page.rows().nonEmpty() && all.size() < page.total());
        return all;
    }

    private Seq<Cost> costs(Stored document) {
        Rollup rollup = invoices.rollUp(
                access, InvoiceQuery.byId(document.invoice().head().id()), FocusFile.PROVIDER);
        return document.invoice()
                .head()
                .period()
                .toArray()
                .flatMap(period -> rollup.sums()
                        .filterKeys(slot -> slot.side() == Side.COST)
                        .map(sum -> new Cost(provider(sum._1), period, sum._1.category(), sum._2)));
    }

    private static String provider(Slot slot) {
        return slot.group().get(FocusFile.PROVIDER).map(Ref::name).getOrElse("-");
    }

    private static Seq<Seq<String>> rows(Seq<Cost> costs) {
        Cost first = costs.head();
        String month =
                BillingCalendar.UTC_MONTHS.monthAt(first.period().start()).toString();
        Seq<Tuple2<String, Money>> categories = costs.groupBy(Cost::category)
                .toArray()
                .map(group -> new Tuple2<>(group._1, sum(group._2)))
                .sorted(Comparator.comparing(Tuple2::_1));
        return categories
                .map(category -> (Seq<String>) Array.of("", "", category._1, MonthTable.money(category._2)))
                .prepend(Array.of(first.provider(), month, "all", MonthTable.money(sum(costs))));
    }

    private static Seq<Seq<String>> totals(Seq<Cost> costs) {
        return costs.groupBy(cost -> cost.amount().currency())
                .values()
                .map(sameCurrency -> Array.of("all", "", "", MonthTable.money(sum(sameCurrency))));
    }

    private static Money sum(Seq<Cost> costs) {
        return costs.map(Cost::amount).reduce(Money::plus);
    }
}

package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.domain.BillingError;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Payment;
import dev.billing.domain.money.Money;
import dev.billing.domain.profile.Spaces;
import dev.billing.port.Access;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.quickstart.input.OrdersFile;
import dev.billing.quickstart.input.OrdersFile.PlacedOrder;
import dev.billing.quickstart.input.Problem;
import dev.billing.quickstart.input.Source;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Takes in the orders of shops: places them, and notes what was paid and shipped. */
final class OrderIntake {

    private static final String FILE = "orders.json";

    private final TenantId tenant;
    private final Billing billing;
    private final FileReports reports;

    OrderIntake(TenantId tenant, Billing billing, FileReports reports) {
        this.tenant = tenant;
        this.billing = billing;
        this.reports = reports;
    }

    void sample() {
        reports.take(Source.bundled(FILE), this::orders);
    }

    void folder(Path folder) {
        reports.takeIfThere(folder, FILE, this::orders);
    }

    private void orders(Source source) throws IOException {
        FileReports.Problems problems = reports.problems();
        Seq<PlacedOrder> orders = OrdersFile.read(source).peekLeft(problems).getOrElse(Array.empty());
        orders.forEach(order -> place(source, order, problems));
        reports.report(source, problems, orders.size(), "orders");
    }

    private void place(Source source, PlacedOrder placed, FileReports.Problems problems) {
        InvoiceId id = placed.order().id();
        billing.placeOrder()
                .place(tenant, placed.order())
                .peekLeft(refused -> refused.forEach(why -> tell(source, id, why, problems)))
                .peek(number -> follow(source, placed, problems));
    }

    private void follow(Source source, PlacedOrder placed, FileReports.Problems problems) {
        InvoiceId id = placed.order().id();
        Access access = Access.to(tenant, placed.order().account());
        placed.paidAt().forEach(at -> pay(source, access, id, at, problems));
        placed.shipped()
                .forEach(message ->
                        billing.shipOrder().ship(access, id, message).peekLeft(why -> tell(source, id, why, problems)));
    }

    private void pay(Source source, Access access, InvoiceId id, Instant at, FileReports.Problems problems) {
        Stored stored = billing.readInvoices().find(access, id).get();
        Money due = stored.invoice().figures().amount(Spaces.TOTAL);
        if (stored.standing().status() != InvoiceStatus.FREE) {
            billing.recordPayment(Spaces.TOTAL)
                    .record(access, id, new Payment("payment of " + id, due, at))
                    .peekLeft(why -> tell(source, id, why, problems));
        }
    }

    private static void tell(Source source, InvoiceId order, BillingError why, FileReports.Problems problems) {
        problems.accept(new Problem(source.name(), 1, "order " + order, why.message(), ""));
    }
}

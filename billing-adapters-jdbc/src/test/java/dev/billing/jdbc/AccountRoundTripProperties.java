package dev.billing.jdbc;

import static dev.billing.jdbc.Samples.ALICE;
import static dev.billing.jdbc.Samples.commit;
import static dev.billing.jdbc.Samples.newKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.account.AccountDetails;
import dev.billing.domain.account.Entry;
import dev.billing.domain.account.Movement;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceNumber;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Series;
import dev.billing.port.Access;
import dev.billing.port.Answer;
import dev.billing.port.Commit;
import dev.billing.port.Event;
import dev.billing.port.Ports;
import dev.billing.port.Published;
import dev.billing.port.Receipt;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import dev.billing.testkit.BillingDomain;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Whatever happens to an account comes back equal. */
@Domain(DomainContext.Global.class)
@Domain(BillingDomain.class)
class AccountRoundTripProperties {

    private static final Ports PORTS = JdbcPorts.open(H2.inMemory());
    private static final AtomicLong COUNT = new AtomicLong();

    @Property(tries = 200)
    void entries(@ForAll @Size(max = 6) List<Movement> any, @ForAll Entry entry) {
        TenantId tenant = newTenant();
        Seq<Movement> movements = Array.ofAll(any);
        Instant at = entry.at();
        PORTS.invoices()
                .commit(tenant, commit(new Write.Enter(ALICE, Option.some(0L), at, movements)))
                .get();
        assertThat(PORTS.accounts().entries(Access.toAll(tenant), ALICE))
                .isEqualTo(movements.zipWithIndex((movement, index) -> new Entry(index + 1L, at, movement)));
    }

    @Property(tries = 100)
    void details(@ForAll AccountDetails details) {
        TenantId tenant = newTenant();
        AccountDetails first = new AccountDetails(
                details.account(),
                1,
                details.customer(),
                details.contacts(),
                details.taxIds(),
                details.zone(),
                details.currency(),
                details.payer(),
                details.places(),
                details.attributes(),
                details.updatedAt());
        PORTS.invoices().commit(tenant, commit(new Write.Describe(first))).get();
        assertThat(PORTS.accounts().details(Access.toAll(tenant), details.account()))
                .containsExactly(first);
    }

    @Property(tries = 100)
    void events_and_answers(@ForAll @Size(max = 6) List<Event> any) {
        TenantId tenant = newTenant();
        Seq<Event> events = Array.ofAll(any);
        Commit commit = new Commit(newKey(), "content", Array.empty(), events);
        Receipt receipt = PORTS.invoices().commit(tenant, commit).get();
        assertThat(receipt.events()).isEqualTo(events);
        assertThat(PORTS.outbox().undelivered(tenant, 100).map(Published::event))
                .containsExactlyInAnyOrderElementsOf(events);
        assertThat(PORTS.invoices().answer(tenant, commit.key())).containsExactly(new Answer("content", receipt));
    }

    @Property(tries = 100)
    void numbers(@ForAll Series series) {
        TenantId tenant = newTenant();
        Write.Issue issue = new Write.Issue(
                new Invoice.Preview(Samples.head("invoice"), Figures.NONE, Samples.NOW),
                Array.empty(),
                Option.some(series),
                InvoiceStatus.CLOSED);
        Commit commit = commit(issue);
        InvoiceNumber number = PORTS.invoices()
                .commit(tenant, commit)
                .get()
                .numbers()
                .get(new InvoiceId("invoice"))
                .get();
        assertThat(number.series()).isEqualTo(series);
        Invoice found = PORTS.invoices()
                .find(Access.toAll(tenant), new InvoiceId("invoice"))
                .get()
                .invoice();
        assertThat(((Invoice.Issued) found).number()).containsExactly(number);
        assertThat(PORTS.invoices().commit(tenant, commit).get().numbers().values())
                .containsExactly(number);
    }

    private static TenantId newTenant() {
        return new TenantId("tenant-" + COUNT.incrementAndGet());
    }
}

package dev.billing.jdbc;

import static dev.billing.jdbc.Samples.ALICE;
import static dev.billing.jdbc.Samples.commit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Dimension;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.period.Period;
import dev.billing.domain.rollup.Rollup;
import dev.billing.domain.usage.Fact;
import dev.billing.port.Access;
import dev.billing.port.FactQuery;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Ports;
import dev.billing.port.Stored;
import dev.billing.port.TenantId;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Whatever a document or a fact is made of comes back equal. */
@Domain(DomainContext.Global.class)
@Domain(Generated.class)
class RoundTripProperties {

    private static final Ports PORTS = JdbcPorts.open(H2.inMemory());
    private static final AtomicLong COUNT = new AtomicLong();

    private static final Comparator<LineItem> LINE_ORDER = Comparator.comparing(LineItem::position)
            .thenComparing(line -> line.id().value());

    @Property(tries = 60)
    void documents_and_lines(@ForAll Head head, @ForAll Figures figures, @ForAll @Size(max = 4) List<LineItem> any) {
        TenantId tenant = newTenant();
        Seq<LineItem> lines = Array.ofAll(any).distinctBy(LineItem::id);
        InvoiceStore store = PORTS.invoices();
        Invoice.Preview draft = new Invoice.Preview(head, figures, head.createdAt());
        store.commit(tenant, commit(new Write.Issue(draft, lines, Option.none(), InvoiceStatus.CLOSED)))
                .get();
        Stored stored = store.find(Access.toAll(tenant), head.id()).get();
        assertThat(Samples.unsealed(stored.invoice()))
                .isEqualTo(new Invoice.Issued(head, figures, Option.none(), draft.asOf()));
        Invoice.Issued issued = (Invoice.Issued) stored.invoice();
        assertThat(issued.seal().get().isOf(issued, lines.sorted(LINE_ORDER).iterator()))
                .as("the seal is of what is kept")
                .isTrue();
        assertThat(read(tenant, LineItemQuery.of(head.id()))).containsExactlyElementsOf(lines.sorted(LINE_ORDER));
    }

    @Property(tries = 60)
    void standings(@ForAll Standing next) {
        TenantId tenant = newTenant();
        PORTS.invoices()
                .commit(tenant, commit(Samples.issue("invoice"), new Write.Stand(next)))
                .get();
        assertThat(PORTS.invoices()
                        .find(Access.toAll(tenant), new InvoiceId("invoice"))
                        .get()
                        .standing())
                .isEqualTo(next);
    }

    @Property(tries = 60)
    void selections_and_rollups(@ForAll @Size(max = 6) List<LineItem> any) {
        TenantId tenant = newTenant();
        Seq<LineItem> lines = Array.ofAll(any).distinctBy(LineItem::id);
        PORTS.invoices()
                .commit(tenant, commit(Samples.issue(Samples.head("invoice"), lines)))
                .get();
        for (LineItem line : lines) {
            Selection.DescriptionContains part = new Selection.DescriptionContains(
                    line.description().substring(line.description().length() / 2));
            Seq<Selection> selections = line.places()
                    .toArray()
                    .map(place -> Selection.at(place._1, place._2))
                    .append(Selection.category(line.category()))
                    .append(Selection.of(part, new Selection.Charges()))
                    .append(Selection.of(new Selection.OfBasis(line.basis()), new Selection.Credits()));
            selections.forEach(selection -> assertSelected(tenant, lines, selection));
        }
    }

    private static void assertSelected(TenantId tenant, Seq<LineItem> lines, Selection selection) {
        LineItemQuery query = new LineItemQuery(InvoiceQuery.ALL, selection);
        Seq<LineItem> selected = lines.filter(selection::includes);
        assertThat(read(tenant, query)).containsExactlyElementsOf(selected.sorted(LINE_ORDER));
        Seq<Dimension> by = selected.flatMap(line -> line.places().keySet());
        assertThat(PORTS.invoices().rollup(Access.toAll(tenant), query, by)).isEqualTo(Rollup.of(selected, by));
    }

    @Property(tries = 60)
    void facts(@ForAll @Size(max = 4) List<Fact> any) {
        TenantId tenant = newTenant();
        Seq<Fact> facts = Array.ofAll(any).distinctBy(Fact::id);
        PORTS.usage().record(tenant, facts).get();
        FactQuery ever = FactQuery.of(ALICE, Period.of(Instant.MIN, Instant.MAX));
        Seq<Fact> used =
                PORTS.usage().usage(Access.toAll(tenant), ever, found -> Array.<Fact>narrow(Array.ofAll(() -> found)));
        Seq<Fact> lived = PORTS.usage()
                .lifetimes(Access.toAll(tenant), ever, found -> Array.<Fact>narrow(Array.ofAll(() -> found)));
        assertThat(used.appendAll(lived)).containsExactlyInAnyOrderElementsOf(facts);
        assertThat(PORTS.usage().record(tenant, facts).get().known()).isEqualTo(facts.size());
    }

    private static Seq<LineItem> read(TenantId tenant, LineItemQuery query) {
        return PORTS.invoices().lines(Access.toAll(tenant), query, lines -> Array.ofAll(() -> lines));
    }

    private static TenantId newTenant() {
        return new TenantId("tenant-" + COUNT.incrementAndGet());
    }
}

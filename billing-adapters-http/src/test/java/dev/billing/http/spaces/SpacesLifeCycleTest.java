package dev.billing.http.spaces;

import static dev.billing.http.spaces.SpacesFixture.TENANT;
import static dev.billing.http.spaces.SpacesFixture.product;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.http.LifeCyclePage;
import dev.billing.http.LifeCyclePage.Row;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SpacesLifeCycleTest {

    private static final Access ALL = Access.toAll(TENANT);

    private final SpacesFixture fixture = new SpacesFixture().place("1", product());
    private int keys;

    static Seq<Row> rows() {
        return LifeCyclePage.rows("Spaces");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_field_has_the_value_that_the_page_says(Row row) {
        if (row.field().equals("id")) {
            row.statuses().forEach(this::assertNotShown);
        } else if (row.field().equals("paid")) {
            row.statuses().forEach(status -> assertPaid(status, row.value()));
        } else {
            assertShipped(row);
        }
    }

    private void assertPaid(InvoiceStatus status, String value) {
        fixture.becomes("1", status);
        assertThat(fixture.invoice("1").get("paid")).as("paid of %s", status).hasToString(value);
    }

    private void assertShipped(Row row) {
        if (row.when().startsWith("a shipment")) {
            fixture.ship("1", "On its way.");
        }
        for (InvoiceStatus status : Array.of(InvoiceStatus.CLOSED, InvoiceStatus.PAID, InvoiceStatus.VOID)) {
            fixture.becomes("1", status);
            assertThat(fixture.invoice("1").get(row.field()))
                    .as("%s of %s", row.field(), status)
                    .hasToString(row.value());
        }
    }

    private void assertNotShown(InvoiceStatus status) {
        Head order = fixture.store.find(ALL, new InvoiceId("1")).get().invoice().head();
        InvoiceId id = new InvoiceId("draft " + status);
        Head draft = new Head(
                id,
                order.profile(),
                order.account(),
                order.owner(),
                order.subject(),
                order.period(),
                order.places(),
                order.billedTo(),
                order.currency(),
                order.createdAt(),
                order.attributes());
        commit(new Write.Revise(
                new Invoice.Running(draft, Figures.NONE, 1), Array.empty(), Write.Revise.Change.ADD_LINES));
        if (status != InvoiceStatus.PENDING) {
            commit(new Write.Stand(fixture.store.find(ALL, id).get().standing().becoming(status, order.createdAt())));
        }
        assertThat(fixture.store.find(ALL, id).get().standing().status()).isEqualTo(status);
        assertThat(fixture.get("/invoices").ids()).as("%s", status).containsExactly("1");
    }

    private void commit(Write write) {
        fixture.store
                .commit(TENANT, Commit.of(new CommandKey("key " + ++keys), "commit", write))
                .get();
    }

    @Test
    void the_page_says_of_every_status_whether_it_is_paid() {
        assertThat(rows().filter(row -> Array.of("id", "paid").contains(row.field()))
                        .flatMap(Row::statuses))
                .containsExactlyInAnyOrder(InvoiceStatus.values());
        assertThat(rows().map(Row::field).distinct()).containsExactly("paid", "id", "shipped", "shipping_details");
    }

    @Test
    void an_order_whose_customer_was_erased_is_still_shown() {
        int before = fixture.invoice("1").get("total").intValue();
        commit(new Write.Erase(new InvoiceId("1"), Option.none()));
        JsonNode erased = fixture.invoice("1");
        assertThat(erased.get("total").intValue()).isEqualTo(before);
        assertThat(erased.get("billing_address").isNull()).isTrue();
        assertThat(erased.get("shipping_address").isNull()).isTrue();
        assertThat(erased.get("customer").toString())
                .startsWith("{\"object\":\"customer\",\"id\":\"\",\"name\":\"\",\"email\":\"\",\"created\":1410196576,"
                        + "\"space\":{");
    }
}

package dev.billing.http.morpheus;

import static dev.billing.http.morpheus.MorpheusFixture.MAY;
import static dev.billing.http.morpheus.MorpheusFixture.TENANT;
import static dev.billing.http.morpheus.MorpheusFixture.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.http.LifeCyclePage;
import dev.billing.http.LifeCyclePage.Row;
import dev.billing.http.morpheus.MorpheusFixture.Thing;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import dev.billing.usecase.BilledObject;
import dev.billing.usecase.CloudRun.ReportedCharge;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class MorpheusLifeCycleTest {

    private static final String NOW = "2020-05-08T14:59:59Z";
    private static final Thing SERVER =
            thing("Container", "400", "Nginx_400").invoice("100").monthly("compute", "12");

    static Seq<Row> rows() {
        return LifeCyclePage.rows("Morpheus");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_field_has_the_value_that_the_page_says(Row row) {
        assertThat(invoices(row.when()).map(invoice -> invoice.get(row.field()).toString()))
                .as("%s where %s", row.field(), row.when())
                .isNotEmpty()
                .containsOnly(row.value());
    }

    private static Seq<JsonNode> invoices(String when) {
        return switch (when) {
            case "the provider has not reported yet", "the object exists" -> Array.of(shown(billed(SERVER.object())));
            case "the provider has reported costs" ->
                Array.of(shown(billed(SERVER.object(), SERVER.charge("1", "compute", "0.1", "2020-05-08T12:00:00Z"))));
            case "the object was deleted" -> Array.of(shown(billed(deleted())));
            case "any status" -> Array.of(InvoiceStatus.values()).map(MorpheusLifeCycleTest::standing);
            default -> throw new AssertionError("Nothing checks what is said where " + when);
        };
    }

    private static BilledObject deleted() {
        BilledObject object = SERVER.object();
        return new BilledObject(
                object.invoice(),
                object.subject(),
                object.account(),
                object.owner(),
                object.places(),
                object.createdAt(),
                Option.some(Instant.parse("2020-05-07T00:00:00Z")),
                object.plan(),
                object.offMillis(),
                object.power(),
                object.conversionRate(),
                object.facts(),
                object.tags());
    }

    private static MorpheusFixture billed(BilledObject object, ReportedCharge... charges) {
        MorpheusFixture fixture = new MorpheusFixture();
        fixture.clock.set(Instant.parse(NOW));
        fixture.run(MAY, NOW, Array.of(object), charges);
        return fixture;
    }

    private static JsonNode shown(MorpheusFixture fixture) {
        return fixture.get("/api/invoices/100").json().get("invoice");
    }

    private static JsonNode standing(InvoiceStatus status) {
        MorpheusFixture fixture = billed(SERVER.object());
        Stored stored =
                fixture.store().find(Access.toAll(TENANT), new InvoiceId("100")).get();
        Write stand = new Write.Stand(stored.standing().becoming(status, Instant.parse(NOW)));
        fixture.store()
                .commit(TENANT, Commit.of(new CommandKey("stand"), "stand", stand))
                .get();
        return shown(fixture);
    }

    @Test
    void the_page_speaks_of_all_three_fields() {
        assertThat(rows().map(Row::field).distinct()).containsExactly("estimate", "costType", "active");
    }
}

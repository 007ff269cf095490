package dev.billing.http.akkeris;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.http.LifeCyclePage;
import dev.billing.http.LifeCyclePage.Row;
import dev.billing.port.Access;
import dev.billing.port.CommandKey;
import dev.billing.port.Commit;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class AkkerisLifeCycleTest {

    private static final String NOW = "2017-02-05T22:16:56.616Z";
    private static final String APP = "acme/shop/prod";
    private static final String RUNNING = "2017-02-01";
    private static final String OVER = "2017-01-01";

    static Seq<Row> rows() {
        return LifeCyclePage.rows("Akkeris");
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
            case "the month runs" -> Array.of(month(AkkerisFixture.at(NOW), RUNNING));
            case "the month is over" -> Array.of(month(AkkerisFixture.at(NOW), OVER));
            case "the month runs, with the setting of upstream" ->
                Array.of(month(AkkerisFixture.upstreamAt(NOW), RUNNING));
            case "the month is over, with the setting of upstream" ->
                Array.of(month(AkkerisFixture.upstreamAt(NOW), OVER));
            case "any status of the final document" ->
                Array.of(InvoiceStatus.values()).map(AkkerisLifeCycleTest::standing);
            default -> throw new AssertionError("Nothing checks what is said where " + when);
        };
    }

    private static JsonNode month(AkkerisFixture fixture, String month) {
        return fixture.dyno(APP, "gp2 web", 1, "60", "2016-07-26T15:47:33.411Z", "-")
                .invoice("/account/invoices/" + month);
    }

    private static JsonNode standing(InvoiceStatus status) {
        AkkerisFixture fixture = AkkerisFixture.at(NOW);
        month(fixture, OVER);
        Stored stored = fixture.ports
                .invoices()
                .search(Access.toAll(AkkerisFixture.TENANT), InvoiceQuery.ALL, PageRequest.first(2))
                .rows()
                .single();
        Write stand = new Write.Stand(stored.standing().becoming(status, fixture.clock.instant()));
        fixture.ports
                .invoices()
                .commit(AkkerisFixture.TENANT, Commit.of(new CommandKey("stand"), "stand", stand))
                .get();
        return fixture.invoice("/account/invoices/" + OVER);
    }

    @Test
    void the_page_speaks_of_both_fields() {
        assertThat(rows().map(Row::field).distinct()).containsExactly("payment_status", "state");
    }
}

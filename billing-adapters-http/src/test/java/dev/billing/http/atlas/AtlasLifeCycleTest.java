package dev.billing.http.atlas;

import static dev.billing.http.atlas.AtlasFixture.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.http.LifeCyclePage;
import dev.billing.http.LifeCyclePage.Row;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AtlasLifeCycleTest {

    private static final String ID = "5b0000000000000000000009";
    private static final String LIST = AtlasFixture.V1;

    static Seq<Row> rows() {
        return LifeCyclePage.rows("Atlas");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_status_is_called_as_the_page_says(Row row) {
        for (InvoiceStatus status : row.statuses()) {
            AtlasFixture fixture = new AtlasFixture();
            fixture.provide(document(ID, "2018-02", status, "2018-03-01T00:00:00Z", 1, 0));
            assertThat(fixture.get(LIST + "/" + ID).json().get(row.field()).asString())
                    .as("%s of %s", row.field(), status)
                    .isEqualTo(row.value());
        }
    }

    @Test
    void the_page_calls_every_status_by_one_of_the_eight_names() {
        assertThat(rows().flatMap(Row::statuses)).containsExactlyInAnyOrder(InvoiceStatus.values());
        assertThat(rows().map(Row::value))
                .containsExactlyInAnyOrderElementsOf(
                        Array.of(AtlasStatus.values()).map(AtlasStatus::name));
    }
}

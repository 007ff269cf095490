package dev.billing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.Address;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.TaxId;
import io.vavr.collection.Array;
import io.vavr.control.Option;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Customers as they are kept: what is written is read back, and so is what was written when they had no tax ids. */
class CustomerJsonTest {

    private static final Customer ADA = new Customer(
            "ada",
            "Ada",
            "ada@example.com",
            Instant.parse("2026-01-02T03:04:05.006Z"),
            Option.some(new Address("1 Main St", "", "", "08000", "Zürich", "", "CH")),
            Option.none());

    @Test
    void what_is_written_is_read_back() {
        Customer known = ADA.with(Array.of(new TaxId("ch_vat", "CHE-123.456.789"), new TaxId("eu_vat", "DE1\"2")));
        assertThat(CustomerJson.read(CustomerJson.write(known))).isEqualTo(known);
        assertThat(CustomerJson.read(CustomerJson.write(ADA))).isEqualTo(ADA);
    }

    @Test
    void customers_that_were_kept_without_tax_ids_have_none() {
        assertThat(CustomerJson.read("{\"id\":\"ada\",\"name\":\"Ada\",\"email\":\"ada@example.com\","
                        + "\"createdAt\":\"2026-01-02T03:04:05.006Z\",\"billingAddress\":{\"line1\":\"1 Main St\","
                        + "\"line2\":\"\",\"line3\":\"\",\"zipCode\":\"08000\",\"locality\":\"Zürich\",\"region\":\"\","
                        + "\"country\":\"CH\"}}"))
                .isEqualTo(ADA);
    }
}

package dev.billing.jdbc;

import static dev.billing.jdbc.Samples.ALICE;
import static dev.billing.jdbc.Samples.ALL;
import static dev.billing.jdbc.Samples.APP;
import static dev.billing.jdbc.Samples.FEBRUARY;
import static dev.billing.jdbc.Samples.NOW;
import static dev.billing.jdbc.Samples.TENANT;
import static dev.billing.jdbc.Samples.USD;
import static dev.billing.jdbc.Samples.commit;
import static dev.billing.jdbc.Samples.issue;
import static dev.billing.jdbc.Samples.line;
import static dev.billing.jdbc.Samples.lines;
import static dev.billing.jdbc.Samples.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.Ref;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.Commit;
import dev.billing.port.FactQuery;
import dev.billing.port.Place;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2FileTest {

    @Test
    void everything_is_there_again_after_the_file_was_closed(@TempDir Path directory) {
        Commit commit = commit(issue("invoice", line("a", "1"), line("b", "2")));
        PriceBook book = PriceBook.of(new PriceBookVersion("main", 1), USD, NOW, Array.empty());
        Place place = new Place(APP, Ref.named("app", "web"), HashMap.empty(), NOW);
        JdbcConnectionPool first = H2.inFile(directory.resolve("billing"));
        Ports before = JdbcPorts.open(first);
        Receipt receipt = before.invoices().commit(TENANT, commit).get();
        before.usage().record(TENANT, Array.of(used("fact", "1")));
        before.priceBooks().put(TENANT, book);
        before.directory().put(TENANT, place);
        var stored = before.invoices().find(ALL, new InvoiceId("invoice"));
        first.dispose();

        JdbcConnectionPool second = H2.inFile(directory.resolve("billing"));
        Ports after = JdbcPorts.open(second);
        assertThat(after.invoices().find(ALL, new InvoiceId("invoice"))).isEqualTo(stored);
        assertThat(lines(after.invoices(), "invoice")).containsExactly(line("a", "1"), line("b", "2"));
        assertThat(after.invoices().commit(TENANT, commit).get()).isEqualTo(receipt);
        Array<UsageRecord> facts =
                after.usage().usage(ALL, FactQuery.of(ALICE, FEBRUARY), found -> Array.ofAll(() -> found));
        assertThat(facts).containsExactly(used("fact", "1"));
        assertThat(after.priceBooks().inForce(TENANT, NOW)).containsExactly(book);
        assertThat(after.directory().find(TENANT, APP, "web")).containsExactly(place.ref());
        second.dispose();
    }
}

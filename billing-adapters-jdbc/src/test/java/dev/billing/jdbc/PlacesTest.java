package dev.billing.jdbc;

import static dev.billing.jdbc.Samples.TENANT;
import static dev.billing.jdbc.Samples.commit;
import static dev.billing.jdbc.Samples.line;
import static dev.billing.jdbc.Samples.lines;
import static dev.billing.jdbc.Samples.revise;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.line.LineItem;
import dev.billing.port.InvoiceStore;
import dev.billing.port.Write.Revise.Change;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlacesTest {

    private static final Seq<LineItem> LINES = Array.of(line("a", "1"), line("b", "2"));

    @ParameterizedTest
    @EnumSource
    void documents_of_one_commit_have_places_of_their_own(Engine engine) {
        InvoiceStore store = JdbcPorts.open(engine.empty()).invoices();
        store.commit(
                TENANT, commit(revise("one", 1, Change.ADD_LINES, LINES), revise("other", 1, Change.ADD_LINES, LINES)));
        store.commit(TENANT, commit(revise("one", 2, Change.REPLACE_LINES, Array.empty())));
        assertThat(lines(store, "one")).isEmpty();
        assertThat(lines(store, "other")).containsExactlyElementsOf(LINES);
    }

    @ParameterizedTest
    @EnumSource
    void places_that_were_forgotten_are_kept_anew(Engine engine) {
        InvoiceStore store = JdbcPorts.open(engine.empty()).invoices();
        store.commit(
                TENANT,
                commit(
                        revise("invoice", 1, Change.ADD_LINES, LINES),
                        revise("invoice", 2, Change.REPLACE_LINES, LINES),
                        revise("invoice", 3, Change.ADD_LINES, Array.of(line("c", "3")))));
        assertThat(lines(store, "invoice")).containsExactlyElementsOf(LINES.append(line("c", "3")));
    }
}

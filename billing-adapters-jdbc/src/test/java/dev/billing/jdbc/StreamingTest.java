package dev.billing.jdbc;

import static dev.billing.jdbc.Samples.ALICE;
import static dev.billing.jdbc.Samples.ALL;
import static dev.billing.jdbc.Samples.FEBRUARY;
import static dev.billing.jdbc.Samples.TENANT;
import static dev.billing.jdbc.Samples.commit;
import static dev.billing.jdbc.Samples.issue;
import static dev.billing.jdbc.Samples.line;
import static dev.billing.jdbc.Samples.revise;
import static dev.billing.jdbc.Samples.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.usage.Fact;
import dev.billing.port.FactQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.UsageStore;
import dev.billing.port.Write.Revise.Change;
import io.vavr.collection.Array;
import io.vavr.collection.Iterator;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A month may have more lines and facts than memory has room for. */
class StreamingTest {

    private static final int LINES = 200_000;
    /** Far less than so many lines take. */
    private static final long ROOM = 48L << 20;

    /** Most heap that is in use while lines are read, above what was in use before. */
    private static final class Heap {

        private final long before = used();
        private long most;

        void look() {
            most = Math.max(most, used() - before);
        }

        private static long used() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    @Test
    void a_long_document_is_neither_written_nor_read_whole(@TempDir Path directory) {
        JdbcConnectionPool pool = H2.inFile(directory.resolve("billing"));
        InvoiceStore store = JdbcPorts.open(pool).invoices();
        Heap heap = new Heap();
        Iterable<LineItem> added = () -> Iterator.range(0, LINES).map(i -> {
            if (i % (LINES / 4) == LINES / 8) {
                heap.look();
            }
            return line("line-" + i, "0.01").at(i);
        });
        store.commit(TENANT, commit(issue(Samples.head("invoice"), added)));
        long read = store.lines(ALL, LineItemQuery.of(new InvoiceId("invoice")), lines -> {
            long inOrder = 0;
            while (lines.hasNext() && lines.next().position() == inOrder) {
                inOrder++;
                if (inOrder % (LINES / 4) == LINES / 8) {
                    heap.look();
                }
            }
            return inOrder;
        });
        assertThat(read).isEqualTo(LINES);
        assertThat(heap.most).isLessThan(ROOM);
        pool.dispose();
    }

    /** One or two rows more or fewer than fit into some chunks, at positions of their own and at one position. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1000, 1001, 2000})
    void no_line_is_lost_or_doubled_between_chunks(int count) {
        InvoiceStore store = JdbcPorts.open(H2.inMemory()).invoices();
        for (int samePosition : new int[] {1, 5_000}) {
            Array<LineItem> lines = Array.range(0, count)
                    .map(i -> line("line-%05d".formatted(i), "0.01").at(i / samePosition));
            String id = "invoice-" + samePosition;
            store.commit(TENANT, commit(issue(Samples.head(id), lines)));
            assertThat(Samples.lines(store, id)).containsExactlyElementsOf(lines);
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_fact_is_lost_or_doubled_between_chunks(Engine engine) {
        UsageStore store = JdbcPorts.open(engine.empty()).usage();
        Array<Fact> facts = Array.range(0, 2_500).map(i -> used("fact-%05d".formatted(i), "1"));
        store.record(TENANT, facts);
        Array<Fact> found = store.usage(
                ALL,
                FactQuery.of(ALICE, FEBRUARY),
                used -> Array.ofAll(() -> used).map(fact -> fact));
        assertThat(found).containsExactlyElementsOf(facts);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_read_is_of_one_moment(Engine engine) throws SQLException {
        DataSource dataSource = engine.empty();
        InvoiceStore store = JdbcPorts.open(dataSource).invoices();
        Array<LineItem> first =
                Array.range(0, 3_000).map(i -> line("old-" + i, "1").at(i));
        Array<LineItem> second =
                Array.range(0, 3_000).map(i -> line("new-" + i, "1").at(i));
        store.commit(TENANT, commit(revise("invoice", 1, Change.REPLACE_LINES, first)));
        Array<LineItem> read = store.lines(ALL, LineItemQuery.of(new InvoiceId("invoice")), lines -> {
            LineItem one = lines.next();
            store.commit(TENANT, commit(revise("invoice", 2, Change.REPLACE_LINES, second)));
            return Array.ofAll(() -> lines).prepend(one);
        });
        assertThat(read).containsExactlyElementsOf(first);
        assertThat(Samples.lines(store, "invoice")).containsExactlyElementsOf(second);
    }
}

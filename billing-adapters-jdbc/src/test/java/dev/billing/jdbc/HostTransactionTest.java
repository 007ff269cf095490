package dev.billing.jdbc;

import static dev.billing.jdbc.Samples.ALL;
import static dev.billing.jdbc.Samples.TENANT;
import static dev.billing.jdbc.Samples.commit;
import static dev.billing.jdbc.Samples.issue;
import static dev.billing.jdbc.Samples.line;
import static dev.billing.jdbc.Samples.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.billing.domain.account.Movement;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.NumberFormat;
import dev.billing.domain.invoice.Series;
import dev.billing.port.Commit;
import dev.billing.port.CommitRefused;
import dev.billing.port.Event;
import dev.billing.port.FactsRefused;
import dev.billing.port.LineItemQuery;
import dev.billing.port.Ports;
import dev.billing.port.Receipt;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the host has begun a transaction, billing is a part of it. */
class HostTransactionTest {

    /** A host with a table of its own, and billing on the connection of its transaction. */
    private static final class Host implements AutoCloseable {

        private final DataSource dataSource;
        private final Connection connection;
        private final Ports joined;
        private final Ports apart;

        Host(Engine engine) throws SQLException {
            dataSource = engine.empty();
            apart = JdbcPorts.open(dataSource);
            connection = dataSource.getConnection();
            execute("create table host_order (id integer)");
            connection.setAutoCommit(false);
            joined = JdbcPorts.openMigrated(new Connections(() -> kept(connection)));
        }

        void order() throws SQLException {
            execute("insert into host_order values (1)");
        }

        long orders() throws SQLException {
            try (Connection another = dataSource.getConnection()) {
                return new Query("select count(*) from host_order")
                        .first(another, Row::whole)
                        .get();
            }
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.close();
        }
    }

    /** The connection of a transaction, which only the host closes. */
    static Connection kept(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                HostTransactionTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void what_the_host_commits_is_kept(Engine engine) throws SQLException {
        try (Host host = new Host(engine)) {
            host.order();
            assertThat(host.joined
                            .invoices()
                            .commit(TENANT, commit(issue("invoice", line("a", "1"))))
                            .isRight())
                    .isTrue();
            assertThat(host.joined
                            .usage()
                            .record(TENANT, Array.of(used("fact", "1")))
                            .isRight())
                    .isTrue();
            assertThat(host.joined.invoices().find(ALL, new InvoiceId("invoice")))
                    .as("seen inside the transaction")
                    .isNotEmpty();
            assertThat(host.apart.invoices().find(ALL, new InvoiceId("invoice")))
                    .as("not seen outside before the host commits")
                    .isEmpty();
            host.connection.commit();
            assertThat(host.orders()).isOne();
            assertThat(Samples.lines(host.apart.invoices(), "invoice")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_host_rolls_back_is_gone_with_its_number(Engine engine) throws SQLException {
        try (Host host = new Host(engine)) {
            host.order();
            assertThat(numberOf(host.joined
                            .invoices()
                            .commit(TENANT, commit(issue("first")))
                            .get()))
                    .isOne();
            host.connection.rollback();
            assertThat(host.orders()).isZero();
            assertThat(host.apart.invoices().find(ALL, new InvoiceId("first"))).isEmpty();
            assertThat(numberOf(host.apart
                            .invoices()
                            .commit(TENANT, commit(issue("second")))
                            .get()))
                    .as("no gap")
                    .isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_refused_leaves_the_work_of_the_host_alone(Engine engine) throws SQLException {
        try (Host host = new Host(engine)) {
            host.order();
            var invoices = host.joined.invoices();
            assertThat(invoices.commit(TENANT, commit(issue("kept", line("a", "1"))))
                            .isRight())
                    .isTrue();
            assertThat(invoices.commit(TENANT, commit(issue("refused", line("a", "1"), line("a", "2"))))
                            .getLeft())
                    .isInstanceOf(CommitRefused.DuplicateLine.class);
            assertThat(invoices.commit(TENANT, commit(issue("also refused"), issue("kept")))
                            .getLeft())
                    .isInstanceOf(CommitRefused.AlreadyExists.class);
            var usage = host.joined.usage();
            assertThat(usage.record(TENANT, Array.of(used("fact", "1"))).isRight())
                    .isTrue();
            assertThat(usage.record(TENANT, Array.of(used("other", "1"), used("fact", "2")))
                            .getLeft())
                    .isInstanceOf(FactsRefused.IdReused.class);
            host.connection.commit();
            assertThat(host.orders()).isOne();
            assertThat(Samples.lines(host.apart.invoices(), "kept")).hasSize(1);
            assertThat(host.apart.invoices().find(ALL, new InvoiceId("refused")))
                    .isEmpty();
            assertThat(host.apart.invoices().find(ALL, new InvoiceId("also refused")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_source_of_lines_that_fails_leaves_the_work_of_the_host_alone(Engine engine) throws SQLException {
        try (Host host = new Host(engine)) {
            host.order();
            assertThatIllegalStateException()
                    .isThrownBy(() -> host.joined
                            .invoices()
                            .commit(TENANT, commit(issue(Samples.head("invoice"), () -> {
                                throw new IllegalStateException("no lines");
                            }))));
            host.connection.commit();
            assertThat(host.orders()).isOne();
            assertThat(host.apart.invoices().find(ALL, new InvoiceId("invoice")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_reader_may_ask_for_more_while_it_reads(Engine engine) throws SQLException {
        try (Host host = new Host(engine)) {
            var invoices = host.joined.invoices();
            invoices.commit(TENANT, commit(issue("invoice", line("a", "1"), line("b", "2"))));
            Number read = invoices.lines(
                    ALL,
                    LineItemQuery.of(new InvoiceId("invoice")),
                    lines -> Array.ofAll(() -> lines)
                            .map(line -> Samples.lines(invoices, "invoice").size())
                            .sum());
            assertThat(read.intValue()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_series_that_allows_gaps_makes_nobody_wait(Engine engine) throws SQLException {
        try (Host host = new Host(engine)) {
            long before = numberWithGaps(host.apart, "before");
            long held = numberWithGaps(host.joined, "held");
            long meanwhile = numberWithGaps(host.apart, "meanwhile");
            host.connection.commit();
            long after = numberWithGaps(host.apart, "after");
            Seq<Long> numbers = Array.of(before, held, meanwhile, after);
            assertThat(numbers)
                    .as("each is higher than those before, though a transaction is open")
                    .isEqualTo(numbers.distinct().sorted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_number_that_is_rolled_back_is_a_gap_where_gaps_are_allowed(Engine engine) throws SQLException {
        try (Host host = new Host(engine)) {
            long first = numberWithGaps(host.joined, "first");
            host.connection.rollback();
            assertThat(numberWithGaps(host.apart, "second")).isGreaterThan(first);
        }
    }

    private static long numberWithGaps(Ports ports, String id) {
        Write.Issue issue = new Write.Issue(
                new Invoice.Preview(Samples.head(id), Figures.NONE, Samples.NOW),
                Array.empty(),
                Option.some(new Series("fast", NumberFormat.PLAIN, Series.Gaps.ALLOWED)),
                InvoiceStatus.CLOSED);
        return numberOf(ports.invoices().commit(TENANT, commit(issue)).get());
    }

    @ParameterizedTest
    @EnumSource
    void entries_and_events_are_part_of_the_transaction_of_the_host(Engine engine) throws SQLException {
        try (Host host = new Host(engine)) {
            Commit commit = new Commit(
                    Samples.newKey(),
                    "content",
                    Array.of(new Write.Enter(
                            Samples.ALICE, Option.some(0L), Samples.NOW, Array.of(new Movement.Resumed("note")))),
                    Array.of(Event.of("account.resumed", Samples.ALICE, "alice", Samples.NOW)));
            host.joined.invoices().commit(TENANT, commit).get();
            assertThat(host.joined.accounts().entries(ALL, Samples.ALICE)).hasSize(1);
            assertThat(host.apart.outbox().undelivered(TENANT, 10)).isEmpty();
            host.connection.rollback();
            assertThat(host.apart.accounts().entries(ALL, Samples.ALICE)).isEmpty();
            assertThat(host.apart.invoices().answer(TENANT, commit.key())).isEmpty();
            host.joined.invoices().commit(TENANT, commit).get();
            host.connection.commit();
            assertThat(host.apart.accounts().entries(ALL, Samples.ALICE)).hasSize(1);
            host.joined.outbox().delivered(TENANT, Samples.ALICE, 1);
            assertThat(host.apart.outbox().undelivered(TENANT, 10)).hasSize(1);
            host.connection.commit();
            assertThat(host.apart.outbox().undelivered(TENANT, 10)).isEmpty();
        }
    }

    private static long numberOf(Receipt receipt) {
        return receipt.numbers().values().head().value();
    }
}

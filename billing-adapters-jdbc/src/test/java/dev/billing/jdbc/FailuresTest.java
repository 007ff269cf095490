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
import static dev.billing.jdbc.Samples.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.billing.domain.Ref;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.port.Commit;
import dev.billing.port.FactQuery;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Place;
import dev.billing.port.Ports;
import dev.billing.port.StorageException;
import dev.billing.port.StorageException.Kind;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.control.Option;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failure of the database is told as what it is: never as a refusal, never as an absence. */
class FailuresTest {

    @ParameterizedTest
    @CsvSource({
        "40001, RETRYABLE, RETRYABLE",
        "40P01, RETRYABLE, RETRYABLE",
        "HYT00, RETRYABLE, RETRYABLE",
        "08006, RETRYABLE, UNKNOWN_OUTCOME",
        "57P01, RETRYABLE, UNKNOWN_OUTCOME",
        "53300, RETRYABLE, UNKNOWN_OUTCOME",
        "90067, RETRYABLE, UNKNOWN_OUTCOME",
        "42P01, FATAL, UNKNOWN_OUTCOME",
        "23505, FATAL, UNKNOWN_OUTCOME",
        ", FATAL, UNKNOWN_OUTCOME",
    })
    void a_state_says_what_the_caller_may_do(String state, Kind before, Kind whileCommitting) {
        SQLException failure = new SQLException("broken", state);
        assertThat(Failures.of("find x", failure).kind()).isEqualTo(before);
        assertThat(Failures.whileCommitting("find x", failure).kind()).isEqualTo(whileCommitting);
        assertThat(Failures.of("find x", failure))
                .hasMessage("The database failed to find x: broken")
                .hasCause(failure);
    }

    @Test
    void a_failure_that_calls_itself_transient_is() {
        assertThat(Failures.of("find x", new SQLTransientConnectionException("no connection in time"))
                        .kind())
                .isEqualTo(Kind.RETRYABLE);
        assertThat(Failures.of("find x", new SQLNonTransientConnectionException("closed"))
                        .kind())
                .isEqualTo(Kind.FATAL);
    }

    @TestFactory
    Stream<DynamicTest> no_call_takes_a_closed_connection_for_an_absence() {
        JdbcConnectionPool pool = H2.inMemory();
        AtomicBoolean isOpen = new AtomicBoolean(true);
        DataSource closed = new Connections(() -> {
            Connection connection = pool.getConnection();
            connection.close();
            return isOpen.get() ? pool.getConnection() : connection;
        });
        Ports ports = JdbcPorts.open(closed);
        isOpen.set(false);
        InvoiceId id = new InvoiceId("invoice");
        LineItemQuery lines = LineItemQuery.of(id);
        FactQuery facts = FactQuery.of(ALICE, FEBRUARY);
        PriceBook book = PriceBook.of(new PriceBookVersion("main", 1), USD, NOW, Array.empty());
        Place place = new Place(APP, Ref.named("app", "web"), HashMap.empty(), NOW);
        return Stream.of(
                        () -> JdbcPorts.open(closed),
                        () -> JdbcPorts.openMigrated(closed),
                        () -> ports.invoices().commit(TENANT, commit(issue("invoice"))),
                        () -> ports.invoices().find(ALL, id),
                        () -> ports.invoices().search(ALL, InvoiceQuery.ALL, PageRequest.first(1)),
                        () -> ports.invoices().lines(ALL, lines, found -> found),
                        () -> ports.invoices().rollup(ALL, lines, Array.empty()),
                        () -> ports.usage().record(TENANT, Array.of(used("fact", "1"))),
                        () -> ports.usage().usage(ALL, facts, found -> found),
                        () -> ports.usage().lifetimes(ALL, facts, found -> found),
                        () -> ports.usage().earliest(ALL, ALICE, Option.none(), NOW),
                        () -> ports.priceBooks().put(TENANT, book),
                        () -> ports.priceBooks().inForce(TENANT, NOW),
                        () -> ports.directory().put(TENANT, place),
                        () -> ports.directory().find(TENANT, APP, "web"),
                        (Runnable) () -> ports.directory().earliest(TENANT, APP, Option.none(), NOW))
                .map(call -> DynamicTest.dynamicTest(
                        "call",
                        () -> assertThat(catchThrowableOfType(StorageException.class, call::run))
                                .isNotNull()));
    }

    /** Makes one method of connections fail, after a number of calls. */
    private static DataSource failing(DataSource dataSource, String method, int after, String state) {
        AtomicInteger calls = new AtomicInteger();
        return new Connections(() -> {
            Connection connection = dataSource.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    FailuresTest.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, called, arguments) -> {
                        if (called.getName().equals(method) && calls.incrementAndGet() > after) {
                            throw new SQLException("no " + method, state);
                        }
                        try {
                            return called.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        });
    }

    @Test
    void a_connection_lost_while_committing_leaves_the_outcome_unknown_and_repeating_settles_it() {
        DataSource dataSource = H2.inMemory();
        JdbcPorts.migrate(dataSource);
        Commit commit = commit(issue("invoice", line("a", "1")));
        StorageException failure = failureOf(failing(dataSource, "commit", 0, "08006"), commit);
        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(JdbcPorts.openMigrated(dataSource)
                        .invoices()
                        .commit(TENANT, commit)
                        .isRight())
                .isTrue();
    }

    @Test
    void a_failure_after_the_commit_is_not_told_as_if_nothing_was_changed() {
        DataSource dataSource = H2.inMemory();
        JdbcPorts.migrate(dataSource);
        Commit commit = commit(issue("invoice"));
        // One connection is opened and closed to see which database it is.
        StorageException failure = failureOf(failing(dataSource, "close", 1, "08006"), commit);
        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(JdbcPorts.openMigrated(dataSource).invoices().find(ALL, new InvoiceId("invoice")))
                .isNotEmpty();
    }

    @Test
    void a_failure_to_undo_is_told_along() {
        DataSource dataSource = H2.inMemory();
        JdbcPorts.migrate(dataSource);
        Commit commit = commit(issue(Samples.head("invoice"), () -> {
            throw new IllegalStateException("no lines");
        }));
        IllegalStateException failure = catchThrowableOfType(
                IllegalStateException.class,
                () -> JdbcPorts.openMigrated(failing(dataSource, "rollback", 0, "08006"))
                        .invoices()
                        .commit(TENANT, commit));
        assertThat(failure).hasMessage("no lines");
        assertThat(failure.getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("no rollback");
    }

    @Test
    void a_lock_that_cannot_be_had_is_tried_again_until_lines_are_read() {
        DataSource dataSource = H2.inMemory();
        JdbcPorts.migrate(dataSource);
        AtomicInteger statements = new AtomicInteger();
        DataSource contended = new Connections(() -> {
            boolean fails = statements.incrementAndGet() == 2;
            return fails
                    ? failing(dataSource, "prepareStatement", 0, "40001").getConnection()
                    : dataSource.getConnection();
        });
        assertThat(JdbcPorts.openMigrated(contended)
                        .invoices()
                        .commit(TENANT, commit(issue("invoice", line("a", "1"))))
                        .isRight())
                .isTrue();
    }

    @Test
    void a_connection_goes_back_as_it_came() throws SQLException {
        try (Connection connection = H2.inMemory().getConnection()) {
            DataSource only = new Connections(() -> HostTransactionTest.kept(connection));
            int isolation = connection.getTransactionIsolation();
            Ports ports = JdbcPorts.open(only);
            Commit commit = commit(issue("invoice"));
            ports.invoices().commit(TENANT, commit);
            ports.invoices().commit(TENANT, commit(issue("invoice")));
            ports.invoices().lines(ALL, LineItemQuery.of(InvoiceQuery.ALL), found -> found);
            assertThatIllegalStateException()
                    .isThrownBy(() -> ports.invoices().lines(ALL, LineItemQuery.of(InvoiceQuery.ALL), found -> {
                        throw new IllegalStateException("enough");
                    }));
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
        }
    }

    private static StorageException failureOf(DataSource dataSource, Commit commit) {
        return catchThrowableOfType(
                StorageException.class,
                () -> JdbcPorts.openMigrated(dataSource).invoices().commit(TENANT, commit));
    }
}

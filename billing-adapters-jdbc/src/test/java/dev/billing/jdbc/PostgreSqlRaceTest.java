package dev.billing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.billing.port.Ports;
import dev.billing.testkit.life.RaceContract;
import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Also says that nobody had to wait for a deadlock to be broken, which the store would make good by trying again. */
class PostgreSqlRaceTest extends RaceContract {

    private static final DataSource DATABASE = PostgreSql.empty();
    private static final Ports PORTS = JdbcPorts.open(DATABASE);

    /** More connections than races use. */
    private static final int CONNECTIONS = 6;

    private long before;

    @Override
    protected Ports ports() {
        return PORTS;
    }

    @Override
    protected boolean isEitherFirst() {
        return true;
    }

    @BeforeEach
    void countDeadlocks() throws SQLException {
        before = deadlocks();
    }

    @AfterEach
    void checkDeadlocks() throws SQLException {
        assertThat(deadlocks() - before).as("Deadlocks").isZero();
    }

    /** Nothing could be said by a counter that does not count. */
    @Test
    void a_deadlock_would_be_counted() throws SQLException {
        try (Connection one = DATABASE.getConnection();
                Connection other = DATABASE.getConnection()) {
            execute(one, "create table crossed (id int primary key)");
            execute(one, "insert into crossed values (1), (2)");
            one.setAutoCommit(false);
            other.setAutoCommit(false);
            execute(one, "update crossed set id = id where id = 1");
            execute(other, "update crossed set id = id where id = 2");
            CompletableFuture<Void> beside =
                    CompletableFuture.runAsync(() -> crossing(one, "update crossed set id = id where id = 2"));
            CompletableFuture<Void> crossed =
                    CompletableFuture.runAsync(() -> crossing(other, "update crossed set id = id where id = 1"));
            CompletionException broken = catchThrowableOfType(
                    CompletionException.class,
                    () -> CompletableFuture.allOf(beside, crossed).join());
            assertThat(broken).hasMessageContaining("deadlock");
            one.setAutoCommit(true);
            other.setAutoCommit(true);
            execute(one, "drop table crossed");
        }
        assertThat(deadlocks() - before).as("Deadlocks").isOne();
        before++;
    }

    private static void crossing(Connection connection, String sql) {
        try {
            execute(connection, sql);
        } catch (SQLException e) {
            try {
                connection.rollback();
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new IllegalStateException(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Each connection says how many it was in when it is asked to. */
    private static long deadlocks() throws SQLException {
        Seq<Connection> connections = Array.empty();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections = connections.append(DATABASE.getConnection());
                execute(connections.last(), "select pg_stat_force_next_flush()");
            }
            try (Statement statement = connections.last().createStatement();
                    ResultSet found = statement.executeQuery(
                            "select deadlocks from pg_stat_database where datname = current_database()")) {
                found.next();
                return found.getLong(1);
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }
}

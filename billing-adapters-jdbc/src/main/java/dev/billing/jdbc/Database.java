package dev.billing.jdbc;

import io.vavr.control.Either;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** Runs work on connections: reads, snapshots and changes. Turns every {@link SQLException} into a
 * {@link dev.billing.port.StorageException}. */
final class Database {

    private static final int ATTEMPTS = 5;

    private final DataSource dataSource;
    private final Dialect dialect;

    private Database(DataSource dataSource, Dialect dialect) {
        this.dataSource = dataSource;
        this.dialect = dialect;
    }

    /** Something to do on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    static Database of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return new Database(dataSource, Dialect.of(connection));
        } catch (SQLException e) {
            throw Failures.of("open", e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** One statement that reads. */
    <T> T read(String doing, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw Failures.of(doing, e);
        }
    }

    /** Statements that read one state of the database; in the host's transaction, what that sees. */
    <T> T snapshot(String doing, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getAutoCommit() ? onSnapshot(connection, work) : work.on(connection);
        } catch (SQLException e) {
            throw Failures.of(doing, e);
        }
    }

    private <T> T onSnapshot(Connection connection, Work<T> work) throws SQLException {
        int before = beginSnapshot(connection);
        try {
            T result = work.on(connection);
            endSnapshot(connection, before);
            return result;
        } catch (Throwable failure) {
            Transaction.suppress(failure, () -> endSnapshot(connection, before));
            throw failure;
        }
    }

    private int beginSnapshot(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            return dialect.beginSnapshot(connection);
        } catch (Throwable failure) {
            Transaction.suppress(failure, connection::rollback, () -> connection.setAutoCommit(true));
            throw failure;
        }
    }

    private void endSnapshot(Connection connection, int before) throws SQLException {
        connection.rollback();
        dialect.endSnapshot(connection, before);
        connection.setAutoCommit(true);
    }

    /** A change, which is kept if it is right and undone if it is left. */
    <E, T> Either<E, T> change(String doing, Work<Either<E, T>> work) {
        return change(doing, work, () -> true);
    }

    /**
     * A change, which is kept if it is right and undone if it is left.
     *
     * @param repeatable whether the work can still be done again, should somebody else's work have been in the way
     */
    <E, T> Either<E, T> change(String doing, Work<Either<E, T>> work, BooleanSupplier repeatable) {
        for (int attempt = 1; ; attempt++) {
            Transaction transaction = begin(doing);
            try {
                return change(transaction, work);
            } catch (SQLException e) {
                boolean again = attempt < ATTEMPTS && transaction.isOwn() && Failures.isContention(e);
                if (!again || !repeatable.getAsBoolean()) {
                    throw Failures.of(doing, e);
                }
            }
            pause(attempt);
        }
    }

    private Transaction begin(String doing) {
        try {
            return Transaction.begin(dataSource, doing);
        } catch (SQLException e) {
            throw Failures.of(doing, e);
        }
    }

    private static <E, T> Either<E, T> change(Transaction transaction, Work<Either<E, T>> work) throws SQLException {
        Either<E, T> result = workOn(transaction, work);
        if (result.isRight()) {
            transaction.keep();
        } else {
            transaction.undo();
        }
        return result;
    }

    private static <T> T workOn(Transaction transaction, Work<T> work) throws SQLException {
        try {
            return work.on(transaction.connection());
        } catch (Throwable failure) {
            transaction.abandon(failure);
            throw failure;
        }
    }

    private static void pause(int attempt) {
        LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(1, 20L * attempt)));
    }

    /**
     * Work that looks what is there and inserts what is missing. If somebody else inserts it meanwhile, a unique constraint says so, and
     * the work is done again: then it finds what the other one has inserted.
     */
    static <T> T settle(Connection connection, Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            Savepoint start = connection.setSavepoint();
            try {
                T result = work.on(connection);
                connection.releaseSavepoint(start);
                return result;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !Failures.isUniqueViolation(e)) {
                    throw e;
                }
                connection.rollback(start);
            }
        }
    }
}

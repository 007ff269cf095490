package dev.billing.jdbc;

import dev.billing.port.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;

/** A unit of work on a connection: a transaction of its own, or a part of the host's. In the end the connection goes back as it came. */
abstract class Transaction {

    private final Connection connection;

    private Transaction(Connection connection) {
        this.connection = connection;
    }

    /** Begins one of its own if the connection commits by itself, else joins the host's. */
    static Transaction begin(DataSource dataSource, String doing) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            return connection.getAutoCommit() ? new Own(connection, doing) : new Joined(connection, doing);
        } catch (Throwable failure) {
            suppress(failure, connection::close);
            throw failure;
        }
    }

    final Connection connection() {
        return connection;
    }

    /** Whether it is no part of a transaction of the host. */
    final boolean isOwn() {
        return this instanceof Own;
    }

    /** Keeps what was done. */
    final void keep() {
        try {
            commit();
            connection.close();
        } catch (SQLException e) {
            StorageException failure = failureToKeep(e);
            abandon(failure);
            throw failure;
        }
    }

    /** Undoes what was done. */
    final void undo() throws SQLException {
        try {
            rollback();
        } catch (Throwable failure) {
            suppress(failure, connection::close);
            throw failure;
        }
        connection.close();
    }

    /** Undoes what was done because of a failure, which is told what else fails on the way. */
    final void abandon(Throwable failure) {
        suppress(failure, this::rollback, connection::close);
    }

    abstract void commit() throws SQLException;

    abstract void rollback() throws SQLException;

    abstract StorageException failureToKeep(SQLException cause);

    /** A step on the way out. */
    @FunctionalInterface
    interface Step {
        void run() throws SQLException;
    }

    /** Does all steps, and lets a failure know of those that fail too. */
    static void suppress(Throwable failure, Step... steps) {
        for (Step step : steps) {
            try {
                step.run();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Auto-commit is only turned on again after a commit or rollback that worked, because turning it on commits. */
    private static final class Own extends Transaction {

        private final Connection connection;
        private final String doing;

        Own(Connection connection, String doing) throws SQLException {
            super(connection);
            this.connection = connection;
            this.doing = doing;
            connection.setAutoCommit(false);
        }

        @Override
        void commit() throws SQLException {
            connection.commit();
            connection.setAutoCommit(true);
        }

        @Override
        void rollback() throws SQLException {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }

        @Override
        StorageException failureToKeep(SQLException cause) {
            return Failures.whileCommitting(doing, cause);
        }
    }

    private static final class Joined extends Transaction {

        private final Connection connection;
        private final String doing;
        private final Savepoint start;

        Joined(Connection connection, String doing) throws SQLException {
            super(connection);
            this.connection = connection;
            this.doing = doing;
            this.start = connection.setSavepoint();
        }

        @Override
        void commit() throws SQLException {
            connection.releaseSavepoint(start);
        }

        @Override
        void rollback() throws SQLException {
            connection.rollback(start);
        }

        @Override
        StorageException failureToKeep(SQLException cause) {
            return Failures.of(doing, cause);
        }
    }
}

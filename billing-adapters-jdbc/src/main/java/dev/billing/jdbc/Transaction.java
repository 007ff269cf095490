package dev.billing.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;

/** A unit of work on a connection: a transaction of its own, or a part of the host's. It ends with {@code keep}, {@code undo} or both. */
abstract class Transaction {

    private final Connection connection;

    private Transaction(Connection connection) {
        this.connection = connection;
    }

    /** Begins one of its own if the connection commits by itself, else joins the host's. */
    static Transaction begin(DataSource dataSource, String doing) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            return connection.getAutoCommit() ? new Own(connection, doing) : new Joined(connection);
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

    /** Keeps what was done, and gives the connection back as it came. */
    abstract void keep() throws SQLException;

    /** Undoes what was done, and gives the connection back as it came. */
    abstract void undo() throws SQLException;

    /** Undoes what was done because of a failure, which is told what else fails on the way. */
    abstract void abandon(Throwable failure);

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
        void keep() {
            try {
                connection.commit();
                connection.setAutoCommit(true);
                connection.close();
            } catch (SQLException e) {
                throw Failures.whileCommitting(doing, e);
            }
        }

        @Override
        void undo() throws SQLException {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.close();
        }

        @Override
        void abandon(Throwable failure) {
            suppress(failure, connection::rollback, () -> connection.setAutoCommit(true), connection::close);
        }
    }

    private static final class Joined extends Transaction {

        private final Connection connection;
        private final Savepoint start;

        Joined(Connection connection) throws SQLException {
            super(connection);
            this.connection = connection;
            this.start = connection.setSavepoint();
        }

        @Override
        void keep() throws SQLException {
            connection.releaseSavepoint(start);
            connection.close();
        }

        @Override
        void undo() throws SQLException {
            connection.rollback(start);
            connection.close();
        }

        @Override
        void abandon(Throwable failure) {
            suppress(failure, () -> connection.rollback(start), connection::close);
        }
    }
}

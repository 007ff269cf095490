package dev.billing.jdbc;

import dev.billing.port.StorageException;
import dev.billing.port.StorageException.Kind;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What a failure of the database means for the caller. */
final class Failures {

    private static final String UNIQUE_VIOLATION = "23505";

    /** Deadlocks, serialization failures and locks that could not be had in time: PostgreSQL's, then H2's. */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01", "55P03", "HYT00", "90131");

    /** Classes of SQL states that pass: lost connections, resources, an operator's intervention. */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57");

    /** H2: the connection is broken. */
    private static final String BROKEN = "90067";

    private Failures() {}

    /** A failure before anything was committed. */
    static StorageException of(String doing, SQLException cause) {
        return new StorageException(isPassing(cause) ? Kind.RETRYABLE : Kind.FATAL, message(doing, cause), cause);
    }

    /** A failure of the commit itself or after it. Only where the database says that it rolled back is it known that nothing is kept. */
    static StorageException whileCommitting(String doing, SQLException cause) {
        Kind kind = isContention(cause) ? Kind.RETRYABLE : Kind.UNKNOWN_OUTCOME;
        return new StorageException(kind, message(doing, cause), cause);
    }

    static boolean isUniqueViolation(SQLException failure) {
        return UNIQUE_VIOLATION.equals(failure.getSQLState());
    }

    /** Whether the database gave up because of somebody else's work, and repeating it is likely to help. */
    static boolean isContention(SQLException failure) {
        return CONTENTION.contains(state(failure));
    }

    private static boolean isPassing(SQLException failure) {
        String state = state(failure);
        return failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || CONTENTION.contains(state)
                || state.equals(BROKEN)
                || PASSING.contains(state.substring(0, Math.min(2, state.length())));
    }

    private static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    private static String message(String doing, SQLException cause) {
        return "The database failed to " + doing + ": " + cause.getMessage();
    }
}

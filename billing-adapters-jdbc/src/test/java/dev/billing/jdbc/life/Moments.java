package dev.billing.jdbc.life;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/** Lets whoever kills the database choose the moment: just before or just after somebody's commit. */
final class Moments {

    private static final long SECONDS = 30;

    /** Where a transaction that has written something is. */
    enum When {
        /** All is written, and nothing is committed. */
        BEFORE_COMMIT,
        /** All is committed, and nobody knows: the answer is lost on the way. */
        AFTER_COMMIT,
        /** Wherever it may be. */
        ANY
    }

    /** What the killer waits for, and how both sides tell each other. */
    private record Wanted(String lane, When when, CompletableFuture<Void> reached, CompletableFuture<Void> killed) {}

    private final AtomicReference<Wanted> wanted = new AtomicReference<>();

    /** Kills at such a moment of a lane: whoever is there waits until it is done. */
    void kill(String lane, When when, Killing killing) throws Exception {
        if (when == When.ANY) {
            killing.kill();
            return;
        }
        Wanted moment = new Wanted(lane, when, new CompletableFuture<>(), new CompletableFuture<>());
        wanted.set(moment);
        try {
            moment.reached().get(SECONDS, TimeUnit.SECONDS);
            killing.kill();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Nobody of lane " + lane + " came " + when, e);
        } finally {
            wanted.set(null);
            moment.killed().complete(null);
        }
    }

    /** Kills. */
    @FunctionalInterface
    interface Killing {
        void kill() throws Exception;
    }

    /** The same connections, with their commits watched. */
    DataSource watch(String lane, DataSource source) {
        return proxy(DataSource.class, source, (name, call) -> {
            Object result = call.run();
            return result instanceof Connection connection ? watch(lane, connection) : result;
        });
    }

    private Connection watch(String lane, Connection connection) {
        return proxy(Connection.class, connection, (name, call) -> {
            if (name.equals("commit")) {
                commit(lane, connection);
                return null;
            }
            return call.run();
        });
    }

    private void commit(String lane, Connection connection) throws SQLException {
        Wanted moment = wanted.get();
        if (moment == null
                || !moment.lane().equals(lane)
                || !hasWritten(connection)
                || !wanted.compareAndSet(moment, null)) {
            connection.commit();
            return;
        }
        if (moment.when() == When.BEFORE_COMMIT) {
            letKill(moment);
            connection.commit();
        } else {
            connection.commit();
            letKill(moment);
            throw new SQLException("The answer to the commit was lost", "08006");
        }
    }

    private static boolean hasWritten(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select pg_current_xact_id_if_assigned() is not null")) {
            return found.next() && found.getBoolean(1);
        }
    }

    private static void letKill(Wanted moment) {
        moment.reached().complete(null);
        moment.killed().join();
    }

    @FunctionalInterface
    private interface Call {
        Object run() throws Exception;
    }

    @FunctionalInterface
    private interface Around {
        Object run(String name, Call call) throws Exception;
    }

    private static <T> T proxy(Class<T> type, T target, Around around) {
        return type.cast(Proxy.newProxyInstance(
                Moments.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> around.run(method.getName(), () -> {
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                })));
    }
}

package dev.billing.jdbc.life;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** A PostgreSQL of its own, on a directory that outlives it, so that it can be killed and started again. It writes through to the disk. */
final class KilledPostgreSql implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PAUSE_MILLIS = 20;

    private final Path data;
    private final Path binaries;
    private final int port;
    private Process server;

    private KilledPostgreSql(Path data, Path binaries, int port) throws IOException {
        this.data = data;
        this.binaries = binaries;
        this.port = port;
        this.server = launch();
    }

    /** Makes an empty cluster and starts it. */
    static KilledPostgreSql in(Path data) throws Exception {
        Place place = place(data);
        KilledPostgreSql started = new KilledPostgreSql(data, place.binaries(), place.port());
        started.awaitReady();
        return started;
    }

    /** Where the programs of PostgreSQL are, and a port that is free. */
    private record Place(Path binaries, int port) {}

    private static Place place(Path data) throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .start();
                Connection connection = first.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select setting from pg_config where name = 'BINDIR'")) {
            found.next();
            return new Place(Path.of(found.getString(1)), first.getPort());
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(
                List.of(binaries.resolve("postgres").toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        command.addAll(List.of(
                "-c",
                "max_connections=80",
                "-c",
                "jit=off",
                "-c",
                "unix_socket_directories=",
                "-c",
                "listen_addresses=127.0.0.1"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /**
     * Waits while it is at work.
     *
     * @throws IllegalStateException if it ends although nobody killed it
     */
    void staysAliveFor(Duration time) throws InterruptedException {
        if (server.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("PostgreSQL ended by itself; see " + log());
        }
    }

    private Path log() {
        return data.resolve("server.log");
    }

    /** Kills the server and all its processes, as {@code kill -9} does: nobody gets to say goodbye. */
    void kill() throws InterruptedException {
        List<ProcessHandle> processes = server.descendants().toList();
        server.destroyForcibly();
        processes.forEach(ProcessHandle::destroyForcibly);
        server.waitFor();
    }

    /** Starts the server again where it was killed, and waits until it has recovered. */
    void startAgain() throws IOException, InterruptedException {
        server = launch();
        awaitReady();
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL did not recover; see " + log());
            }
            if (!server.isAlive()) {
                // What was killed may still be leaving its shared memory.
                server = launch();
            }
            server.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isReady() {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            return statement.execute("select 1");
        } catch (SQLException notYet) {
            return false;
        }
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&connectTimeout=5";
    }

    /** Connections that come back after the server was killed. */
    DataSource pool(int size) {
        PGConnectionPoolDataSource connections = new PGConnectionPoolDataSource();
        connections.setUrl(url());
        JdbcConnectionPool pool = JdbcConnectionPool.create(connections);
        pool.setMaxConnections(size);
        return pool;
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The database may still run", e);
        }
    }
}

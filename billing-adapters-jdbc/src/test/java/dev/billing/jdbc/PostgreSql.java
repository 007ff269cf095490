package dev.billing.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** One real PostgreSQL for all tests of a JVM. */
final class PostgreSql {

    private static final JdbcConnectionPool POOL = start();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private PostgreSql() {}

    private static JdbcConnectionPool start() {
        try {
            // Tables are filled and asked at once, so statistics must not take their usual minute to come.
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("jit", "off")
                    .setServerConfig("autovacuum_naptime", "1s")
                    .start();
            PGConnectionPoolDataSource connections = new PGConnectionPoolDataSource();
            connections.setUrl(server.getJdbcUrl("postgres", "postgres"));
            JdbcConnectionPool pool = JdbcConnectionPool.create(connections);
            pool.setMaxConnections(40);
            return pool;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty schema. */
    static DataSource empty() {
        String schema = "billing_" + COUNT.incrementAndGet();
        try (Connection connection = POOL.getConnection()) {
            execute(connection, "create schema " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Connections(() -> execute(POOL.getConnection(), "set search_path to " + schema));
    }

    private static Connection execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return connection;
    }
}

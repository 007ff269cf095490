package dev.billing.quickstart;

import dev.billing.jdbc.JdbcPorts;
import dev.billing.port.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcConnectionPool;

/** An H2 database in a folder. */
final class Database implements AutoCloseable {

    private static final String NAME = "billing";

    private final String url;
    private final JdbcConnectionPool pool;
    private final Ports ports;

    private Database(String url) {
        this.url = url;
        this.pool = JdbcConnectionPool.create(url, "", "");
        this.ports = JdbcPorts.open(pool);
    }

    static Database in(Path folder) {
        return new Database(
                "jdbc:h2:file:" + folder.toAbsolutePath().normalize().resolve(NAME));
    }

    /** Whether there is one in a folder. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(NAME + ".mv.db"));
    }

    String url() {
        return url;
    }

    Ports ports() {
        return ports;
    }

    @Override
    public void close() {
        pool.dispose();
    }
}

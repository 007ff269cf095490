package dev.billing.jdbc;

import java.nio.file.Path;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;

/** H2 in this JVM. */
final class H2 {

    private H2() {}

    /** An empty database in memory, which lasts as long as the JVM. */
    static JdbcConnectionPool inMemory() {
        return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    static JdbcConnectionPool inFile(Path file) {
        return JdbcConnectionPool.create("jdbc:h2:file:" + file.toAbsolutePath(), "sa", "");
    }
}

package dev.billing.jdbc;

import dev.billing.port.StorageException;
import io.vavr.Tuple2;
import io.vavr.collection.Array;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import javax.sql.DataSource;

/** Brings the tables up to date, script by script, and remembers each in {@code billing_schema}. */
final class Migration {

    /** In their order. A script that was released is never changed: the next change is the next script. */
    private static final Seq<Script> SCRIPTS = Array.of(
            new Script(1, "tables", connection -> {}),
            new Script(2, "queries", Backfill::run),
            new Script(3, "meters", connection -> {}),
            new Script(4, "accounts", connection -> {}),
            new Script(5, "seals", connection -> {}));

    private static final int ATTEMPTS = 10;

    private static final String CREATE_SCHEMA = """
            create table if not exists billing_schema (
                version     integer not null primary key,
                description ${text} not null,
                checksum    ${text} not null,
                applied_at  timestamp(6) with time zone not null
            )
            """;

    private static final String RECORD =
            "insert into billing_schema (version, description, checksum, applied_at) values (?, ?, ?, ?)";

    private final DataSource dataSource;

    Migration(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What a script needs that SQL cannot say. It can be repeated as a script's statements can. */
    @FunctionalInterface
    private interface Rest {
        void on(Connection connection) throws SQLException;
    }

    /** One step. Its text is that for one database, such as {@code V5__seals.h2.sql}, or else that for every database. */
    private record Script(int version, String description, Rest rest) {

        String text(Dialect dialect) {
            String name = "migration/V" + version + "__" + description;
            String database = "." + dialect.name().toLowerCase(Locale.ROOT);
            return resource(name + database + ".sql")
                    .orElse(() -> resource(name + ".sql"))
                    .getOrElseThrow(() ->
                            new IllegalStateException("The library is not complete: " + name + ".sql is missing"));
        }

        private static Option<String> resource(String name) {
            try (InputStream in = Migration.class.getResourceAsStream(name)) {
                return in == null
                        ? Option.none()
                        : Option.some(new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String checksum(Dialect dialect) {
            return Digest.of(text(dialect));
        }
    }

    /** One at a time in this JVM, which is all that has the database open if it is embedded. */
    void run() {
        synchronized (Migration.class) {
            runRepeatedly();
        }
    }

    private void runRepeatedly() {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = dataSource.getConnection()) {
                migrate(connection);
                return;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !isSomebodyElse(e)) {
                    throw Failures.of("bring its tables up to date", e);
                }
            }
        }
    }

    /** Whoever creates or records something at the same time does the same. H2 calls it a general error. */
    private static boolean isSomebodyElse(SQLException failure) {
        return Failures.isContention(failure)
                || Failures.isUniqueViolation(failure)
                || "HY000".equals(failure.getSQLState());
    }

    private static void migrate(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            Dialect dialect = Dialect.of(connection);
            dialect.lockMigration(connection);
            execute(connection, dialect.spell(CREATE_SCHEMA));
            apply(connection, dialect);
            connection.commit();
            connection.setAutoCommit(autoCommit);
        } catch (Throwable failure) {
            Transaction.suppress(failure, connection::rollback, () -> connection.setAutoCommit(autoCommit));
            throw failure;
        }
    }

    private static void apply(Connection connection, Dialect dialect) throws SQLException {
        Map<Integer, String> applied = new Query("select version, checksum from billing_schema")
                .list(connection, row -> new Tuple2<>((int) row.whole(), row.text()))
                .toMap(entry -> entry);
        applied.keySet()
                .max()
                .filter(latest -> latest > SCRIPTS.last().version())
                .forEach(Migration::refuseNewer);
        for (Script script : SCRIPTS) {
            if (applied.containsKey(script.version())) {
                applied.get(script.version())
                        .filter(checksum -> !checksum.equals(script.checksum(dialect)))
                        .forEach(checksum -> refuseChanged(script));
            } else {
                apply(connection, dialect, script);
            }
        }
    }

    private static void refuseNewer(int version) {
        throw new StorageException(
                StorageException.Kind.FATAL,
                "The database must not be newer than the library, but has version " + version
                        + " of billing's tables where the library knows "
                        + SCRIPTS.last().version());
    }

    private static void refuseChanged(Script script) {
        throw new StorageException(
                StorageException.Kind.FATAL,
                "A script that was run must not change, but version " + script.version()
                        + " of billing's tables was made by another one than the library has");
    }

    private static void apply(Connection connection, Dialect dialect, Script script) throws SQLException {
        for (String statement : statements(dialect.spell(script.text(dialect)))) {
            execute(connection, statement);
        }
        script.rest().on(connection);
        Batch.one(
                connection,
                RECORD,
                row -> row.whole(script.version())
                        .text(script.description())
                        .text(script.checksum(dialect))
                        .instant(Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    }

    /**
     * A statement ends with a semicolon at the end of a line, and comments have lines or line ends of their own. What stands between two
     * {@code $$} is part of one statement.
     */
    private static Seq<String> statements(String script) {
        String code = Array.of(script.split("\n", -1))
                .map(line -> line.replaceFirst("--.*", ""))
                .mkString("\n");
        String withBodiesOnOneLine = Array.of(code.split("\\$\\$", -1))
                .zipWithIndex((part, index) -> index % 2 == 0 ? part : part.replace('\n', ' '))
                .mkString("$$");
        return Array.of(withBodiesOnOneLine.split(";\\s*\n", -1))
                .map(String::strip)
                .reject(String::isEmpty);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

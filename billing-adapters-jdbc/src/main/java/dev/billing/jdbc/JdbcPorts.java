package dev.billing.jdbc;

import dev.billing.port.Ports;
import javax.sql.DataSource;

/**
 * All ports over a database: H2, or PostgreSQL from version 15.
 * <p>
 * A connection that comes with auto-commit on is used for one transaction and goes back as it came. One that comes with auto-commit off is
 * in a transaction of the host, and the host must end it: what billing writes is part of that transaction, and what billing refuses is
 * taken back to where the call began. So a pool that hands out connections with auto-commit off needs a transaction around every call.
 * <p>
 * Numbers keep every digit; H2 takes up to 60 before and 60 after the point. Instants keep microseconds, within the years 1 to 9999. What
 * does not fit is refused. A text with half of a surrogate pair, or with more than a million characters, cannot be kept and is an
 * {@link IllegalArgumentException}.
 */
public final class JdbcPorts {

    private JdbcPorts() {}

    /**
     * Brings the tables up to date and gives the ports over them.
     *
     * @throws IllegalArgumentException if the database is neither H2 nor PostgreSQL
     * @throws dev.billing.port.StorageException as {@link #migrate}
     */
    public static Ports open(DataSource dataSource) {
        migrate(dataSource);
        return openMigrated(dataSource);
    }

    /**
     * The ports over tables that are up to date, where the host runs the scripts of {@code dev/billing/jdbc/migration} with a tool of its
     * own. They have placeholders for the names that types have on a database: {@code ${text}}, {@code ${number}} and
     * {@code ${bytes}} are {@code character varying}, {@code decfloat(120)} and {@code varbinary} on H2, {@code text collate "C"},
     * {@code numeric} and {@code bytea} on PostgreSQL. The fifth script
     * is another one for each of them; on H2 it names a class of this library, which an H2 server must have on its class path.
     * <p>
     * This is also the way for a role that owns no tables, which is how issued content is safe from raw SQL.
     *
     * @throws IllegalArgumentException if the database is neither H2 nor PostgreSQL
     */
    public static Ports openMigrated(DataSource dataSource) {
        Database database = Database.of(dataSource);
        return new Ports(
                new JdbcInvoiceStore(database),
                new JdbcAccountStore(database),
                new JdbcOutbox(database),
                new JdbcUsageStore(database),
                new JdbcPriceBooks(database),
                new JdbcDirectory(database));
    }

    /**
     * Creates the tables, or brings them up to date; doing it again, or from several places at once, changes nothing. It commits, so call
     * it outside of transactions.
     *
     * @throws IllegalArgumentException if the database is neither H2 nor PostgreSQL
     * @throws dev.billing.port.StorageException if a newer version of this library was here before, a script that was run differs from
     *     this library's, or the database fails
     */
    public static void migrate(DataSource dataSource) {
        new Migration(dataSource).run();
    }
}

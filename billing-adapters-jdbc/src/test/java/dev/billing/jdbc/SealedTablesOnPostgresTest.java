package dev.billing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class SealedTablesOnPostgresTest extends SealedTablesContract {

    @Override
    DataSource owner() {
        return PostgreSql.empty();
    }

    @Override
    DataSource role(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            String schema = connection.getSchema();
            String role = "role_of_" + schema;
            for (String sql : Array.of(
                    "create role " + role + " login",
                    "grant usage on schema " + schema + " to " + role,
                    "grant select, insert, update, delete on all tables in schema " + schema + " to " + role,
                    "grant usage on all sequences in schema " + schema + " to " + role)) {
                execute(database, sql);
            }
            PGSimpleDataSource login = new PGSimpleDataSource();
            login.setUrl(connection.getMetaData().getURL());
            login.setUser(role);
            login.setCurrentSchema(schema);
            return login;
        }
    }

    @Override
    Seq<String> withoutGuards() {
        return TABLES.flatMap(table ->
                Array.of("drop trigger billing_seal on " + table, "drop trigger billing_seal_all on " + table));
    }

    @Override
    Seq<String> waysAround() {
        return TABLES.flatMap(table -> Array.of(
                        "alter table " + table + " disable trigger user",
                        "create rule nothing as on delete to " + table + " do instead nothing"))
                .appendAll(Array.of(
                        // The owner's connections are of a pool.
                        "set session_replication_role = replica; reset session_replication_role",
                        "alter function billing_refuse_part() reset all",
                        "create or replace function billing_refuse() returns trigger language plpgsql as"
                                + " 'begin return old; end'"));
    }

    @Test
    void a_table_of_a_session_s_own_does_not_deceive_the_guards() throws SQLException {
        try (Connection connection = role().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create temporary table billing_invoice (like billing_invoice)");
            statement.execute("create temporary table billing_place_set (like billing_place_set)");
            for (String sql : Array.of(
                    "update billing_line set description = 'x' where line_id = 'a'",
                    "update billing_place_set_entry set ref_name = 'x'")) {
                assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("Issued content never changes");
            }
        }
    }

    @Test
    void a_line_that_is_added_while_a_document_is_issued_is_refused() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (Connection issuing = role().getConnection();
                Connection adding = role().getConnection()) {
            issuing.setAutoCommit(false);
            run(issuing, "select * from billing_invoice where invoice_id = 'draft' for update");
            run(issuing, "update billing_invoice set seal = 'v1:seal' where invoice_id = 'draft'");
            CountDownLatch started = new CountDownLatch(1);
            Future<?> added = pool.submit(() -> {
                started.countDown();
                return run(adding, "update billing_line set description = 'x' where line_id = 'draft1'");
            });
            started.await();
            awaitBlocked(issuing);
            issuing.commit();
            assertThatThrownBy(added::get).hasMessageContaining("Issued content never changes");
        } finally {
            pool.shutdownNow();
        }
    }

    private static boolean run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    /** Until another session waits for this one. */
    private static void awaitBlocked(Connection connection) throws SQLException {
        Query blocked =
                new Query("select count(*) from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))");
        long waiting = 0;
        while (waiting == 0) {
            waiting = blocked.first(connection, Row::whole).get();
        }
        assertThat(waiting).isEqualTo(1);
    }
}

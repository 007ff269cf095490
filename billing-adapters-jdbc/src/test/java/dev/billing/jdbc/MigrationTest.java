package dev.billing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.port.StorageException;
import dev.billing.port.StorageException.Kind;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationTest {

    private static final int THREADS = 4;

    @ParameterizedTest
    @EnumSource
    void running_it_again_changes_nothing(Engine engine) throws SQLException {
        DataSource dataSource = engine.empty();
        JdbcPorts.migrate(dataSource);
        JdbcPorts.open(dataSource).invoices().commit(Samples.TENANT, Samples.commit(Samples.issue("invoice")));
        JdbcPorts.migrate(dataSource);
        assertThat(JdbcPorts.openMigrated(dataSource)
                        .invoices()
                        .find(Samples.ALL, Samples.head("invoice").id()))
                .isNotEmpty();
        assertThat(versions(dataSource)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void several_may_run_it_at_once(Engine engine) throws Exception {
        DataSource dataSource = engine.empty();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Object>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                calls.add(() -> {
                    start.await();
                    return JdbcPorts.open(dataSource);
                });
            }
            for (Future<Object> call : pool.invokeAll(calls)) {
                assertThat(call.get()).isNotNull();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(versions(dataSource)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void one_that_was_cut_off_can_be_run_again(Engine engine) throws SQLException {
        DataSource dataSource = engine.empty();
        JdbcPorts.migrate(dataSource);
        execute(dataSource, "delete from billing_schema");
        execute(dataSource, "drop table billing_place_within");
        JdbcPorts.migrate(dataSource);
        execute(dataSource, "select * from billing_place_within");
        assertThat(versions(dataSource)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_database_of_a_newer_library_is_refused(Engine engine) throws SQLException {
        DataSource dataSource = engine.empty();
        JdbcPorts.migrate(dataSource);
        execute(
                dataSource,
                "insert into billing_schema select 9000, description, checksum, applied_at from billing_schema");
        assertThatThrownBy(() -> JdbcPorts.open(dataSource))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FATAL))
                .hasMessage("The database must not be newer than the library, but has version 9000 of billing's tables"
                        + " where the library knows 1");
    }

    @ParameterizedTest
    @EnumSource
    void a_script_that_changed_is_refused(Engine engine) throws SQLException {
        DataSource dataSource = engine.empty();
        JdbcPorts.migrate(dataSource);
        execute(dataSource, "update billing_schema set checksum = 'other'");
        assertThatThrownBy(() -> JdbcPorts.open(dataSource))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FATAL))
                .hasMessageContaining("version 1 of billing's tables was made by another one");
    }

    @ParameterizedTest
    @EnumSource
    void auto_commit_is_left_as_it_was(Engine engine) throws SQLException {
        DataSource dataSource = engine.empty();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            JdbcPorts.migrate(new Connections(() -> HostTransactionTest.kept(connection)));
            assertThat(connection.getAutoCommit()).isFalse();
            connection.rollback();
            connection.setAutoCommit(true);
        }
        assertThat(versions(dataSource)).isEqualTo(1);
    }

    @Test
    void another_product_is_refused() {
        DataSource other = new Connections(() -> named("Other SQL"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcPorts.openMigrated(other))
                .withMessage("Billing is kept in H2 or PostgreSQL, but the data source is of Other SQL");
        assertThatIllegalArgumentException().isThrownBy(() -> JdbcPorts.migrate(other));
    }

    private static Connection named(String product) {
        ClassLoader loader = MigrationTest.class.getClassLoader();
        Object metaData = Proxy.newProxyInstance(
                loader, new Class<?>[] {DatabaseMetaData.class}, (proxy, method, arguments) -> product);
        return (Connection) Proxy.newProxyInstance(
                loader, new Class<?>[] {Connection.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getMetaData" -> metaData;
                    case "getAutoCommit" -> true;
                    default -> null;
                });
    }

    private static long versions(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new Query("select count(*) from billing_schema")
                    .first(connection, Row::whole)
                    .get();
        }
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package dev.billing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.Ref;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceId;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.invoice.Tag;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.line.Selection;
import dev.billing.domain.meter.Meter;
import dev.billing.domain.money.Money;
import dev.billing.domain.period.Period;
import dev.billing.domain.pricing.PerUnit;
import dev.billing.domain.pricing.PriceBook;
import dev.billing.domain.pricing.PriceBookVersion;
import dev.billing.domain.pricing.Product;
import dev.billing.domain.usage.FactId;
import dev.billing.domain.usage.UsageRecord;
import dev.billing.port.FactQuery;
import dev.billing.port.InvoiceCondition;
import dev.billing.port.InvoiceOrder;
import dev.billing.port.InvoiceQuery;
import dev.billing.port.InvoiceStore;
import dev.billing.port.LineItemQuery;
import dev.billing.port.PageRequest;
import dev.billing.port.Ports;
import dev.billing.port.Recorded;
import dev.billing.port.StorageException;
import dev.billing.port.StorageException.Kind;
import dev.billing.port.Stored;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
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

    private static final Product TRAFFIC = new Product(
            "traffic",
            "compute",
            "GB",
            new PerUnit(Money.of(Samples.USD, new BigDecimal("0.09"))),
            Option.some("bytes"));

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
        assertThat(versions(dataSource)).isEqualTo(5);
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
        assertThat(versions(dataSource)).isEqualTo(5);
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
        assertThat(versions(dataSource)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_kept_by_the_first_version_is_found_by_the_next(Engine engine) throws SQLException {
        DataSource dataSource = engine.empty();
        InvoiceStore store = JdbcPorts.open(dataSource).invoices();
        Head head = new Head(
                new InvoiceId("invoice"),
                "standard",
                Samples.ALICE,
                Samples.ALICE,
                Option.some(new Ref("app", "1", "Web \ud83d\ude00")),
                Option.some(Samples.FEBRUARY),
                Samples.places("web"),
                Option.none(),
                Samples.USD,
                Samples.NOW);
        Standing tagged = Standing.initial(head.id(), InvoiceStatus.CLOSED, Samples.NOW)
                .tagged(Array.of(new Tag(1, "team", "core")), Samples.NOW);
        store.commit(
                Samples.TENANT,
                Samples.commit(
                        Samples.issue(head, Array.of(Samples.line("a", "1"), Samples.line("b", "2"))),
                        new Write.Stand(tagged)));
        InvoiceOrder order = InvoiceOrder.of(
                InvoiceOrder.Term.ascending(InvoiceOrder.Field.OWNER),
                InvoiceOrder.Term.ascending(InvoiceOrder.Field.SUBJECT_NAME),
                InvoiceOrder.Term.ascending(new InvoiceOrder.PlaceName(Samples.APP)));
        InvoiceQuery query = InvoiceQuery.of(
                new InvoiceCondition.SubjectNameContains(HashSet.of("WEB")),
                new InvoiceCondition.At(Samples.APP, HashSet.of("web")),
                new InvoiceCondition.HasTag("team"),
                new InvoiceCondition.ChangedFrom(Samples.NOW));
        Option<Stored> document = store.find(Samples.ALL, head.id()).map(MigrationTest::withoutSeal);
        backToTheFirstVersion(dataSource);

        InvoiceStore next = JdbcPorts.open(dataSource).invoices();
        assertThat(next.search(Samples.ALL, query, order, PageRequest.first(10)).rows())
                .containsExactlyElementsOf(document);
        assertThat(next.search(
                                Samples.ALL,
                                InvoiceQuery.of(new InvoiceCondition.After(order, document.get())),
                                order,
                                PageRequest.first(10))
                        .rows())
                .isEmpty();
        Selection externally = Selection.of(new Selection.WithExternalId(HashSet.of("b")));
        LineItemQuery lines = new LineItemQuery(InvoiceQuery.ALL, externally);
        Array<LineItem> found = next.lines(Samples.ALL, lines, read -> Array.ofAll(() -> read));
        assertThat(found).containsExactly(Samples.line("b", "2"));
    }

    private static Stored withoutSeal(Stored stored) {
        Invoice.Issued issued = (Invoice.Issued) stored.invoice();
        return new Stored(
                new Invoice.Issued(issued.head(), issued.figures(), issued.number(), issued.issuedAt()),
                stored.standing());
    }

    private static void backToTheFirstVersion(DataSource dataSource) throws SQLException {
        backToTheSecondVersion(dataSource);
        execute(dataSource, "delete from billing_schema where version = 2");
        execute(dataSource, "drop table billing_invoice_place");
        execute(dataSource, "drop table billing_attribute");
        execute(dataSource, "drop table billing_tag");
        execute(dataSource, "drop index billing_invoice_by_period_and_key");
        for (String column : List.of(
                "as_of",
                "attributes",
                "id_key",
                "owner_key",
                "subject_type_key",
                "subject_id_key",
                "subject_name_key",
                "subject_name_folded")) {
            execute(dataSource, "alter table billing_invoice drop column " + column);
        }
        for (String column : List.of("tax", "tax_currency", "unit_cost", "unit_cost_currency", "external_id")) {
            execute(dataSource, "alter table billing_line drop column " + column);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_kept_by_the_second_version_has_neither_properties_nor_meters(Engine engine) throws SQLException {
        DataSource dataSource = engine.empty();
        UsageRecord before = new UsageRecord(
                new FactId("before"),
                Samples.ALICE,
                "bytes",
                new BigDecimal("0.0014002692168963457"),
                Samples.NOW,
                Samples.places("web"),
                Samples.NOW);
        PriceBook book = PriceBook.of(new PriceBookVersion("main", 1), Samples.USD, Samples.NOW, Array.of(TRAFFIC));
        Ports old = JdbcPorts.open(dataSource);
        old.usage().record(Samples.TENANT, Array.of(before));
        old.priceBooks().put(Samples.TENANT, book);
        backToTheSecondVersion(dataSource);

        Ports next = JdbcPorts.open(dataSource);
        FactQuery all = FactQuery.of(Samples.ALICE, Period.of(Samples.NOW, Samples.NOW.plusSeconds(1)));
        assertThat(usage(next, all)).containsExactly(before);
        assertThat(next.usage().record(Samples.TENANT, Array.of(before)).get()).isEqualTo(new Recorded(0, 1));
        assertThat(next.priceBooks().put(Samples.TENANT, book).isRight()).isTrue();
        UsageRecord after = new UsageRecord(
                new FactId("next"),
                Samples.ALICE,
                "bytes",
                BigDecimal.ONE,
                Samples.NOW,
                Samples.places("web"),
                HashMap.of("region", "eu"),
                Samples.NOW);
        PriceBook metered = PriceBook.of(
                new PriceBookVersion("main", 2),
                Samples.USD,
                Samples.NOW,
                Array.of(TRAFFIC),
                Array.of(Meter.sum("bytes").by("region")));
        next.usage().record(Samples.TENANT, Array.of(after));
        next.priceBooks().put(Samples.TENANT, metered);
        assertThat(usage(next, all)).containsExactly(before, after);
        assertThat(next.priceBooks().inForce(Samples.TENANT, Samples.NOW)).containsExactly(metered);
    }

    private static Seq<UsageRecord> usage(Ports ports, FactQuery query) {
        return ports.usage().usage(Samples.ALL, query, found -> Array.ofAll(() -> found));
    }

    private static void backToTheSecondVersion(DataSource dataSource) throws SQLException {
        backToTheThirdVersion(dataSource);
        execute(dataSource, "delete from billing_schema where version = 3");
        execute(dataSource, "alter table billing_usage drop column properties");
        execute(dataSource, "alter table billing_price_book drop column meters");
    }

    /** Documents of that version had neither guards nor seals; what else came later does not disturb. */
    private static void backToTheThirdVersion(DataSource dataSource) throws SQLException {
        execute(dataSource, "delete from billing_schema where version in (4, 5)");
        withoutGuards(dataSource);
        execute(dataSource, "update billing_invoice set seal = null, seal_addressee = null, seal_salt = null");
    }

    private static void withoutGuards(DataSource dataSource) throws SQLException {
        for (String table : SealedTablesContract.TABLES) {
            if (isH2(dataSource)) {
                execute(dataSource, "drop trigger " + table + "_seal");
            } else {
                execute(dataSource, "alter table " + table + " disable trigger user");
            }
        }
        execute(dataSource, "drop table if exists billing_seal_all");
        execute(dataSource, "drop index billing_line_by_external_id");
    }

    private static boolean isH2(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Dialect.of(connection) == Dialect.H2;
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_issued_by_the_third_version_has_no_seal_and_is_guarded(Engine engine) throws SQLException {
        DataSource dataSource = engine.empty();
        JdbcPorts.open(dataSource).invoices().commit(Samples.TENANT, Samples.commit(Samples.issue("invoice")));
        backToTheThirdVersion(dataSource);
        InvoiceStore next = JdbcPorts.open(dataSource).invoices();
        Stored document = next.find(Samples.ALL, Samples.head("invoice").id()).get();
        assertThat(((Invoice.Issued) document.invoice()).seal()).isEmpty();
        assertThatThrownBy(() -> execute(dataSource, "update billing_invoice set account = 'bob'"))
                .hasMessageContaining("Issued content never changes");
    }

    @ParameterizedTest
    @EnumSource
    void a_database_of_a_newer_library_is_refused(Engine engine) throws SQLException {
        DataSource dataSource = engine.empty();
        JdbcPorts.migrate(dataSource);
        execute(
                dataSource,
                "insert into billing_schema select 9000, description, checksum, applied_at from billing_schema"
                        + " where version = 1");
        assertThatThrownBy(() -> JdbcPorts.open(dataSource))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FATAL))
                .hasMessage("The database must not be newer than the library, but has version 9000 of billing's tables"
                        + " where the library knows 5");
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
        assertThat(versions(dataSource)).isEqualTo(5);
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

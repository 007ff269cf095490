package dev.billing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billing.domain.account.Movement;
import dev.billing.domain.account.Source;
import dev.billing.domain.invoice.Attribute;
import dev.billing.domain.invoice.Customer;
import dev.billing.domain.invoice.Figure;
import dev.billing.domain.invoice.FigureKey;
import dev.billing.domain.invoice.Figures;
import dev.billing.domain.invoice.Head;
import dev.billing.domain.invoice.Invoice;
import dev.billing.domain.invoice.InvoiceStatus;
import dev.billing.domain.invoice.Standing;
import dev.billing.domain.line.LineItem;
import dev.billing.domain.money.Money;
import dev.billing.port.Ports;
import dev.billing.port.Write;
import io.vavr.collection.Array;
import io.vavr.collection.HashMap;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a role that may read and write all rows, but owns no table, can do to issued content: nothing but erase who it is addressed to. */
abstract class SealedTablesContract {

    private static final Customer ADA =
            new Customer("ada", "Ada", "ada@example.com", Samples.NOW, Option.none(), Option.none());
    private static final Money TEN = Money.of("USD", "10");

    /** The tables that have issued content. */
    static final Seq<String> TABLES = Array.of(
            "billing_invoice",
            "billing_figure",
            "billing_line",
            "billing_invoice_place",
            "billing_attribute",
            "billing_place_set",
            "billing_place_set_entry",
            "billing_entry");

    private static final Seq<String> DOCUMENT_TABLES = TABLES.init();

    private static final Set<String> NUMBERED_BY_THE_DATABASE = Set.of("invoice_no", "places_no");

    private DataSource owner;
    private DataSource role;
    private Ports ports;

    /** An empty database, as its owner. */
    abstract DataSource owner();

    /** The same database as a role that may read and write all rows of the tables there are, and no more. */
    abstract DataSource role(DataSource database) throws SQLException;

    /** What takes away the guards, as if they had not been there yet. */
    abstract Seq<String> withoutGuards();

    /** What else an owner could do to get past them. */
    abstract Seq<String> waysAround();

    @BeforeEach
    void issue_a_document() throws SQLException {
        owner = owner();
        JdbcPorts.migrate(owner);
        role = role(owner);
        ports = JdbcPorts.openMigrated(role);
        commit(new Write.Issue(
                new Invoice.Preview(head("issued"), figures(), Samples.NOW),
                Array.of(Samples.line("a", "1"), Samples.line("b", "2")),
                Option.some(Samples.SERIES),
                InvoiceStatus.CLOSED));
        commit(draft("draft", 1));
        commit(new Write.Enter(
                Samples.ALICE,
                Option.some(0L),
                Samples.NOW,
                Array.of(
                        new Movement.Charged(head("issued").id(), TEN),
                        new Movement.Received(Source.payment("p"), TEN))));
    }

    @Test
    void the_library_does_all_its_work() {
        commit(draft("draft", 2));
        commit(new Write.Revise(
                new Invoice.Running(head("draft"), figures(), 3),
                Array.of(Samples.line("c", "3")),
                Write.Revise.Change.REPLACE_LINES));
        commit(new Write.Seal(
                new Invoice.Preview(head("draft"), figures(), Samples.NOW),
                3,
                Option.some(Samples.SERIES),
                InvoiceStatus.CLOSED));
        commit(new Write.Stand(Standing.initial(head("issued").id(), InvoiceStatus.CLOSED, Samples.NOW)
                .becoming(InvoiceStatus.PAID, Samples.NOW)));
        commit(new Write.Erase(head("issued").id(), Option.some(ADA)));
        commit(new Write.Erase(head("issued").id(), Option.none()));
        commit(new Write.Erase(head("issued").id(), Option.some(ADA)));
        commit(new Write.Enter(Samples.ALICE, Option.some(2L), Samples.NOW, Array.of(new Movement.Resumed("note"))));
        assertThat(ports.accounts().entries(Samples.ALL, Samples.ALICE)).hasSize(3);
        for (String id : List.of("issued", "draft")) {
            Invoice.Issued document = document(id);
            assertThat(document.seal().get().isOf(document, lines(id).iterator()))
                    .isTrue();
        }
        assertThat(document("issued").head().billedTo()).isEmpty();
    }

    @Test
    void no_column_of_an_issued_document_is_updated() throws SQLException {
        for (String table : DOCUMENT_TABLES) {
            for (String column : columns(table)) {
                refused("update " + table + " set " + column + " = " + column + " where "
                        + ofDocument(table, "issued"));
            }
        }
        refused("update billing_invoice set seal = null where invoice_id = 'issued'");
        nothing_of_an_issued_document_is_changed();
    }

    @Test
    void nothing_of_an_issued_document_is_changed() {
        refused("update billing_figure set amount = amount + 1 where " + ofDocument("billing_figure", "issued"));
        refused("update billing_line set description = 'x' where line_id = 'a'");
        refused("update billing_invoice set seal = 'v1:other' where invoice_id = 'issued'");
        refused("update billing_invoice set seal_salt = 'other' where invoice_id = 'issued'");
        refused("update billing_invoice set form = 'RUNNING' where invoice_id = 'issued'");
        refused("update billing_invoice set customer = null, account = 'bob' where invoice_id = 'issued'");
    }

    @Test
    void no_row_of_an_issued_document_is_deleted() {
        for (String table : DOCUMENT_TABLES) {
            refused("delete from " + table + " where " + ofDocument(table, "issued"));
        }
    }

    @Test
    void no_row_is_added_to_an_issued_document() throws SQLException {
        String document = numberOf("issued");
        for (String table :
                DOCUMENT_TABLES.tail().removeAll(Array.of("billing_place_set", "billing_place_set_entry"))) {
            refused("update " + table + " set invoice_no = " + document + " where " + ofDocument(table, "draft"));
            refused("insert into " + table + " (" + String.join(", ", columns(table)) + ") select "
                    + String.join(", ", columns(table)).replace("invoice_no", document) + " from " + table
                    + " where " + ofDocument(table, "draft"));
        }
        refused("insert into billing_place_set (tenant, invoice_no, digest) select tenant, " + document
                + ", 'new' from billing_place_set where " + ofDocument("billing_place_set", "draft"));
        refused("insert into billing_place_set_entry (tenant, places_no, dimension, ref_type, ref_id, ref_name)"
                + " select tenant, places_no, 'new', 'x', 'x', 'x' from billing_place_set where "
                + ofDocument("billing_place_set", "issued"));
    }

    @Test
    void a_draft_is_written_freely() throws SQLException {
        for (String table : DOCUMENT_TABLES.reverse()) {
            for (String column : columns(table)) {
                if (!NUMBERED_BY_THE_DATABASE.contains(column)) {
                    accepted("update " + table + " set " + column + " = " + column + " where "
                            + ofDocument(table, "draft"));
                }
            }
            accepted("delete from " + table + " where " + ofDocument(table, "draft"));
        }
    }

    @Test
    void no_entry_of_an_account_changes() throws SQLException {
        for (String column : columns("billing_entry")) {
            refused("update billing_entry set " + column + " = " + column + " where entry_no = 1");
        }
        refused("delete from billing_entry where entry_no = 2");
        accepted(
                "insert into billing_entry (tenant, account, entry_no, recorded_at, kind, movement, seal)"
                        + " select tenant, account, 3, recorded_at, kind, movement, seal from billing_entry where entry_no = 2");
    }

    @Test
    void no_table_is_emptied() {
        for (String table : TABLES) {
            fails(role, "truncate table " + table);
        }
    }

    @Test
    void nobody_but_the_owner_gets_around() {
        Seq<String> ways = waysAround().appendAll(withoutGuards());
        ways.forEach(way -> fails(role, way));
        ways.forEach(way -> accepted(owner, way));
    }

    @Test
    void only_the_customer_of_an_issued_document_can_be_erased() {
        refused("update billing_invoice set customer = null where invoice_id = 'issued'");
        refused(
                "update billing_invoice set customer = null, seal_salt = null, account = 'bob' where invoice_id = 'issued'");
        refused(
                "update billing_invoice set customer = null, seal_salt = null, seal_addressee = 'x' where invoice_id = 'issued'");
        accepted("update billing_invoice set customer = null, seal_salt = null where invoice_id = 'issued'");
        refused("update billing_invoice set customer = '{}' where invoice_id = 'issued'");
        Invoice.Issued document = document("issued");
        assertThat(document.seal().get().isOf(document, lines("issued").iterator()))
                .isTrue();
    }

    @Test
    void what_was_issued_before_there_were_seals_is_guarded_too() throws SQLException {
        for (String guard : withoutGuards()) {
            accepted(owner, guard);
        }
        accepted(owner, "update billing_invoice set seal = null, seal_addressee = null, seal_salt = null");
        accepted(owner, "delete from billing_schema where version = 5");
        JdbcPorts.migrate(owner);
        nothing_of_an_issued_document_is_changed();
        no_row_of_an_issued_document_is_deleted();
        no_row_is_added_to_an_issued_document();
        no_table_is_emptied();
        accepted("update billing_invoice set customer = null where invoice_id = 'issued'");
    }

    final void refused(String sql) {
        assertThatThrownBy(() -> execute(role, sql))
                .as(sql)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Issued content never changes");
    }

    final void accepted(String sql) {
        accepted(role, sql);
    }

    private static void accepted(DataSource user, String sql) {
        assertThatCode(() -> execute(user, sql)).as(sql).doesNotThrowAnyException();
    }

    private static void fails(DataSource user, String sql) {
        assertThatThrownBy(() -> execute(user, sql)).as(sql).isInstanceOf(SQLException.class);
    }

    final DataSource role() {
        return role;
    }

    private static String numberOf(String id) {
        return "(select invoice_no from billing_invoice where invoice_id = '" + id + "')";
    }

    private static String ofDocument(String table, String id) {
        String document = numberOf(id);
        return table.equals("billing_place_set_entry")
                ? "places_no in (select places_no from billing_place_set where invoice_no = " + document + ")"
                : "invoice_no = " + document;
    }

    private Seq<String> columns(String table) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from " + table + " where 1 = 0")) {
            return Array.range(1, row.getMetaData().getColumnCount() + 1)
                    .map(column -> name(row, column).toLowerCase(Locale.ROOT));
        }
    }

    private static String name(ResultSet row, int column) {
        try {
            return row.getMetaData().getColumnName(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void execute(DataSource user, String sql) throws SQLException {
        try (Connection connection = user.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void commit(Write write) {
        assertThat(ports.invoices()
                        .commit(Samples.TENANT, Samples.commit(write))
                        .isRight())
                .isTrue();
    }

    private static Write draft(String id, long revision) {
        return new Write.Revise(
                new Invoice.Running(head(id), figures(), revision),
                Array.of(Samples.line(id + revision, "1").toBuilder()
                        .places(Samples.places(id + revision))
                        .build()),
                Write.Revise.Change.ADD_LINES);
    }

    private static Head head(String id) {
        Head plain = Samples.head(id);
        return new Head(
                        plain.id(),
                        plain.profile(),
                        plain.account(),
                        plain.owner(),
                        plain.subject(),
                        plain.period(),
                        Samples.places("web"),
                        Option.some(ADA),
                        plain.currency(),
                        plain.createdAt())
                .with(HashMap.of("state " + id, Attribute.of("running")));
    }

    private static Figures figures() {
        return Figures.NONE.with(FigureKey.price("total"), new Figure.Declared("somebody", TEN));
    }

    private Invoice.Issued document(String id) {
        return (Invoice.Issued)
                ports.invoices().find(Samples.ALL, head(id).id()).get().invoice();
    }

    private Seq<LineItem> lines(String id) {
        return Samples.lines(ports.invoices(), id);
    }
}

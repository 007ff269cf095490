package dev.billing.jdbc.life;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * A store in a few lines of SQL that does one thing as it is often done. Each does the rest right, so that what the check finds in its
 * books is that one thing.
 */
enum Control {

    /** Numbers from a sequence of the database, which does not go back with a transaction. */
    A_SEQUENCE("select nextval('a_sequence')", true, "Number \\d+ was given 0 times"),

    /** A command has no key, so one that is sent again, because its answer was lost, takes effect again. */
    NO_KEY(
            "update counters set number = number + 1 where name = 'NO_KEY' returning number",
            false,
            "Command \\S+ has the effects .*"),

    /** The next number is the highest there is and one; two who look at once get the same. */
    MAX_PLUS_ONE(
            "select coalesce(max(number), 0) + 1 from control_max_plus_one", true, "Number \\d+ was given [2-9] times");

    private final String nextNumber;
    private final boolean hasKeys;
    private final String fault;

    Control(String nextNumber, boolean hasKeys, String fault) {
        this.nextNumber = nextNumber;
        this.hasKeys = hasKeys;
        this.fault = fault;
    }

    /** What is wrong with its books in the end, as a regular expression. */
    String fault() {
        return fault;
    }

    private String table() {
        return "control_" + name().toLowerCase(Locale.ROOT);
    }

    /** What all controls need. */
    static void create(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create sequence a_sequence");
            statement.execute("create table counters (name text primary key, number bigint not null)");
            statement.execute("insert into counters values ('NO_KEY', 0)");
            for (Control control : values()) {
                String key = control.hasKeys ? " unique" : "";
                statement.execute("create table " + control.table() + " (command text not null" + key
                        + ", number bigint not null, amount numeric not null)");
            }
        }
    }

    /** The control at work. */
    Lane on(DataSource database) {
        return new OnDatabase(this, database);
    }

    private record OnDatabase(Control control, DataSource database) implements Lane {

        @Override
        public String name() {
            return control.name();
        }

        @Override
        public Books.Row issue(int writer, int step) throws SQLException {
            String command = writer + "/" + step;
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                Seq<Books.Row> known = control.hasKeys ? rows(connection, Option.some(command)) : Array.empty();
                if (!known.isEmpty()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                    return known.head();
                }
                Books.Row row = new Books.Row(command, next(connection), BigDecimal.valueOf(100L + writer + step, 2));
                insert(connection, row);
                connection.commit();
                connection.setAutoCommit(true);
                return row;
            }
        }

        private long next(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(control.nextNumber)) {
                found.next();
                return found.getLong(1);
            }
        }

        private void insert(Connection connection, Books.Row row) throws SQLException {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into " + control.table() + " values (?, ?, ?)")) {
                insert.setString(1, row.command());
                insert.setLong(2, row.number());
                insert.setBigDecimal(3, row.amount());
                insert.executeUpdate();
            }
        }

        private Seq<Books.Row> rows(Connection connection, Option<String> command) throws SQLException {
            String all = "select command, number, amount from " + control.table();
            try (PreparedStatement select =
                    connection.prepareStatement(command.isDefined() ? all + " where command = ?" : all)) {
                if (command.isDefined()) {
                    select.setString(1, command.get());
                }
                try (ResultSet found = select.executeQuery()) {
                    return read(found);
                }
            }
        }

        private static Seq<Books.Row> read(ResultSet found) throws SQLException {
            List<Books.Row> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(new Books.Row(found.getString(1), found.getLong(2), found.getBigDecimal(3)));
            }
            return Array.ofAll(rows);
        }

        @Override
        public Books books(Seq<Books.Row> told) throws SQLException {
            try (Connection connection = database.getConnection()) {
                return new Books(rows(connection, Option.none()), told);
            }
        }
    }
}

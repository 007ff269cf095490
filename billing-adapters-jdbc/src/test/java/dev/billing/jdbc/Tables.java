package dev.billing.jdbc;

import dev.billing.port.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What is in the tables, whatever they are. */
final class Tables {

    private Tables() {}

    /** Every row of a tenant, in words. */
    static String of(DataSource database, TenantId tenant) {
        try (Connection connection = database.getConnection()) {
            StringBuilder words = new StringBuilder();
            for (String table : names(connection)) {
                words.append(table).append('\n');
                append(words, connection, table, tenant);
            }
            return words.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String word(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    /** Those that have tenants. */
    private static List<String> names(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet columns =
                connection.getMetaData().getColumns(null, connection.getSchema(), "%", column(connection))) {
            while (columns.next()) {
                names.add(columns.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private static String column(Connection connection) throws SQLException {
        return connection.getMetaData().storesUpperCaseIdentifiers() ? "TENANT" : "tenant";
    }

    private static void append(StringBuilder words, Connection connection, String table, TenantId tenant)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select * from " + table + " where tenant = ?")) {
            select.setString(1, tenant.value());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        words.append(word(rows.getObject(i))).append(' ');
                    }
                    words.append('\n');
                }
            }
        }
    }
}

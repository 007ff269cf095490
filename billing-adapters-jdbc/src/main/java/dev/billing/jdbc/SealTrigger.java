package dev.billing.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.h2.api.Trigger;

/**
 * Refuses what would change issued content. H2 calls it for each row that is written; nobody else does.
 * <p>
 * A document is issued once its row has a seal. From then on only who it is addressed to can be erased, together with the salt of the seal.
 */
public final class SealTrigger implements Trigger {

    /** What erasing changes; the salt must be gone. */
    private static final List<String> ERASED = List.of("customer", "seal_salt", "seal_replacement");

    /** {@code restrict_violation} of the SQL standard. */
    private static final String STATE = "23001";

    private String table = "";
    private List<String> columns = List.of();
    private String isIssued = "";

    /** H2 creates one for each trigger. */
    public SealTrigger() {}

    @Override
    public void init(Connection connection, String schema, String trigger, String tableName, boolean before, int type)
            throws SQLException {
        table = tableName.toLowerCase(Locale.ROOT);
        columns = columns(connection, schema, tableName);
        String documents = "from \"" + schema + "\".billing_invoice i";
        String seals = "and (i.seal is not null or i.before_seals)";
        isIssued = table.equals("billing_place_set_entry")
                ? "select 1 " + documents + " join \"" + schema + "\".billing_place_set s"
                        + " on s.tenant = i.tenant and s.invoice_no = i.invoice_no where s.tenant = ? and s.places_no = ? "
                        + seals
                : "select 1 " + documents + " where i.tenant = ? and i.invoice_no = ? " + seals;
    }

    private static List<String> columns(Connection connection, String schema, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getColumns(null, schema, table, null)) {
            while (found.next()) {
                names.add(found.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    /**
     * Does nothing if the change is allowed.
     *
     * @throws SQLException if it is not
     */
    @Override
    public void fire(Connection connection, Object[] oldRow, Object[] newRow) throws SQLException {
        if (isRefused(connection, oldRow, newRow)) {
            throw new SQLException(
                    "Issued content never changes, so " + operation(oldRow, newRow) + " of " + table + " is refused",
                    STATE);
        }
    }

    private static String operation(Object[] oldRow, Object[] newRow) {
        return newRow == null ? "delete" : oldRow == null ? "insert" : "update";
    }

    private boolean isRefused(Connection connection, Object[] oldRow, Object[] newRow) throws SQLException {
        return switch (table) {
            case "billing_entry" -> true;
            case "billing_invoice" -> isIssued(oldRow) && !isErasing(oldRow, newRow);
            default -> isOfIssued(connection, oldRow) || isOfIssued(connection, newRow);
        };
    }

    private boolean isIssued(Object[] document) {
        return value(document, "seal") != null || Boolean.TRUE.equals(value(document, "before_seals"));
    }

    private boolean isErasing(Object[] oldRow, Object[] newRow) {
        return newRow != null
                && (value(oldRow, "customer") != null || value(newRow, "customer") == null)
                && value(newRow, "seal_salt") == null
                && columns.stream()
                        .filter(column -> !ERASED.contains(column))
                        .allMatch(column -> Objects.deepEquals(value(oldRow, column), value(newRow, column)));
    }

    private boolean isOfIssued(Connection connection, Object[] row) throws SQLException {
        if (row == null) {
            return false;
        }
        String key = table.equals("billing_place_set_entry") ? "places_no" : "invoice_no";
        try (PreparedStatement query = connection.prepareStatement(isIssued)) {
            query.setObject(1, value(row, "tenant"));
            query.setObject(2, value(row, key));
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        }
    }

    private Object value(Object[] row, String column) {
        return row[columns.indexOf(column)];
    }
}

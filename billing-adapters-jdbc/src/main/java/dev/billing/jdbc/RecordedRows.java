package dev.billing.jdbc;

import dev.billing.domain.money.Decimals;
import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What would be written to tables: a connection that keeps rows instead of sending them. Values are texts that can be compared. */
final class RecordedRows {

    private static final Pattern INSERT =
            Pattern.compile("insert into (\\w+)\\s*\\((.*?)\\)\\s*values.*", Pattern.DOTALL);
    private static final Pattern UPDATE = Pattern.compile("update (\\w+)\\s+set(.*?)where.*", Pattern.DOTALL);

    private static final String NULL = "nothing";

    private final java.util.Map<String, List<Map<String, String>>> rows = new HashMap<>();

    /** Understands what {@link Batch} does, and inserts and updates of one row. */
    Connection connection() {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("prepareStatement")) {
                throw new UnsupportedOperationException(method.getName());
            }
            return statement((String) arguments[0]);
        });
    }

    private PreparedStatement statement(String sql) {
        java.util.Map<Integer, String> values = new HashMap<>();
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("set")) {
                boolean isNull = method.getName().equals("setNull");
                values.put((Integer) arguments[0], isNull ? NULL : text(arguments[1]));
            } else if (method.getName().equals("addBatch") || method.getName().equals("executeUpdate")) {
                write(sql, values);
            }
            return method.getReturnType() == int.class ? Integer.valueOf(1) : null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(RecordedRows.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private void write(String sql, java.util.Map<Integer, String> values) {
        Matcher insert = INSERT.matcher(sql.strip());
        if (insert.matches()) {
            rowsOf(insert.group(1)).add(row(insert.group(2), values));
            return;
        }
        Matcher update = UPDATE.matcher(sql.strip());
        if (!update.matches()) {
            throw new IllegalArgumentException("Neither an insert nor an update: " + sql);
        }
        List<Map<String, String>> table = rowsOf(update.group(1));
        table.set(0, row(update.group(2), values).merge(table.get(0)));
    }

    private List<Map<String, String>> rowsOf(String table) {
        return rows.computeIfAbsent(table, name -> new ArrayList<>());
    }

    private static Map<String, String> row(String columns, java.util.Map<Integer, String> values) {
        Seq<String> names = Array.of(columns.split(",", -1)).map(column -> column.split("=", -1)[0].strip());
        return LinkedHashMap.ofEntries(
                names.zipWithIndex((name, index) -> io.vavr.Tuple.of(name, values.getOrDefault(index + 1, NULL))));
    }

    /** The rows that would be in a table. */
    Seq<Map<String, String>> of(String table) {
        return Array.ofAll(rowsOf(table));
    }

    /** A row that is in a table. */
    static Map<String, String> read(ResultSet row, Seq<String> columns) throws SQLException {
        Map<String, String> values = LinkedHashMap.empty();
        for (int i = 0; i < columns.size(); i++) {
            values = values.put(columns.get(i), text(value(row, i + 1)));
        }
        return values;
    }

    private static @Nullable Object value(ResultSet row, int column) throws SQLException {
        int type = row.getMetaData().getColumnType(column);
        return type == Types.TIMESTAMP || type == Types.TIMESTAMP_WITH_TIMEZONE
                ? row.getObject(column, OffsetDateTime.class)
                : row.getObject(column);
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof BigDecimal number) {
            return "number " + Decimals.toText(number);
        }
        if (value instanceof byte[] bytes) {
            return "bytes " + HexFormat.of().formatHex(bytes);
        }
        return value instanceof OffsetDateTime instant ? "instant " + instant.toInstant() : "text " + value;
    }
}

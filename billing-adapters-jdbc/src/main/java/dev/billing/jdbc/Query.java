package dev.billing.jdbc;

import io.vavr.collection.Array;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** A statement and the values of its parameters, put together piece by piece. */
final class Query {

    private final StringBuilder sql;
    private final List<Object> values = new ArrayList<>();

    /** How a row becomes a value. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    Query(String sql, Object... values) {
        this.sql = new StringBuilder(sql);
        this.values.addAll(List.of(values));
    }

    /**
     * Starts a query that joins other tables with {@code w.id}, which takes each of these values. H2 looks each of them up in an index,
     * where it would read the whole of a tenant for a condition on an array.
     */
    static Query among(Object[] ids) {
        return new Query("from unnest(?) w(id)", (Object) ids);
    }

    /** Puts what is selected in front. */
    Query select(String columns) {
        sql.insert(0, "select " + columns + " ");
        return this;
    }

    Query add(String more, Object... moreValues) {
        sql.append(' ').append(more);
        values.addAll(List.of(moreValues));
        return this;
    }

    Query add(Query more) {
        sql.append(' ').append(more.sql);
        values.addAll(more.values);
        return this;
    }

    /** Parts with commas between. */
    static Query list(Seq<Query> parts) {
        return parts.tail()
                .foldLeft(
                        new Query("").add(parts.head()),
                        (all, part) -> all.add(",").add(part));
    }

    <T> Seq<T> list(Connection connection, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(connection);
                ResultSet results = statement.executeQuery()) {
            List<T> list = new ArrayList<>();
            for (Row row = new Row(results); row.next(); ) {
                list.add(reader.read(row));
            }
            return Array.ofAll(list);
        }
    }

    <T> Option<T> first(Connection connection, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(connection);
                ResultSet results = statement.executeQuery()) {
            Row row = new Row(results);
            return row.next() ? Option.some(reader.read(row)) : Option.none();
        }
    }

    int update(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.toString());
        try {
            for (int i = 0; i < values.size(); i++) {
                bind(statement, i + 1, values.get(i));
            }
            return statement;
        } catch (Throwable failure) {
            Transaction.suppress(failure, statement::close);
            throw failure;
        }
    }

    private static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value instanceof String text) {
            bindText(statement, index, text);
        } else if (value instanceof String[] texts) {
            Object[] found = Array.of(texts).filter(Text::isWellFormed).toJavaArray();
            statement.setArray(index, statement.getConnection().createArrayOf("text", found));
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof Long[] numbers) {
            statement.setArray(index, statement.getConnection().createArrayOf("bigint", numbers));
        } else {
            statement.setObject(index, value);
        }
    }

    /** A text that is not well-formed is never kept, so it is looked for as the null that equals nothing. */
    private static void bindText(PreparedStatement statement, int index, String text) throws SQLException {
        if (Text.isWellFormed(text)) {
            statement.setString(index, text);
        } else {
            statement.setNull(index, Types.VARCHAR);
        }
    }
}
